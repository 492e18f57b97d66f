"""Our own lateness, and timekeepers that have gone silent."""

from datetime import timedelta

import pytest

from sla import queries
from sla.queries import watchdog
from sla.queries.lateness import faults
from tests.factories.sla import AlarmFactory, ClockFactory, EscalationFactory, FaultFactory, HeartbeatFactory

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def test_it_is_measured_from_the_due_moment_to_the_firing_and_to_the_telling(now):
    clock = ClockFactory()
    for number in range(100):
        alarm = AlarmFactory(clock=clock, rung=f"{number + 1}%", fires_at=now, fired_at=now + number * SECOND)
        EscalationFactory(alarm=alarm, created_at=now + (number + 1) * SECOND)
    late = queries.lateness(now)
    assert (late.count, late.fired, late.told) == (100, (49 * SECOND, 99 * SECOND), (50 * SECOND, 100 * SECOND))


def test_a_quiet_night_is_not_late(now):
    late = queries.lateness(now)
    assert (late.count, late.fired, late.told) == (0, (timedelta(), timedelta()), (timedelta(), timedelta()))
    assert queries.alarm_lateness(now) == timedelta()


def test_an_alarm_that_nobody_fires_shows(now):
    AlarmFactory(fires_at=now - 7 * SECOND)
    assert queries.alarm_lateness(now) == 7 * SECOND


class TestWatch:
    def test_one_of_two_timekeepers_has_gone_silent(self, now):
        HeartbeatFactory(name="system:sentry@a", beat_at=now)
        HeartbeatFactory(name="system:sentry@b", beat_at=now - 11 * SECOND)
        HeartbeatFactory(name="system:sentry@retired", beat_at=now - 2 * DAY)
        seen = watchdog.look(now)
        assert (seen.alive, seen.silent, seen.is_dead, seen.is_well) == (["system:sentry@a"], ["system:sentry@b"], False, False)

    def test_nobody_keeps_time(self, now):
        assert watchdog.look(now).is_dead

    def test_alarms_are_late(self, now):
        HeartbeatFactory(beat_at=now)
        AlarmFactory(fires_at=now - 6 * SECOND)
        assert watchdog.look(now).is_late

    def test_pages_ask_once_in_a_while(self, now, django_assert_num_queries):
        watchdog.forget()
        watchdog.watch(now)
        with django_assert_num_queries(0):
            watchdog.watch(now)


def test_faults_are_listed_until_they_are_settled(now):
    FaultFactory(settled_at=now)
    fault = FaultFactory()
    assert queries.open_faults() == 1
    assert faults() == [fault]
