import secrets

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..states import VisitStatus


class VisitPurpose(models.TextChoices):
    """What somebody is sent for."""

    REPAIR = "repair", _("repair")
    RESTORATION = "restoration", _("turning the gas on again")
    OUTAGE = "outage", _("interruption of supply")
    INSPECTION = "inspection", _("safety check")
    SURVEY = "survey", _("survey for a connection")
    INSTALLATION = "installation", _("installation")
    SERVICE = "service", _("paid service")
    CARE = "care", _("visit of care")
    STEWARD = "steward", _("visit by the gas steward")


class VisitOutcome(models.TextChoices):
    """How a visit ended at the door."""

    DONE = "done", pgettext_lazy("visit", "done")
    MADE_SAFE = "made_safe", pgettext_lazy("visit", "made safe, more work needed")
    NO_FAULT = "no_fault", pgettext_lazy("visit", "no fault found")
    NOT_OURS = "not_ours", pgettext_lazy("visit", "not our pipes or appliances")
    NO_ACCESS = "no_access", pgettext_lazy("visit", "nobody opened")


def new_sign_code() -> str:
    """Six digits that only the customer is shown: read out to the crew, they are a signature."""
    return f"{secrets.randbelow(1_000_000):06d}"


class VisitQuerySet(models.QuerySet["Visit"]):
    def open(self) -> "VisitQuerySet":
        """Somebody still has to go, or is there."""
        return self.filter(ended_at=None)

    def with_agreed_time(self) -> "VisitQuerySet":
        """Each with ``agreed_from`` and ``agreed_until``: the time its customer waits at, None where none is agreed."""
        standing = FilteredRelation("bookings", condition=Q(bookings__released_at=None))
        return self.annotate(agreed=standing, agreed_from=F("agreed__starts_at"), agreed_until=F("agreed__ends_at"))


class Visit(models.Model):
    """One sending of people to a door, on the timeline of what it is for. Events ``visit.*`` carry its id, purpose and crew.

    Asked for by a room, offered to a crew, taken on, made. ``asked_at`` to ``ended_at`` are business moments of the steps, as they
    happened (a device without signal reports later). ``visit_code`` is what the customer asks for at the door, ``sign_code`` what the
    crew is told when the customer is content. Latitude and longitude are where the crew drives: of the report, else of the premises'
    place. ``urgency`` is the case's; ``rank`` (fieldwork.priorities) says who goes first among those that wait; ``late_foreseen_at``
    is when we knew that nobody can be there in time; ``remind_at`` when the dispatchers hear again that nobody goes, until somebody acts.
    """

    Purpose = VisitPurpose
    Outcome = VisitOutcome
    Status = VisitStatus

    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="visits")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    purpose = models.CharField(_("purpose"), max_length=12, choices=VisitPurpose)
    skill = models.CharField(_("skill"), max_length=12)
    urgency = models.CharField(_("urgency"), max_length=12)
    rank = models.PositiveSmallIntegerField(default=22)
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=VisitStatus, default=VisitStatus.ASKED)
    crew = models.ForeignKey("fieldwork.Crew", on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    visit_code = models.CharField(max_length=8)
    sign_code = models.CharField(max_length=6, default=new_sign_code)
    asked_at = models.DateTimeField(_("asked for"))
    accepted_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    set_off_at = models.DateTimeField(_("set off"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    made_safe_at = models.DateTimeField(_("made safe"), null=True, blank=True)
    restored_at = models.DateTimeField(_("gas back"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    late_foreseen_at = models.DateTimeField(_("known to come too late"), null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=24, blank=True, choices=VisitOutcome)
    version = models.PositiveIntegerField(default=0)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(fields=["status", "asked_at"], name="visit_open", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["remind_at"], name="visit_to_remind_of", condition=Q(status="asked", remind_at__isnull=False)),
            models.Index(fields=["crew"], name="visit_open_of_crew", condition=Q(ended_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["asked", "cancelled"]) | Q(crew__isnull=False), name="a_visit_under_way_has_a_crew"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "no_access", "cancelled"], ended_at__isnull=False)
                | (~Q(status__in=["done", "no_access", "cancelled"]) & Q(ended_at__isnull=True)),
                name="an_ended_visit_says_when_and_no_other_does",
            ),
        ]

    @property
    def is_emergency(self) -> bool:
        return self.urgency == "emergency"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
