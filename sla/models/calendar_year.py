from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """The special days of a country's year are published and entered: only then may working days in it be counted for certain.

    From the library where it knows the transfers of the year, else by a member of staff who entered them from the official notice.
    """

    country = models.CharField(_("country"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("known year")
        verbose_name_plural = _("known years")
        constraints = [models.UniqueConstraint(fields=["country", "year"], name="a_year_of_a_country_is_known_once")]
