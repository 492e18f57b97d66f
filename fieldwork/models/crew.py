from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Skill(models.TextChoices):
    """What a crew can do at a door; a visit asks for one."""

    EMERGENCY = "emergency", _("leaks and emergencies")
    INDOOR = "indoor", _("indoor pipes and appliances")
    METER = "meter", _("meters and cards")
    NETWORK = "network", _("mains and pressure")
    INSPECTION = "inspection", _("safety checks")
    SERVICE = "service", _("paid services and care")
    STEWARD = "steward", _("visits by a steward")
    SURVEY = "survey", _("surveys for a connection")
    INSTALLATION = "installation", _("new connections")


class Crew(models.Model):
    """People who go out together with one vehicle and one phone number. It stays when its members change; retired, it gets no work.

    ``skills`` are values of Skill; ``territories`` where it usually works (empty: everywhere). ``version`` counts its changes, so that
    of two people who change it at once the second is told.
    """

    code = models.CharField(_("crew"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=80)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, blank=True, related_name="crews")
    skills = models.JSONField(_("skills"), default=list)
    territories = models.ManyToManyField("accounts.Territory", blank=True, related_name="crews", verbose_name=_("territories"))
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("crew")
        verbose_name_plural = _("crews")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class CrewMember(models.Model):
    """Somebody is in a crew from then until then; in one at a time. The leader speaks and signs for it."""

    crew = models.ForeignKey(Crew, on_delete=models.PROTECT, related_name="members")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="crew_memberships")
    is_leader = models.BooleanField(_("leads the crew"), default=False)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("crew member")
        verbose_name_plural = _("crew members")
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="a_crew_membership_ends_after_it_began"),
            models.UniqueConstraint(fields=["staff"], condition=Q(until__isnull=True), name="a_person_is_in_one_crew_at_a_time"),
        ]


class CrewShift(models.Model):
    """A line of the crews' roster: from when to when a crew is out. Called in: at home, and fetched only in need."""

    crew = models.ForeignKey(Crew, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_on_call = models.BooleanField(_("on call at home"), default=False)

    class Meta:
        verbose_name = _("crew's shift")
        verbose_name_plural = _("crews' shifts")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_crews_shift_ends_after_it_starts")]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="crew_shift_around")]


class CrewPosition(models.Model):
    """Where a crew was last, as its device said. Only the last one is kept: we look for the nearest, we do not follow people."""

    crew = models.OneToOneField(Crew, on_delete=models.CASCADE, primary_key=True, related_name="position")
    latitude = models.FloatField()
    longitude = models.FloatField()
    accuracy = models.PositiveIntegerField(_("accuracy, m"), null=True)
    at = models.DateTimeField()
