"""Carry out what is owed: each effect once, whatever dies in between.

Note [Claim, then do]. A try is booked before it is made: the claim raises ``attempts`` and moves ``next_attempt_at`` in a
transaction of its own, as if the try had already failed. Then the reaction and the tick run together in a second one. So a
reaction's rows and its tick exist together or not at all; a killed process leaves a booked try that comes round again after
its pause; and a reaction that kills every process it runs in is given up like any other, with the rest of the queue unharmed.
``attempts`` is the ticket: who no longer holds it has been overtaken, and what it did is undone.

What comes by the thousand goes in batches (batches.py).
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from .. import registry
from ..models import Effect, Event
from ..retries import pause_after
from .batches import drain_batches
from .giving_up import bury_interrupted, note_failure

log = logging.getLogger(__name__)

#: After so many single effects we look again for batches: crews are told by those, and must not wait behind letters.
FEW = 8


class UnknownReaction(Exception):
    """The effect names a function that no app has; it may have gone with an upgrade."""


class _Overtaken(Exception):
    """Somebody else holds the effect now."""


def drain(at: datetime, *, limit: int = FEW) -> int:
    """Carry out effects due at ``at``: a batch of each topic that has batches, then up to ``limit`` others; how many were tried.

    Safe to run any number of times at once. A reaction that raises is tried again after a pause and given up after ``TRIES``;
    it never stops the others.
    """
    bury_interrupted(at)
    batched = drain_batches(at)
    tried = 0
    while tried < limit and (effect := _claim(at)):
        _carry_out(effect, at)
        tried += 1
    return batched + tried


def forget_done_effects(*, at: datetime, after: timedelta = timedelta(days=30)) -> int:
    """Delete effects carried out longer ago than ``after``; how many. What was given up stays until a person has looked."""
    return Effect.objects.filter(done_at__lt=at - after).delete()[0]


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
        note_failure(effect=effect, error=error, at=at)


def _react(effect: Effect, at: datetime) -> None:
    reaction = registry.find(effect.topic)
    if reaction is None:
        raise UnknownReaction
    event = Event.objects.select_related("timeline").get(timeline_id=effect.payload["timeline"], seq=effect.payload["seq"])
    reaction(event, at)
