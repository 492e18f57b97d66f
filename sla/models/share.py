from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class DailyShare(models.Model):
    """In whose hands the time of one day's ended clocks went: working seconds of spans, by promise, hall and person (and their team)."""

    day = models.DateField(_("day"))
    promise = models.ForeignKey("sla.Promise", on_delete=models.PROTECT, related_name="shares")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.CharField(max_length=48, blank=True, default="")
    spans = models.PositiveIntegerField()
    seconds = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("share of a day")
        verbose_name_plural = _("shares of days")
        constraints = [
            models.UniqueConstraint("day", "promise", Coalesce("hall", 0), Coalesce("owner", 0), name="a_day_is_shared_out_once"),
        ]
