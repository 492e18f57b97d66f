"""The timekeeper's loop: what it rings for, how long it sleeps, what it does when the world is broken."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError

import sla.operations
from accounts.actors import System
from casework import registry as reactions
from casework.models import Effect
from config import sentry
from config.sentry import Bell, Ring, Sentry, answer, rings_for
from notices.models import Message
from sla import registry as jobs
from sla.operations import Claimed
from tests.factories.casework import EffectFactory
from tests.factories.notices import MessageFactory
from tests.factories.sla import AlarmFactory

pytestmark = pytest.mark.django_db


class Deaf(Bell):
    """Notes what was rung for and does nothing."""

    def __init__(self):
        super().__init__()
        self.rung = []

    def ring(self, rings):
        self.rung += rings


class Broken:
    """A task whose broker is dead."""

    name = "broken"

    def __init__(self):
        self.called = []

    def enqueue(self, *arguments):
        raise ConnectionError

    def call(self, *arguments):
        self.called.append(arguments)


@pytest.fixture
def watch(monkeypatch, now):
    monkeypatch.setattr(sentry, "business_now", lambda: now)
    return Sentry(by=System("sentry@test"), bell=Deaf())


class TestRingsFor:
    def names(self, claimed, at):
        return [(ring.task.name, ring.is_overdue) for ring in rings_for(claimed, at)]

    def test_nothing_owed_is_a_quiet_night(self, now):
        assert rings_for([], now) == []

    def test_a_claimed_job_is_rung_for_with_its_moment(self, now):
        assert rings_for([Claimed("probe", now)], now)[0].arguments == ("probe", now.isoformat())

    def test_what_is_owed_is_rung_for(self, now, settings):
        settings.SMS_GATEWAY_URL = settings.SMS_GATEWAY_KEY = "set"
        EffectFactory(next_attempt_at=now)
        MessageFactory(next_attempt_at=now)
        assert self.names([], now) == [("drain", False), ("deliver", False)]

    def test_what_nobody_came_for_is_overdue(self, now):
        EffectFactory(next_attempt_at=now - timedelta(seconds=16))
        assert self.names([], now) == [("drain", True)]

    def test_messages_without_a_way_out_are_not_rung_for(self, now):
        MessageFactory(next_attempt_at=now)
        assert rings_for([], now) == []


class TestAnswer:
    def test_a_dead_broker_makes_us_do_it_ourselves(self):
        task = Broken()
        answer(Ring(task, ("a",)))
        assert task.called == [("a",)]

    def test_what_is_overdue_we_do_ourselves_without_ringing_again(self, monkeypatch):
        task = Broken()
        monkeypatch.setattr(task, "enqueue", lambda *arguments: task.called.append("rung"))
        answer(Ring(task, is_overdue=True))
        assert task.called == [()]

    def test_what_fails_here_too_is_left_for_the_next_ring(self, monkeypatch, caplog):
        task = Broken()
        monkeypatch.setattr(task, "call", task.enqueue)
        answer(Ring(task))
        assert "could not do it here either" in caplog.text


class TestBell:
    def test_it_answers_on_its_own_thread_and_never_twice_for_one_ring(self, monkeypatch):
        bell, threads, busy, ring = Bell(), [], threading.Event(), Ring(Broken())
        monkeypatch.setattr(sentry, "answer", lambda ring: (threads.append(threading.current_thread()), busy.wait(5)))
        monkeypatch.setattr(sentry, "close_old_connections", lambda: None)
        bell.start()
        bell.ring([ring])
        while not threads:
            time.sleep(0.01)
        bell.ring([ring])
        bell.ring([ring])
        busy.set()
        while len(threads) < 2:
            time.sleep(0.01)
        time.sleep(0.1)
        assert threads == [bell, bell]


class TestSentry:
    def test_an_idle_look_sleeps_about_a_second(self, watch):
        assert 0.8 < watch.look() <= 1
        assert watch.bell.rung == []

    def test_it_sleeps_only_to_the_next_moment(self, watch, now):
        EffectFactory(next_attempt_at=now + timedelta(seconds=0.3))
        assert 0.02 <= watch.look() <= 0.3

    def test_it_never_spins(self, watch, now):
        EffectFactory(next_attempt_at=now + timedelta(microseconds=1))
        assert watch.look() == sentry.FLOOR

    def test_what_is_due_is_rung_for(self, watch, now):
        EffectFactory(next_attempt_at=now)
        watch.look()
        assert [ring.task.name for ring in watch.bell.rung] == ["drain"]

    def test_an_alarm_that_is_due_fires_and_rings_for_the_drain(self, watch, now):
        alarm = AlarmFactory(fires_at=now)
        watch.look()
        alarm.refresh_from_db()
        assert alarm.fired_by == "system:sentry@test"
        assert "drain" in [ring.task.name for ring in watch.bell.rung] or Effect.objects.get().next_attempt_at > now

    def test_it_sleeps_to_the_next_alarm(self, watch, now):
        AlarmFactory(fires_at=now + timedelta(seconds=0.4))
        assert 0.02 <= watch.look() <= 0.4

    def test_without_its_database_it_backs_off_and_comes_back(self, watch, monkeypatch):
        def away(**kwargs):
            raise OperationalError("password in here")

        monkeypatch.setattr(sentry.connections, "close_all", lambda: None)
        with monkeypatch.context() as broken:
            broken.setattr(sla.operations, "sweep", away)
            assert [watch.look() for _ in range(6)] == [0.2, 0.4, 0.8, 1.6, 2.0, 2.0]
        watch.look()
        assert watch.back_off == 0.2

    @pytest.mark.parametrize(("jump", "is_said"), [(3.0, True), (-3600.0, True), (0.5, False)])
    def test_a_jump_of_the_hosts_clock_is_said(self, watch, caplog, jump, is_said):
        watch._wall -= jump
        watch.watch_the_clock()
        assert ("wall clock jumped" in caplog.text) is is_said

    def test_it_stops_when_told(self, watch):
        stop = threading.Event()
        watch.look = lambda: stop.set() or 0.0
        watch.run(stop)


def test_beats_sweep_rings_like_a_sentry(monkeypatch, now):
    """With every sentry dead Celery keeps time."""
    from config import tasks

    answered = []
    monkeypatch.setattr(sentry, "answer", answered.append)
    monkeypatch.setattr(jobs, "jobs", dict)
    EffectFactory()
    tasks.sweep()
    assert [ring.task.name for ring in answered] == ["drain"]


def test_a_drain_that_is_rung_for_carries_out_what_is_owed(monkeypatch):
    """The two halves fit: what a ring calls really works off the rows."""
    done = []
    monkeypatch.setattr(reactions, "find", lambda topic: lambda event, at: done.append(event))
    monkeypatch.setattr("casework.operations.effects._react", lambda effect, at: done.append(effect))
    EffectFactory()
    for ring in rings_for([], Effect.objects.get().next_attempt_at):
        ring.task.call()
    assert len(done) == 1
    assert not Effect.objects.owed().exists()
    assert not Message.objects.exists()
