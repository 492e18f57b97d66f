from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .alarm import Alarm


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def waiting(self) -> "EscalationQuerySet":
        """For somebody to take them up: not acknowledged, not overtaken by a later rung, and the clock still runs."""
        open_ones = self.filter(acknowledged_at=None, overtaken_by=None, over_at=None)
        return open_ones.filter(alarm__clock__stopped_at=None, alarm__voided_at=None)


class Escalation(models.Model):
    """What an alarm led to: who was told, and who took it up. Open until acknowledged or the clock ends.

    When several rungs of one clock fire together after a standstill only the last one is told; the others say so (``overtaken_by``).
    ``created_at`` is when the drain wrote it: due moment to here is the engine's lateness. ``over_at`` is when a job noticed that the
    clock had ended without anybody taking it up: it keeps the index of the open ones short and says nothing that the clock does not.
    """

    alarm = models.OneToOneField(Alarm, on_delete=models.CASCADE, related_name="escalation")
    to_role = models.CharField(max_length=32)
    told = models.ManyToManyField("accounts.Staff", related_name="escalations")
    overtaken_by = models.ForeignKey(Alarm, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    over_at = models.DateTimeField(null=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        indexes = [
            models.Index(fields=["created_at"], name="escalation_open", condition=Q(acknowledged_at=None, overtaken_by=None, over_at=None)),
        ]
