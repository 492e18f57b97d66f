from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .staff import Staff


class Duty(models.Model):
    """A line of the roster: who works where from when to when; without a hall in the office, or out with the crew."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="duties")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.CASCADE, null=True, blank=True, related_name="duties")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_duty_ends_after_it_starts")]


class Absence(models.Model):
    """While one is away a deputy stands in: what is sent to the absent one reaches the deputy."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covers", verbose_name=_("deputy"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(staff=F("deputy")), name="nobody_is_their_own_deputy"),
        ]
