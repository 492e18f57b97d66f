"""What must follow, follows once, and a broken reaction harms nobody else."""

from datetime import timedelta

import pytest

import casework.operations
from accounts.actors import System
from casework import registry
from casework.models import Effect, Timeline
from casework.operations import Step
from casework.retries import TRIES, pause_after
from tests.factories.casework import EffectFactory

pytestmark = pytest.mark.django_db
BY = System("tests")


def leave_a_trace(event, at):
    Timeline.objects.create(kind=f"trace of {event.seq}", opened_at=at)


def half_done(event, at):
    leave_a_trace(event, at)
    raise ValueError("13800138000 is somebody's phone")


@pytest.fixture
def owed(monkeypatch, now):
    """Three probe events, with the reactions given."""

    def _owed(*reactions, count=1):
        monkeypatch.setattr(registry, "reactions", lambda: {"probe": reactions})
        casework.operations.open_timeline(kind="probe", steps=[Step("probe")] * count, by=BY, at=now)

    return _owed


def traces():
    return Timeline.objects.filter(kind__startswith="trace").count()


class TestDrain:
    def test_each_effect_is_carried_out_once(self, owed, now):
        owed(leave_a_trace, count=3)
        assert casework.operations.drain(now) == 3
        assert casework.operations.drain(now + timedelta(days=2)) == 0
        assert traces() == 3

    def test_nothing_owed_is_nothing_done(self, now):
        assert casework.operations.drain(now) == 0

    def test_it_stops_at_its_limit(self, owed, now):
        owed(leave_a_trace, count=3)
        assert casework.operations.drain(now, limit=2) == 2
        assert Effect.objects.owed().count() == 1

    def test_an_effect_not_yet_due_waits(self, owed, now):
        owed(leave_a_trace)
        assert casework.operations.drain(now - timedelta(seconds=1)) == 0

    def test_what_a_failed_reaction_wrote_is_undone(self, owed, now):
        owed(half_done)
        casework.operations.drain(now)
        assert traces() == 0
        assert Effect.objects.owed().get().attempts == 1

    def test_a_broken_reaction_does_not_stop_the_next(self, owed, now):
        owed(half_done, leave_a_trace, count=2)
        assert casework.operations.drain(now) == 4
        assert traces() == 2

    def test_only_the_class_of_an_error_is_kept(self, owed, now):
        owed(half_done)
        casework.operations.drain(now)
        assert Effect.objects.get().last_error == "ValueError"

    def test_a_failed_effect_is_tried_again_after_a_pause(self, owed, now):
        owed(half_done)
        casework.operations.drain(now)
        assert casework.operations.drain(now + timedelta(seconds=9)) == 0
        assert casework.operations.drain(now + timedelta(seconds=10)) == 1

    def test_after_the_last_try_it_is_given_up(self, owed, now):
        owed(half_done)
        for day in range(TRIES + 3):
            casework.operations.drain(now + timedelta(days=day))
        effect = Effect.objects.given_up().get()
        assert (effect.attempts, effect.last_error) == (TRIES, "ValueError")

    def test_an_effect_that_kills_its_process_is_given_up_too(self, now):
        EffectFactory(attempts=TRIES)
        assert casework.operations.drain(now) == 0
        assert Effect.objects.given_up().get().last_error == "Interrupted"

    def test_a_reaction_that_is_gone_fails_like_any_other(self, now):
        EffectFactory()
        casework.operations.drain(now)
        assert Effect.objects.get().last_error == "UnknownReaction"

    def test_who_was_overtaken_leaves_no_trace(self, owed, now):
        """While we were at it the try ran out, and another drain did it."""

        def slow(event, at):
            leave_a_trace(event, at)
            Effect.objects.update(attempts=2, done_at=at)

        owed(slow)
        casework.operations.drain(now)
        assert traces() == 0


class TestForgetDoneEffects:
    def test_it_forgets_what_is_done_and_keeps_what_needs_a_person(self, now):
        EffectFactory(done_at=now - timedelta(days=31))
        kept = {EffectFactory(done_at=now), EffectFactory(dead_at=now - timedelta(days=90)), EffectFactory()}
        assert casework.operations.forget_done_effects(at=now) == 1
        assert set(Effect.objects.all()) == kept


def test_pauses_grow_and_stay_under_six_hours():
    pauses = [pause_after(tries) for tries in range(1, TRIES + 5)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=10), timedelta(hours=6))


def test_what_does_not_concern_a_reaction_is_not_owed(monkeypatch, now):
    monkeypatch.setattr(registry, "reactions", lambda: {"probe": (leave_a_trace,)})
    monkeypatch.setattr(registry, "concerns", lambda: {registry.topic_of(leave_a_trace): lambda facts: facts["kind"] == "repair"})
    steps = [Step("probe", {"kind": kind}) for kind in ("repair", "general")]
    casework.operations.open_timeline(kind="probe", steps=steps, by=BY, at=now)
    assert [effect.payload["seq"] for effect in Effect.objects.all()] == [1]
