from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarVersion(models.Model):
    """The working time of somebody from a moment on: a week of windows, a country's holidays, a zone. Never edited in place.

    ``weekly`` maps "0" (Monday) to "6" to lists of ["08:30", "12:00"]; ``is_always`` is around the clock and looks at nothing
    else. ``country`` names whose public holidays and make-up days count ("" for none).
    """

    key = models.CharField(_("key"), max_length=32)
    number = models.PositiveSmallIntegerField(_("version"))
    effective_from = models.DateTimeField(_("in force from"))
    titles = models.JSONField(default=dict)
    zone = models.CharField(_("time zone"), max_length=40)
    is_always = models.BooleanField(_("around the clock"), default=False)
    weekly = models.JSONField(default=dict)
    country = models.CharField(_("public holidays of"), max_length=2, blank=True)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="a_calendar_version_has_its_own_number")]


class CalendarDay(models.Model):
    """A day that is not as the week says: of a country (from the library) or of one calendar (entered by staff, who win).

    ``windows`` null: the weekday's windows of a working day (a make-up day); []: closed; else the windows of this very day.
    A day is never changed: ``replaced_at`` ends a row and a newer one stands beside it, so that a past computation can be told.
    """

    country = models.CharField(max_length=2, blank=True)
    calendar = models.CharField(max_length=32, blank=True)
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"))
    windows = models.JSONField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "calendar", "day"],
                condition=models.Q(replaced_at__isnull=True),
                name="a_special_day_is_said_once",
            ),
        ]
