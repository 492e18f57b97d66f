from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .hall import Hall


class HallHours(models.Model):
    """One window of a hall's week, in the operator's time zone; a lunch break makes two windows a day."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), help_text=_("0 = Monday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="a_hall_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hall_hours_name_a_weekday"),
            models.UniqueConstraint(fields=["hall", "weekday", "opens"], name="hall_hours_start_once"),
        ]


class HallWeek(models.Model):
    """What the week of a hall was from a moment on, for deadlines that count by it: HallHours say only what it is now. Never changed.

    ``weekly`` maps "0" (Monday) to "6" to lists of ["08:30", "12:00"]; empty where the hall has no hours of its own.
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="weeks")
    number = models.PositiveSmallIntegerField(_("version"))
    since = models.DateTimeField(_("in force from"))
    weekly = models.JSONField(default=dict)
    written_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("week of a hall")
        verbose_name_plural = _("weeks of halls")
        ordering = ["hall", "number"]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="a_hall_s_week_has_its_own_number")]
