from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import RepairStatus


class Fault(models.TextChoices):
    """What is wrong, as whoever reports it sees it."""

    LEAK = "leak", _("smell or leak of gas")
    NO_GAS = "no_gas", _("no gas")
    LOW_PRESSURE = "low_pressure", _("weak flame, low pressure")
    METER = "meter", _("meter or card does not work")
    APPLIANCE = "appliance", _("stove, boiler or hose")
    PIPE = "pipe", _("pipe damaged, or works near a pipe")
    OTHER = "other", _("something else")


class FaultClass(models.TextChoices):
    """The seeds' classes of fault (REP-20); time limits depend on them."""

    ORDINARY = "ordinary", _("ordinary fault")
    PIPELINE = "pipeline", _("pipeline fault")
    MAJOR = "major", _("major fault")
    NON_ORDINARY = "non_ordinary", _("non-ordinary fault")


class Outcome(models.TextChoices):
    """How it ended at the door: honest ends besides a repair."""

    REPAIRED = "repaired", _("repaired")
    MADE_SAFE = "made_safe", _("made safe, more work needed")
    NO_FAULT = "no_fault", _("no fault found")
    NO_ACCESS = "no_access", _("nobody opened")
    DUPLICATE = "duplicate", _("reported before")
    NOT_OURS = "not_ours", _("not our pipes or appliances")


class Confirmation(models.TextChoices):
    """Who said that it is mended; never who mended it."""

    CODE = "code", _("the customer's code")
    SIGNATURE = "signature", _("the customer's signature")
    CALLBACK = "callback", _("a call-back")
    CABINET = "cabinet", _("the customer in the cabinet or on the tracking page")


class Repair(models.Model):
    """A fault somebody reported; its order, its outcome, and who confirmed it.

    The case's class, urgency, segment and area choose the promises. ``answers`` are the triage answers by question, ``reasons``
    the codes by which they set urgency and class (``repairs.triage``).
    Without known premises ``place`` says where in words, latitude and longitude as a number: personal data, blanked with the case.
    ``territory`` is the nearest place we know, from the premises, the words or the point. ``source`` is a keyed digest of who
    reported, for lists; all of them (phone, device, network) are ReportSource rows, so that a flood is counted without keeping them.
    ``follows`` is an earlier report of the same trouble: the reporter is told what happens there and no second crew goes.
    ``doubts`` are codes of what speaks against the closing; while there are any, somebody rings back first. ``disputed_at`` is when the
    customer said once more that it is not mended, and we ring before a crew goes again (operations.disputes).
    """

    Fault = Fault
    Class = FaultClass
    Outcome = Outcome
    Confirmation = Confirmation

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="repair")
    fault = models.CharField(_("fault"), max_length=16, choices=Fault)
    text = models.TextField(_("what was reported"), blank=True)
    answers = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    place = models.CharField(_("where"), max_length=240, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="repairs")
    source = models.CharField(max_length=64, blank=True)
    ordered_at = models.DateTimeField(_("ordered"), null=True, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    cause = models.CharField(_("cause"), max_length=300, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    doubts = models.JSONField(default=list)
    is_doubtful = models.BooleanField(_("somebody rings first"), default=False)
    confirmed_how = models.CharField(_("confirmed by"), max_length=12, choices=Confirmation, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.CharField(max_length=64, blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)

    near_at_hand: "list[tuple[Repair, str]] | None" = None  # queries.nearby, where whoever made this object has just looked

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        indexes = [
            models.Index(fields=["source"], name="repair_source", condition=~models.Q(source="")),
            models.Index(fields=["disputed_at"], name="repair_disputed", condition=models.Q(disputed_at__isnull=False)),
        ]

    @property
    def is_rung_about(self) -> bool:
        """Whether somebody rings the customer now: it is finished, or it was closed and is disputed."""
        status = self.case.status
        return status == RepairStatus.FINISHED or (status == RepairStatus.CLOSED and self.disputed_at is not None)
