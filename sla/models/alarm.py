from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VoidReason(models.TextChoices):
    """Why an alarm does not count."""

    ENDED_BEFORE = "ended_before", _("the promise was kept before it; that was recorded later")
    PAUSED_BEFORE = "paused_before", _("the clock had been paused before it; that was recorded later")
    MOVED = "moved", _("the due moment moved before it; that was recorded later")
    WITHDRAWN = "withdrawn", _("the promise no longer applied")
    ACKNOWLEDGED = "acknowledged", _("somebody had taken it up")
    PARKED = "parked", _("it could not be fired; a person must look")


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def armed(self) -> "AlarmQuerySet":
        """Yet to fire."""
        return self.filter(fired_at=None, voided_at=None, fires_at__isnull=False)


class Alarm(models.Model):
    """One rung of one clock's ladder, computed ahead. Fired at most once; a fired one never moves, a wrong one is voided.

    ``rung`` is the rung's name ("50%", "-PT30M", "100%", "target"), with ".2", ".3" for repetitions until somebody acknowledges.
    Disarmed while its clock stands still: ``fires_at`` empty. ``is_safety`` is the clock's, so that these fire first after a storm.
    """

    VoidReason = VoidReason

    clock = models.ForeignKey("sla.Clock", on_delete=models.CASCADE, related_name="alarms")
    epoch = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=16)
    is_safety = models.BooleanField(default=False)
    fires_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(null=True)
    fired_by = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=32, blank=True, choices=VoidReason)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [models.UniqueConstraint(fields=["clock", "epoch", "rung"], name="a_rung_of_a_clock_fires_once")]
        indexes = [
            models.Index(fields=["fires_at"], name="alarm_due", condition=Q(fired_at=None, voided_at=None, fires_at__isnull=False)),
            models.Index(
                fields=["fires_at"],
                name="safety_alarm_due",
                condition=Q(is_safety=True, fired_at=None, voided_at=None, fires_at__isnull=False),
            ),
            models.Index(fields=["voided_at"], name="alarm_parked", condition=Q(void_reason="parked")),
        ]


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
