"""Periodic jobs are claimed once and late until they are done."""

from datetime import timedelta

import pytest

import sla.operations
from accounts.actors import System
from sla import queries, registry
from sla.models import Heartbeat, Job
from sla.operations import CLAIM, Claimed
from sla.schedules import Every
from tests.factories.sla import LONG_AGO, HeartbeatFactory, JobFactory

pytestmark = pytest.mark.django_db
BY, OTHER = System("one"), System("other")
runs: list[str] = []


class Probe:
    """Stands for a task."""

    @staticmethod
    def call():
        runs.append("run")
        if runs == ["run"] and Probe.fails_first:
            raise ValueError

    fails_first = False


@pytest.fixture(autouse=True)
def one_job(monkeypatch):
    runs.clear()
    Probe.fails_first = False
    probe = Every("probe", f"{__name__}.Probe", every=timedelta(hours=1))
    monkeypatch.setattr(registry, "jobs", lambda: {"probe": probe})


class TestSweep:
    def test_a_new_job_gets_its_first_moment(self, now):
        assert sla.operations.sweep(at=now, by=BY) == []
        assert Job.objects.get().next_run_at == now + timedelta(hours=1)

    def test_what_is_due_is_claimed(self, now):
        JobFactory()
        assert sla.operations.sweep(at=now, by=BY) == [Claimed("probe", LONG_AGO)]

    def test_what_one_has_claimed_another_does_not_get(self, now):
        JobFactory()
        assert sla.operations.sweep(at=now, by=BY)
        assert sla.operations.sweep(at=now, by=OTHER) == []

    def test_a_sweeper_that_looked_before_the_claim_does_not_get_it_either(self, now):
        stale = JobFactory()
        sla.operations.sweep(at=now, by=BY)
        assert sla.operations.timekeeping._claim(stale, now) is False

    def test_what_is_not_yet_due_waits(self, now):
        JobFactory(next_run_at=now + timedelta(seconds=1))
        assert sla.operations.sweep(at=now, by=BY) == []

    def test_a_claim_that_led_to_nothing_lapses(self, now):
        """The broker forgot the message, or the worker was killed."""
        JobFactory()
        sla.operations.sweep(at=now, by=BY)
        assert sla.operations.sweep(at=now + CLAIM, by=BY) == [Claimed("probe", LONG_AGO)]

    def test_a_job_that_is_no_longer_listed_rests(self, now):
        JobFactory(name="retired")
        assert sla.operations.sweep(at=now, by=BY) == []


class TestHeartbeat:
    def test_each_timekeeper_has_its_own(self, now):
        sla.operations.sweep(at=now, by=BY)
        sla.operations.sweep(at=now, by=OTHER)
        assert set(Heartbeat.objects.values_list("name", flat=True)) == {"system:one", "system:other"}

    def test_it_moves_on(self, now):
        HeartbeatFactory(name="system:one")
        sla.operations.sweep(at=now, by=BY)
        assert Heartbeat.objects.get().beat_at == now

    def test_it_is_not_written_at_every_look(self, now):
        sla.operations.sweep(at=now, by=BY)
        sla.operations.sweep(at=now + timedelta(seconds=1), by=BY)
        assert Heartbeat.objects.get().beat_at == now

    def test_a_clock_set_back_does_not_silence_it(self, now):
        HeartbeatFactory(name="system:one", beat_at=now + timedelta(hours=1))
        sla.operations.sweep(at=now, by=BY)
        assert Heartbeat.objects.get().beat_at == now

    def test_its_age_is_that_of_the_youngest(self, now):
        assert queries.heartbeat_age(now) is None
        HeartbeatFactory()
        HeartbeatFactory(name="system:young", beat_at=now - timedelta(seconds=3))
        assert queries.heartbeat_age(now) == timedelta(seconds=3)


class TestRunJob:
    @pytest.fixture
    def claimed(self, now):
        JobFactory()
        return sla.operations.sweep(at=now, by=BY)[0]

    def run(self, claimed, at):
        return sla.operations.run_job(name=claimed.name, due=claimed.due, at=at)

    def test_a_run_moves_the_job_on(self, claimed, now):
        assert self.run(claimed, now) is True
        job = Job.objects.get()
        assert (job.next_run_at, job.last_run_at, job.claimed_until) == (now + timedelta(hours=1), now, None)

    def test_missed_moments_are_not_made_up_for(self, claimed, now):
        self.run(claimed, now)
        assert sla.operations.sweep(at=now, by=BY) == []

    def test_a_second_message_for_the_same_run_does_nothing(self, claimed, now):
        self.run(claimed, now)
        assert self.run(claimed, now) is False
        assert runs == ["run"]

    def test_a_job_that_raises_is_due_again(self, claimed, now):
        Probe.fails_first = True
        with pytest.raises(ValueError):  # noqa: PT011 - the probe's own
            self.run(claimed, now)
        again = sla.operations.sweep(at=now + CLAIM, by=BY)
        assert self.run(again[0], now + CLAIM) is True

    def test_until_it_is_done_it_counts_as_late(self, claimed, now):
        assert queries.job_lateness(now) == now - LONG_AGO
        self.run(claimed, now)
        assert queries.job_lateness(now) == timedelta()
