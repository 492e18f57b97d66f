from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models import Channel

from ..states import STANDING, HallAppointmentStatus
from .hall_plan import HallService


class HallAppointmentQuerySet(models.QuerySet["HallAppointment"]):
    def standing(self) -> "HallAppointmentQuerySet":
        """Somebody comes, or is here."""
        return self.filter(status__in=STANDING)

    def to_come(self) -> "HallAppointmentQuerySet":
        """Somebody comes, or has still to choose another time because we took theirs away."""
        return self.filter(status__in=["booked", "displaced"])


class HallAppointment(models.Model):
    """Somebody comes to a hall at a time that is theirs (states.HALL_APPOINTMENT). Moved, it keeps its reference and its code.

    ``user`` booked it in the cabinet, ``account`` is what it is about, if anything. ``name``, ``phone`` and ``note`` are personal data,
    blanked when their time is over. ``told_at`` is when one of us told by phone that the time no longer holds. ``case`` is what came
    of it; whoever numbers the queue of a hall may take it from here.
    """

    Status = HallAppointmentStatus

    reference = models.CharField(_("reference"), max_length=16, unique=True)
    code = models.CharField(_("code"), max_length=8)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="appointments")
    service = models.CharField(_("what for"), max_length=12, choices=HallService.Kind)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    status = models.CharField(_("status"), max_length=10, choices=HallAppointmentStatus)
    version = models.PositiveIntegerField(default=0)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="hall_appointment")
    channel = models.CharField(_("booked"), max_length=10, choices=Channel)
    language = models.CharField(max_length=10, blank=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="hall_appointments")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="hall_appointments")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="hall_appointments")
    name = models.CharField(_("name"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    note = models.CharField(_("what it is about"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("booked at"))
    arrived_at = models.DateTimeField(_("arrived"), null=True)
    called_at = models.DateTimeField(_("called"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    day_reminder_at = models.DateTimeField(null=True)
    hours_reminder_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = HallAppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment at a hall")
        verbose_name_plural = _("appointments at halls")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_appointment_ends_after_it_starts")]
        indexes = [
            models.Index(fields=["hall", "starts_at"], name="appointments_of_a_hall"),
            models.Index(fields=["starts_at"], name="appointment_to_come", condition=Q(status__in=["booked", "displaced"])),
            models.Index(fields=["phone", "starts_at"], name="appointments_of_a_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.reference


class HallTime(models.Model):
    """One of a hall's places in one half hour is taken. No two can have the same, whatever runs at once; given up, the row goes."""

    appointment = models.ForeignKey(HallAppointment, on_delete=models.CASCADE, related_name="times")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("half hour taken")
        verbose_name_plural = _("half hours taken")
        constraints = [
            models.UniqueConstraint(fields=["hall", "starts_at", "place"], name="a_place_in_a_half_hour_is_taken_once"),
            models.UniqueConstraint(fields=["appointment", "starts_at"], name="an_appointment_takes_a_half_hour_once"),
        ]
