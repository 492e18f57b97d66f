"""Carry out what is owed: each effect once, whatever dies in between.

Note [Claim, then do]. A try is booked before it is made: the claim raises ``attempts`` and moves ``next_attempt_at`` in a
transaction of its own, as if the try had already failed. Then the reaction and the tick run together in a second one. So a
reaction's rows and its tick exist together or not at all; a killed process leaves a booked try that comes round again after
its pause; and a reaction that kills every process it runs in is given up like any other, with the rest of the queue unharmed.
``attempts`` is the ticket: who no longer holds it has been overtaken, and what it did is undone.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from .. import registry
from ..models import Effect, Event
from ..retries import TRIES, name_of, pause_after

log = logging.getLogger(__name__)


class UnknownReaction(Exception):
    """The effect names a function that no app has; it may have gone with an upgrade."""


class _Overtaken(Exception):
    """Somebody else holds the effect now."""


def drain(at: datetime, *, limit: int = 50) -> int:
    """Carry out up to ``limit`` effects due at ``at``; how many were tried. Safe to run any number of times at once.

    A reaction that raises is tried again after a pause and given up after ``TRIES``; it never stops the others.
    """
    _bury_interrupted(at)
    tried = 0
    while tried < limit and (effect := _claim(at)):
        _carry_out(effect, at)
        tried += 1
    return tried


def forget_done_effects(*, at: datetime, after: timedelta = timedelta(days=30)) -> int:
    """Delete effects carried out longer ago than ``after``; how many. What was given up stays until a person has looked."""
    return Effect.objects.filter(done_at__lt=at - after).delete()[0]


@transaction.atomic
def _claim(at: datetime) -> Effect | None:
    due = Effect.objects.owed().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
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
    buried = Effect.objects.owed().filter(attempts__gte=TRIES, next_attempt_at__lte=at).update(dead_at=at, last_error="Interrupted")
    if buried:
        log.error("effects given up", extra={"count": buried, "error": "Interrupted"})
