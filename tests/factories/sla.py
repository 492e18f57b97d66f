"""Time."""

from datetime import UTC, datetime

from factory.django import DjangoModelFactory

from sla import models

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class JobFactory(DjangoModelFactory):
    """Long due."""

    class Meta:
        model = models.Job

    name = "probe"
    next_run_at = LONG_AGO


class HeartbeatFactory(DjangoModelFactory):
    class Meta:
        model = models.Heartbeat

    name = "system:sentry@test"
    beat_at = LONG_AGO
