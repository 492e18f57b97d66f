from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from casework.models import BY_LETTER, Origin

from .answer import Way


class About(models.TextChoices):
    """What somebody complains about."""

    CONDUCT = "conduct", _("how somebody behaved")
    DELAY = "delay", _("a delay or a missed appointment")
    QUALITY = "quality", _("how work was done")
    MONEY = "money", _("money, a bill or a price")
    SAFETY = "safety", _("safety")
    REPEATED_FAULT = "repeated_fault", _("a fault that comes again")
    OTHER = "other", _("something else")


class MajorWhy(models.TextChoices):
    """Why a complaint is handled at once (T71); which of these count is the setting MAJOR_COMPLAINT."""

    INJURY = "injury", _("somebody was hurt")
    MEDIA = "media", _("it is in the press or on the net")
    REPEATED = "repeated", _("it was complained about before")
    OFFICIAL = "official", _("an office or a supervisor put it forward")


class Manner(models.TextChoices):
    """How it is said. Neither makes a complaint less of one."""

    CALM = "", _("calm")
    RUDE = "rude", _("insulting")
    THREAT = "threat", _("threatening")


class Outcome(models.TextChoices):
    """What looking into it found."""

    JUSTIFIED = "justified", _("justified")
    PARTLY = "partly", _("partly justified")
    UNJUSTIFIED = "unjustified", _("not justified")
    REFUSED = "refused", _("refused")


class Complaint(models.Model):
    """Somebody says that we did wrong. The case has contact, channel, reference, code and owner; here is what is wrong, and with whom.

    Whom it is about, as far as known: people in rows of their own (``Accused``), ``accused_hall``, ``accused_role``; ``accused_words`` is
    what the customer said of them. None of them ever sees it, works on it or answers it (``accusations``). ``about_case`` is the earlier
    case it is about. ``major_why`` says why it is handled at once; ``manner`` that one keeps calm, and a supervisor knows. ``email`` and
    ``address`` are where an answer goes when the case knows no better. ``outcome`` and ``finding`` are what looking into it found;
    ``satisfaction``, 1 to 5, is what the customer says of it afterwards. Texts, email and address are blanked with the case.
    """

    About = About
    Origin = Origin
    MajorWhy = MajorWhy
    Manner = Manner
    Outcome = Outcome

    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, primary_key=True, related_name="complaint")
    about = models.CharField(_("about"), max_length=16, choices=About)
    text = models.TextField(_("what happened"), blank=True)
    origin = models.CharField(_("came from"), max_length=20, choices=Origin, default=Origin.CUSTOMER)
    wanted_way = models.CharField(_("wants the answer"), max_length=8, choices=Way, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("postal address"), max_length=240, blank=True)
    accused_words = models.CharField(_("who, in the customer's words"), max_length=200, blank=True)
    accused_hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accused_role = models.CharField(_("department"), max_length=32, choices=Role, blank=True)
    about_case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="complaints")
    major_why = models.CharField(_("handled at once because"), max_length=12, choices=MajorWhy, blank=True)
    manner = models.CharField(_("manner"), max_length=8, choices=Manner, blank=True, default=Manner.CALM)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    finding = models.TextField(_("what was found"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True, blank=True)
    satisfied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)), name="satisfaction_is_said_in_five_steps"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="a_decided_complaint_says_when",
            ),
        ]

    @property
    def is_major(self) -> bool:
        """Whether it is handled at once."""
        return bool(self.major_why)

    @property
    def is_answered_by_letter(self) -> bool:
        """Whether nothing but a letter answers it."""
        return self.origin in BY_LETTER


class Accused(models.Model):
    """A colleague whom a complaint is about: named by the customer or by us, or because they handled the complaint it is about."""

    class Why(models.TextChoices):
        NAMED = "named", _("named")
        HANDLED = "handled", _("handled what it is about")

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="accused")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=8, choices=Why)

    class Meta:
        verbose_name = _("person a complaint is about")
        verbose_name_plural = _("people complaints are about")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "staff"], name="a_complaint_is_about_somebody_once")]
