from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import OutageStatus


class OutageKind(models.TextChoices):
    """Whether we chose it."""

    PLANNED = "planned", _("planned works")
    ACCIDENT = "accident", _("accident")


class OutageClass(models.TextChoices):
    """The seeds' classes of accident (REP-21), by how many customers are without gas (section 15 default)."""

    ORDINARY = "ordinary", _("ordinary")
    LARGER = "larger", _("larger")


class Outage(models.Model):
    """Gas is or will be off for everybody below some places. It has a timeline and promises of its own (T08 to T11).

    Drafted, announced (at least 48 hours before, or with an emergency reason that somebody else approved), begun, ended; or called
    off. ``starts_at`` and ``promised_until`` are what customers are told; a new promise of time is written as another event. The
    reference is public; the reason is for customers, so no personal data in it. ``promises`` counts how often customers were told a
    time; ``reports`` says that it was proposed because of so many reports from one place, and nobody has confirmed it while it is a draft.
    """

    Kind = OutageKind
    Class = OutageClass
    Status = OutageStatus

    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="outage")
    reference = models.CharField(_("reference"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=OutageKind)
    classification = models.CharField(_("class"), max_length=8, choices=OutageClass, default=OutageClass.ORDINARY)
    status = models.CharField(_("status"), max_length=10, choices=OutageStatus, default=OutageStatus.DRAFT)
    territories = models.ManyToManyField("accounts.Territory", related_name="outages", verbose_name=_("places"))
    reason = models.CharField(_("reason"), max_length=300)
    starts_at = models.DateTimeField(_("starts"))
    promised_until = models.DateTimeField(_("gas back by"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    began_at = models.DateTimeField(_("gas off"), null=True, blank=True)
    ended_at = models.DateTimeField(_("gas on"), null=True, blank=True)
    customers = models.PositiveIntegerField(_("customers without gas"), default=0)
    promises = models.PositiveSmallIntegerField(_("promises of a time"), default=0)
    reports = models.PositiveIntegerField(_("reports that led to it"), default=0)
    end_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)
    emergency_reason = models.CharField(_("why it cannot wait 48 hours"), max_length=300, blank=True)
    emergency_approved_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    night_reason = models.CharField(_("why gas comes on at night"), max_length=300, blank=True)
    night_approved_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("interruption of supply")
        verbose_name_plural = _("interruptions of supply")
        constraints = [
            models.CheckConstraint(condition=Q(promised_until__gt=F("starts_at")), name="an_outage_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(status="ended", ended_at__isnull=False) | (~Q(status="ended") & Q(ended_at__isnull=True)),
                name="an_ended_outage_says_when_and_no_other_does",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="outage_standing", condition=~Q(status__in=["ended", "cancelled"]))]

    @property
    def is_draft(self) -> bool:
        return self.status == OutageStatus.DRAFT

    @property
    def is_announced(self) -> bool:
        return self.status == OutageStatus.ANNOUNCED

    @property
    def is_under_way(self) -> bool:
        return self.status == OutageStatus.UNDER_WAY

    @property
    def is_over(self) -> bool:
        return self.status in {OutageStatus.ENDED, OutageStatus.CANCELLED}

    @property
    def is_accident(self) -> bool:
        return self.kind == OutageKind.ACCIDENT

    @property
    def is_proposed(self) -> bool:
        """Nobody has confirmed it: the reports speak for it."""
        return self.is_draft and self.reports > 0


class OutageTicket(models.Model):
    """A case that came in because of an interruption: attached by itself when the place fits, or by hand."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="tickets")
    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="outage_ticket")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)


class CallTask(models.Model):
    """Somebody must ring this customer about an interruption, because a message is not enough: register of priority customers.

    Tried again from ``next_at`` on until somebody answers, the tries are used up, or the gas is on again. What is found out is opened
    anew when the plan changes.
    """

    class Result(models.TextChoices):
        REACHED = "reached", _("reached")
        NOT_REACHED = "not_reached", _("not reached")
        NOT_NEEDED = "not_needed", _("no longer needed")

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="call_tasks")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(_("not before"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Result, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("call to make")
        verbose_name_plural = _("calls to make")
        constraints = [models.UniqueConstraint(fields=["outage", "account"], name="a_customer_is_rung_once_per_outage")]
