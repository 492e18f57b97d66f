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
