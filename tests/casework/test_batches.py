"""Many effects at once: a bad row harms itself alone, whatever it does to the process it is tried in."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection

import casework.operations
from casework import registry
from casework.models import Effect
from casework.operations import batches
from casework.retries import TRIES
from tests.factories.casework import EffectFactory

pytestmark = pytest.mark.django_db
STEP = timedelta(hours=7)


class Killed(BaseException):
    """The process dies in the middle."""


class Batch:
    """Remembers which effects it was given; ``poison`` is what it does when one of them has this key."""

    def __init__(self, poison=None, key="bad"):
        self.poison, self.key, self.seen = poison, key, []

    def __call__(self, effects, at):
        self.seen.append([effect.key for effect in effects])
        if self.poison and self.key in self.seen[-1]:
            self.poison()
        return ()


@pytest.fixture
def carried(monkeypatch):
    def _carried(**topics):
        monkeypatch.setattr(registry, "batches", lambda: topics)

    return _carried


def fail(error):
    def _fail():
        raise error

    return _fail


def owe(*keys, topic="many"):
    return [EffectFactory(topic=topic, key=key) for key in keys]


def drain_again_and_again(now, rounds):
    """As if a new process were started each time the old one died."""
    for number in range(rounds):
        with suppress(Killed):
            casework.operations.drain(now + number * STEP)


def states():
    return {
        effect.key: "done" if effect.done_at else "given up" if effect.dead_at else "owed" for effect in Effect.objects.filter(topic="many")
    }


def test_what_kills_every_process_is_given_up_and_its_neighbours_are_carried_out(carried, now):
    carried(many=Batch(fail(Killed())))
    owe("a", "b", "bad", "c")
    drain_again_and_again(now, TRIES + 8)
    assert states() == {"a": "done", "b": "done", "bad": "given up", "c": "done"}
    assert Effect.objects.get(key="bad").last_error == "Interrupted"


def test_after_a_kill_ever_fewer_are_tried_together(carried, now, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 16)
    seen = Batch(fail(Killed()), key="0")
    carried(many=seen)
    owe(*(str(number) for number in range(16)))
    drain_again_and_again(now, 6)
    assert [len(keys) for keys in seen.seen] == [16, 4, 4, 4, 4, 1]
    assert seen.seen[-1] == ["0"]


def test_what_a_killed_worker_held_comes_round_in_a_moment(carried, now):
    carried(many=Batch(fail(Killed())))
    owe("bad", "a")
    with suppress(Killed):
        casework.operations.drain(now)
    assert Effect.objects.get(key="a").next_attempt_at <= now + timedelta(seconds=2)


def test_the_database_s_trouble_in_one_topic_does_not_stop_the_others(carried, now):
    others = Batch()
    carried(many=Batch(fail(OperationalError())), more=others)
    owe("bad", "a")
    owe("b", topic="more")
    single = EffectFactory()
    casework.operations.drain(now)
    assert others.seen == [["b"]]
    single.refresh_from_db()
    assert single.attempts == 1


def test_a_row_that_the_database_always_times_out_on_is_given_up_alone(carried, now):
    carried(many=Batch(fail(OperationalError())))
    owe("a", "bad")
    drain_again_and_again(now, TRIES + 8)
    assert states() == {"a": "done", "bad": "given up"}


def test_a_dead_connection_is_no_fault_of_the_rows(carried, now, monkeypatch):
    """Some drivers call it an internal error: idle in a transaction for too long, say."""
    seen = Batch(fail(DatabaseError()))
    carried(many=seen)
    owe("bad", "a")
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    casework.operations.drain(now)
    assert seen.seen == [["bad", "a"]]
    assert set(Effect.objects.values_list("last_error", flat=True)) == {""}


def test_a_row_that_raises_waits_alone(carried, now):
    carried(many=Batch(fail(ValueError())))
    owe("a", "bad", "c")
    casework.operations.drain(now)
    assert states() == {"a": "done", "bad": "owed", "c": "done"}
    assert Effect.objects.get(key="bad").last_error == "ValueError"


def test_waiting_for_somebody_else_is_no_try(carried, now):
    carried(many=lambda effects, at: [effect.pk for effect in effects])
    owe("a")
    for number in range(TRIES + 3):
        casework.operations.drain(now + number * STEP)
    assert Effect.objects.get().attempts == 0


def test_who_was_overtaken_between_booking_and_doing_does_nothing(carried, now, monkeypatch):
    seen, book = Batch(), batches._book

    def slow(topic, at):
        booked = book(topic, at)
        Effect.objects.update(attempts=2)
        return booked

    monkeypatch.setattr(batches, "_book", slow)
    carried(many=seen)
    owe("a")
    casework.operations.drain(now)
    assert (seen.seen, states()) == ([], {"a": "owed"})
