from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class HallService(models.Model):
    """What people can make an appointment for at a hall, and how many minutes it takes there."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", _("buying gas, writing a card")
        CONNECTION = "connection", _("a new connection")
        CONTRACT = "contract", _("a contract, papers")
        COMPLAINT = "complaint", _("talking about a complaint")
        OTHER = "other", _("something else")

    hall = models.ForeignKey("accounts.Hall", on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(_("what for"), max_length=12, choices=Kind)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("service by appointment")
        verbose_name_plural = _("services by appointment")
        ordering = ["hall", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "kind"], name="a_service_is_offered_once_in_a_hall"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=240), name="a_service_takes_some_minutes"),
        ]


class HallPlaces(models.Model):
    """How many people a hall receives by appointment at once, from when to when on a weekday; only while the hall is open."""

    hall = models.ForeignKey("accounts.Hall", on_delete=models.CASCADE, related_name="places")
    weekday = models.PositiveSmallIntegerField(_("weekday"), help_text=_("0 = Monday"))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    places = models.PositiveSmallIntegerField(_("people at once"), default=1)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("hours by appointment")
        verbose_name_plural = _("hours by appointment")
        ordering = ["hall", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="hours_by_appointment_end_after_they_begin"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_by_appointment_name_a_weekday"),
            models.UniqueConstraint(fields=["hall", "weekday", "opens"], name="hours_by_appointment_begin_once"),
        ]


class HallGap(models.Model):
    """A time at which a hall receives nobody by appointment, and why. Its history says who made it and who took it back."""

    hall = models.ForeignKey("accounts.Hall", on_delete=models.CASCADE, related_name="gaps")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="a_gap_ends_after_it_began")]
