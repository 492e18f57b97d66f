"""Carry out what is owed: each effect once, whatever dies in between.

Note [Claim, then do]. A try is booked before it is made: the claim raises ``attempts`` and moves ``next_attempt_at`` in a
transaction of its own, as if the try had already failed. Then the reaction and the tick run together in a second one. So a
reaction's rows and its tick exist together or not at all; a killed process leaves a booked try that comes round again after
its pause; and a reaction that kills every process it runs in is given up like any other, with the rest of the queue unharmed.
``attempts`` is the ticket: who no longer holds it has been overtaken, and what it did is undone.

Note [Many at once]. What comes by the thousand (alarms in a storm) is claimed, carried out and ticked off in one transaction per
batch: nothing is booked ahead, so a killed process frees its rows at once instead of after a pause. When a batch raises, its
effects are tried one by one, and only the one at fault waits. The database's own troubles undo the batch whole.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from .. import registry
from ..models import Effect, Event
from ..retries import TRIES, name_of, pause_after

log = logging.getLogger(__name__)

#: Effects of one topic in one transaction: enough to be fast, few enough that nobody waits long for the rows it holds.
BATCH = 250
#: What somebody else held is looked at again so soon.
_MOMENT = timedelta(seconds=0.5)


class UnknownReaction(Exception):
    """The effect names a function that no app has; it may have gone with an upgrade."""


class _Overtaken(Exception):
    """Somebody else holds the effect now."""


def drain(at: datetime, *, limit: int = 50) -> int:
    """Carry out effects due at ``at``: a batch of each topic that has batches, then up to ``limit`` others; how many were tried.

    Safe to run any number of times at once. A reaction that raises is tried again after a pause and given up after ``TRIES``;
    it never stops the others.
    """
    batched = sum(_drain_batch(topic, batch, at) for topic, batch in registry.batches().items())
    _bury_interrupted(at)
    tried = 0
    while tried < limit and (effect := _claim(at)):
        _carry_out(effect, at)
        tried += 1
    return batched + tried


def forget_done_effects(*, at: datetime, after: timedelta = timedelta(days=30)) -> int:
    """Delete effects carried out longer ago than ``after``; how many. What was given up stays until a person has looked."""
    return Effect.objects.filter(done_at__lt=at - after).delete()[0]


@transaction.atomic
def _drain_batch(topic: str, batch: registry.Batch, at: datetime) -> int:
    due = Effect.objects.owed().filter(topic=topic, next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
    effects = list(due.select_for_update(skip_locked=True, no_key=True)[:BATCH])
    if not effects:
        return 0
    try:
        with transaction.atomic():
            waiting = batch(effects, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - one of them is at fault; the others must not wait for it
        log.warning("batch failed", extra={"topic": topic, "error": name_of(error), "count": len(effects)})
        effects, waiting = _one_by_one(effects, batch, at)
    _tick(effects, waiting, at)
    return len(effects)


def _one_by_one(effects: list[Effect], batch: registry.Batch, at: datetime) -> tuple[list[Effect], set[int]]:
    """Those that went well (or wait), and which of them wait; the failed ones are noted."""
    well: list[Effect] = []
    waiting: set[int] = set()
    for effect in effects:
        try:
            with transaction.atomic():
                waiting.update(batch([effect], at))
            well.append(effect)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - as above
            effect.attempts += 1
            paused = at + pause_after(effect.attempts)
            Effect.objects.filter(pk=effect.pk).update(attempts=effect.attempts, next_attempt_at=paused)
            _note_failure(effect, at, error)
    return well, waiting


def _tick(effects: list[Effect], waiting: Collection[int], at: datetime) -> None:
    done = [effect.pk for effect in effects if effect.pk not in waiting]
    Effect.objects.filter(pk__in=done).update(done_at=at, attempts=F("attempts") + 1, last_error="")
    if waiting:
        Effect.objects.filter(pk__in=waiting).update(next_attempt_at=at + _MOMENT)


@transaction.atomic
def _claim(at: datetime) -> Effect | None:
    due = Effect.objects.owed().filter(next_attempt_at__lte=at).exclude(topic__in=registry.batches())
    due = due.order_by("next_attempt_at", "pk")
    effect = due.select_for_update(skip_locked=True, no_key=True).first()
    if effect is None:
        return None
    effect.attempts += 1
    effect.next_attempt_at = at + pause_after(effect.attempts)
    effect.save(update_fields=["attempts", "next_attempt_at"])
    return effect


def _carry_out(effect: Effect, at: datetime) -> None:
    try:
        with transaction.atomic():
            _react(effect, at)
            ticked = Effect.objects.owed().filter(pk=effect.pk, attempts=effect.attempts).update(done_at=at, last_error="")
            if not ticked:
                raise _Overtaken
    except _Overtaken:
        log.warning("effect overtaken", extra={"topic": effect.topic})
    except Exception as error:  # noqa: BLE001 - whatever a reaction does wrong, the next one must run
        _note_failure(effect, at, error)


def _react(effect: Effect, at: datetime) -> None:
    reaction = registry.find(effect.topic)
    if reaction is None:
        raise UnknownReaction
    event = Event.objects.select_related("timeline").get(timeline_id=effect.payload["timeline"], seq=effect.payload["seq"])
    reaction(event, at)


def _note_failure(effect: Effect, at: datetime, error: Exception) -> None:
    log.warning("effect failed", extra={"topic": effect.topic, "tries": effect.attempts, "error": name_of(error)})
    if effect.attempts >= TRIES:
        _bury(effect, at, name_of(error))
    else:
        Effect.objects.owed().filter(pk=effect.pk, attempts=effect.attempts).update(last_error=name_of(error))


def _bury(effect: Effect, at: datetime, reason: str) -> None:
    Effect.objects.owed().filter(pk=effect.pk, attempts=effect.attempts).update(dead_at=at, last_error=reason)
    log.error("effect given up", extra={"topic": effect.topic, "error": reason})


def _bury_interrupted(at: datetime) -> None:
    """Give up what has no try left and never came back from the last one to say how it went."""
    interrupted = Effect.objects.owed().filter(attempts__gte=TRIES, next_attempt_at__lte=at)
    buried = interrupted.update(dead_at=at, last_error="Interrupted")
    if buried:
        log.error("effects given up", extra={"count": buried, "error": "Interrupted"})
