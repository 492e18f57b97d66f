"""Alarms fire once, whoever sweeps, and one at fault does not hold up the others."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.actors import System
from casework.models import Effect
from sla.models import Alarm, Fault
from sla.operations import sweeping
from sla.operations.sweeping import sweep_alarms
from sla.queries import timekeeping
from tests.factories.casework import EffectFactory
from tests.factories.sla import LONG_AGO, AlarmFactory, ClockFactory

pytestmark = pytest.mark.django_db
BY = System("sentry@test")


@pytest.fixture
def clock(db):
    return ClockFactory()


def rung(clock, name, **fields):
    return AlarmFactory(clock=clock, rung=name, **fields)


class TestSweepAlarms:
    def test_what_is_due_fires_and_demands_its_effect(self, now):
        alarm = AlarmFactory(fires_at=now)
        assert sweep_alarms(at=now, by=BY) == 1
        alarm.refresh_from_db()
        assert (alarm.fired_at >= now, alarm.fired_by) == (True, "system:sentry@test")
        assert Effect.objects.get().key == str(alarm.pk)

    def test_nothing_fires_early(self, now):
        AlarmFactory(fires_at=now + timedelta(microseconds=1))
        assert sweep_alarms(at=now, by=BY) == 0

    def test_nothing_fires_twice(self, now):
        AlarmFactory()
        assert [sweep_alarms(at=now, by=BY) for _ in range(2)] == [1, 0]

    def test_a_disarmed_or_voided_one_stays_silent(self, clock, now):
        rung(clock, "50%", fires_at=None)
        rung(clock, "100%", voided_at=LONG_AGO)
        assert sweep_alarms(at=now, by=BY) == 0

    def test_more_than_a_batch_fires_all_the_same(self, clock, now, monkeypatch):
        monkeypatch.setattr(sweeping, "BATCH", 2)
        for number in range(5):
            rung(clock, f"{number + 1}%")
        assert sweep_alarms(at=now, by=BY) == 5

    def test_safety_goes_first(self, clock, now, monkeypatch):
        rung(clock, "50%", fires_at=LONG_AGO - timedelta(days=9))
        safety = rung(clock, "100%", is_safety=True)
        sweep_alarms(at=now, by=BY)
        first = Effect.objects.order_by("pk").first()
        assert (first.key, first.topic) == (str(safety.pk), sweeping.SAFETY_TOPIC)

    def test_a_quiet_night_takes_one_statement(self, now, django_assert_num_queries):
        AlarmFactory(fires_at=now + timedelta(hours=1))
        with django_assert_num_queries(1):
            sweep_alarms(at=now, by=BY)

    def test_a_quiet_night_asks_for_the_earliest_or_postgresql_may_read_the_whole_table(self, now, django_assert_num_queries):
        with django_assert_num_queries(1) as asked:
            sweep_alarms(at=now, by=BY)
        assert re.search(r"ORDER BY .+ LIMIT 1$", asked[0]["sql"])


class TestPark:
    @pytest.fixture
    def poisoned(self, clock, now):
        """Somebody owes this alarm's effect already: the guard is violated."""
        for number in range(3):
            rung(clock, f"{number + 1}%")
        alarm = Alarm.objects.get(rung="2%")
        EffectFactory(topic=sweeping.TOPIC, key=str(alarm.pk))
        return alarm

    def test_the_others_fire(self, poisoned, now):
        sweep_alarms(at=now, by=BY)
        assert set(Alarm.objects.filter(fired_at__isnull=False).values_list("rung", flat=True)) == {"1%", "3%"}

    def test_it_is_parked_loudly(self, poisoned, now, caplog):
        sweep_alarms(at=now, by=BY)
        poisoned.refresh_from_db()
        assert (poisoned.void_reason, poisoned.fired_at) == ("parked", None)
        assert Fault.objects.get().error == IntegrityError.__name__
        assert "alarm parked" in caplog.text

    def test_the_next_sweep_is_clean(self, poisoned, now, caplog):
        sweep_alarms(at=now, by=BY)
        caplog.clear()
        assert sweep_alarms(at=now, by=BY) == 0
        assert caplog.text == ""


def test_the_timekeeper_knows_the_next_moment(clock, now):
    rung(clock, "50%", fires_at=now + timedelta(hours=1))
    rung(clock, "100%", fires_at=now + timedelta(hours=2))
    assert timekeeping.next_alarm_at() == now + timedelta(hours=1)
