from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class DailyScore(models.Model):
    """How one promise was kept on one day (of the operator's calendar, by when its clocks ended), by area, segment, hall and owner.

    Rolled up from ended clocks by ``score_day``, which may be repeated: trends are read from here and never from the clocks.
    ``extended`` of the ``kept`` were kept only with more time. ``lengths`` counts working time used by bucket (sla.histograms), so
    that any rows can be added up and percentiles read from the sum. ``reasons`` counts the broken by why; ``cost`` is what is owed
    for them, in minor units. ``team`` is the code (sla.teams) of the team the owner counted for that day; empty for nobody, for
    somebody in none, and in rows written before teams were counted.
    """

    day = models.DateField(_("day"))
    promise = models.ForeignKey("sla.Promise", on_delete=models.PROTECT, related_name="scores")
    area = models.CharField(max_length=12, blank=True)
    segment = models.CharField(max_length=20, blank=True)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    team = models.CharField(max_length=48, blank=True, default="")
    kept = models.PositiveIntegerField()
    extended = models.PositiveIntegerField()
    broken = models.PositiveIntegerField()
    cost = models.PositiveBigIntegerField(default=0)
    lengths = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("daily score")
        verbose_name_plural = _("daily scores")
        constraints = [
            models.UniqueConstraint(
                "day",
                "promise",
                "area",
                "segment",
                Coalesce("hall", 0),
                Coalesce("owner", 0),
                name="a_day_is_scored_once",
            ),
        ]
