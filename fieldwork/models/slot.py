from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class SlotPlan(models.Model):
    """When visits of one purpose can be booked in a service area: on which weekday, from when to when, how many at once."""

    service_area = models.ForeignKey("accounts.ServiceArea", on_delete=models.CASCADE, related_name="slot_plans")
    purpose = models.CharField(_("purpose"), max_length=12)
    weekday = models.PositiveSmallIntegerField(_("weekday"), help_text=_("0 = Monday"))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    capacity = models.PositiveSmallIntegerField(_("visits at once"), default=1)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("bookable time")
        verbose_name_plural = _("bookable times")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="a_slot_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_slot_names_a_weekday"),
            models.UniqueConstraint(fields=["service_area", "purpose", "weekday", "opens"], name="a_slot_is_planned_once"),
        ]


class Blackout(models.Model):
    """Days on which nothing can be booked in a service area (or anywhere), and why. Its history says who closed and who opened them."""

    service_area = models.ForeignKey("accounts.ServiceArea", on_delete=models.CASCADE, null=True, blank=True, related_name="blackouts")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("blackout")
        verbose_name_plural = _("blackouts")
        constraints = [models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="a_blackout_ends_after_it_began")]


class BookingQuerySet(models.QuerySet["Booking"]):
    def standing(self) -> "BookingQuerySet":
        """Agreed, and nothing has become of it yet."""
        return self.filter(released_at=None)


class Booking(models.Model):
    """A customer has a time for a visit. Those that ended stay, so that capacity and history can be counted.

    ``place`` is which of the slot's places it takes, from 1: no two that stand take the same one, whatever runs at once, and that
    is how the database guards the capacity. Area and purpose are those of the slot, so that a plan taken away and made anew still
    counts what was booked before. ``offered_at`` is when its visit was put to crews by itself, in time before the slot; ``late_at``
    when its end had passed with nobody at the door, and the customer was told.
    """

    class Ending(models.TextChoices):
        """What became of it."""

        KEPT = "kept", pgettext_lazy("appointment", "kept")
        MISSED = "missed", pgettext_lazy("appointment", "missed by us")
        NOBODY_HOME = "nobody_home", pgettext_lazy("appointment", "nobody was home")
        MOVED = "moved", pgettext_lazy("appointment", "moved")
        CANCELLED = "cancelled", pgettext_lazy("appointment", "called off")

    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, related_name="bookings")
    plan = models.ForeignKey(SlotPlan, on_delete=models.SET_NULL, null=True, related_name="bookings")
    service_area = models.ForeignKey("accounts.ServiceArea", on_delete=models.PROTECT, related_name="bookings")
    purpose = models.CharField(_("purpose"), max_length=12)
    place = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    made_at = models.DateTimeField(_("booked"))
    by = models.CharField(max_length=64)
    offered_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(_("released"), null=True)
    release_reason = models.CharField(max_length=12, blank=True, choices=Ending)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            models.UniqueConstraint(fields=["visit"], condition=Q(released_at__isnull=True), name="a_visit_has_one_agreed_time"),
            models.UniqueConstraint(
                fields=["service_area", "purpose", "starts_at", "place"],
                condition=Q(released_at__isnull=True),
                name="a_place_in_a_slot_is_taken_once",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_booking_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="booking_standing", condition=Q(released_at__isnull=True))]
