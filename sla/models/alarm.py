from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Alarm(models.Model):
    """One rung of one clock's ladder, computed ahead. Fired at most once; a fired one never moves, a wrong one is voided.

    ``rung`` is the rung's name ("50%", "-PT30M", "100%", "target"), with ".2", ".3" for repetitions until somebody acknowledges.
    """

    clock = models.ForeignKey("sla.Clock", on_delete=models.CASCADE, related_name="alarms")
    epoch = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=16)
    fires_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(null=True)
    fired_by = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [models.UniqueConstraint(fields=["clock", "epoch", "rung"], name="a_rung_of_a_clock_fires_once")]
        indexes = [
            models.Index(fields=["fires_at"], name="alarm_due", condition=Q(fired_at__isnull=True, voided_at__isnull=True)),
        ]


class Escalation(models.Model):
    """What an alarm led to: who was told, and who took it up. Open until acknowledged or the clock ends."""

    alarm = models.OneToOneField(Alarm, on_delete=models.CASCADE, related_name="escalation")
    to_role = models.CharField(max_length=32)
    told = models.ManyToManyField("accounts.Staff", related_name="escalations")
    created_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        indexes = [models.Index(fields=["created_at"], name="escalation_open", condition=Q(acknowledged_at__isnull=True))]
