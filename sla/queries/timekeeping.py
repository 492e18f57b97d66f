"""What timekeepers and health checks ask."""

from datetime import datetime, timedelta

from .. import models, registry


def next_job_at(at: datetime) -> datetime | None:
    """The nearest moment after ``at`` at which a job falls due."""
    return (
        models.Job.objects.filter(name__in=registry.jobs(), next_run_at__gt=at)
        .order_by("next_run_at")
        .values_list("next_run_at", flat=True)
        .first()
    )


def job_lateness(at: datetime) -> timedelta:
    """How long the latest job has been due and not done; zero when none is."""
    first = (
        models.Job.objects.filter(name__in=registry.jobs(), next_run_at__lte=at)
        .order_by("next_run_at")
        .values_list("next_run_at", flat=True)
        .first()
    )
    return at - first if first else timedelta()


def heartbeat_age(at: datetime) -> timedelta | None:
    """How long ago any timekeeper was last alive; None when none ever was."""
    last = models.Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    return at - last if last else None


def next_alarm_at() -> datetime | None:
    """The nearest moment at which an alarm falls due; a moment that has passed when one is due and somebody holds it."""
    return models.Alarm.objects.armed().order_by("fires_at").values_list("fires_at", flat=True).first()


def alarm_lateness(at: datetime) -> timedelta:
    """How long the earliest unfired alarm has been due; zero when none is."""
    first = next_alarm_at()
    return max(at - first, timedelta()) if first else timedelta()
