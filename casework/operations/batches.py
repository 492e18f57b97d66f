"""Carry out what comes by the thousand: many effects of one topic at once, and whatever dies in between.

Note [Many at once]. A batch is booked before it is carried out, like a single effect: ``attempts`` is raised in a transaction of
its own, then everything the effects demand and their ticks run together in a second one. The pause booked is short, so that what
a killed worker held comes round again in a moment; while it is carried out the rows are locked besides, however long that takes.

Note [The circle closes]. What has been tried before is tried in ever smaller batches, in the end alone: one effect that kills every
process, or runs into a timeout, takes its neighbours with it once or twice, and is then given up by itself like any other.
When a batch raises, its effects are tried one by one at once, and only the one at fault waits. The database's own troubles (the
connection is gone, a lock was not given) undo the batch whole and say nothing about its rows; other topics go on.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from accounts.clock import in_business_time

from .. import registry
from ..models import Effect
from ..retries import TRIES, name_of, pause_after
from .giving_up import note_failure

log = logging.getLogger(__name__)

#: Effects of one topic in one transaction: enough to be fast, few enough that nobody waits long for the rows it holds.
BATCH = 250
#: What somebody else held is looked at again so soon.
_MOMENT = timedelta(seconds=0.5)
#: What was booked and never came back is looked at again so soon; after so many tries it waits like anything that fails.
_LEASE, _LEASES = timedelta(seconds=2), 3


class _Overtaken(Exception):
    """Somebody else holds some of the batch now."""


def drain_batches(at: datetime) -> int:
    """A batch of each topic that has batches, due at ``at``; how many effects were tried. Trouble with one topic stops no other."""
    tried, table = 0, registry.batches()
    due = Effect.objects.owed().filter(topic__in=table, next_attempt_at__lte=at)
    waiting = set(due.order_by().values_list("topic", flat=True).distinct())
    for topic, batch in table.items():
        booked = _book(topic, at) if topic in waiting else []
        if not booked:
            continue
        tried += len(booked)
        try:
            _carry_out(booked, batch, at)
        except _Overtaken:
            log.warning("batch overtaken", extra={"topic": topic})
        except Exception as error:  # noqa: BLE001 - the database's own trouble: what was booked comes round again
            log.error("batch undone", extra={"topic": topic, "error": name_of(error), "count": len(booked)})
    return tried


@transaction.atomic
def _book(topic: str, at: datetime) -> list[Effect]:
    """The next effects of this topic, as many as may be tried together; their next try is the one to come now."""
    due = Effect.objects.owed().filter(topic=topic, next_attempt_at__lte=at, attempts__lt=TRIES).order_by("next_attempt_at", "pk")
    found = list(due.select_for_update(skip_locked=True, no_key=True)[:BATCH])
    if not found:
        return []
    tried = found[0].attempts
    booked = [effect for effect in found if effect.attempts == tried][: _together(tried)]
    for effect in booked:
        effect.attempts += 1
    rows = Effect.objects.filter(pk__in=[effect.pk for effect in booked])
    rows.update(attempts=tried + 1, next_attempt_at=at + _lease(tried + 1))
    return booked


def _together(tried: int) -> int:
    """How many effects go together that have been tried so often: 250, 62, 15, 3, then one alone."""
    return max(BATCH >> 2 * tried, 1)


def _lease(attempts: int) -> timedelta:
    return in_business_time(_LEASE) if attempts <= _LEASES else pause_after(attempts - _LEASES)


@transaction.atomic
def _carry_out(effects: list[Effect], batch: registry.Batch, at: datetime) -> None:
    # The tick first: it is the lock as well. Whoever was overtaken meanwhile does nothing, and the others come round again.
    mine = Effect.objects.owed().filter(pk__in=[effect.pk for effect in effects], attempts=effects[0].attempts)
    if mine.update(done_at=at, last_error="") < len(effects):
        raise _Overtaken
    try:
        with transaction.atomic():
            waiting = batch(effects, at)
    except Exception as error:
        if len(effects) == 1 and not _is_the_database(error):
            _untick([effects[0].pk], next_attempt_at=at + pause_after(effects[0].attempts))
            note_failure(effect=effects[0], error=error, at=at)
            return
        if _is_the_database(error):
            raise
        log.warning("batch failed", extra={"topic": effects[0].topic, "error": name_of(error), "count": len(effects)})
        waiting = _one_by_one(effects, batch, at)
    if waiting:
        # Nothing was tried with these.
        _untick(waiting, next_attempt_at=at + _MOMENT, attempts=F("attempts") - 1)


def _one_by_one(effects: list[Effect], batch: registry.Batch, at: datetime) -> set[int]:
    """Which of them wait; the failed ones are noted."""
    waiting: set[int] = set()
    for effect in effects:
        try:
            with transaction.atomic():
                waiting.update(batch([effect], at))
        except Exception as error:
            if _is_the_database(error):
                raise
            _untick([effect.pk], next_attempt_at=at + pause_after(effect.attempts))
            note_failure(effect=effect, error=error, at=at)
    return waiting


def _is_the_database(error: Exception) -> bool:
    """Whether this is no fault of a row: the connection is gone, whatever it calls that, or the database could not just now."""
    is_said = isinstance(error, (OperationalError, InterfaceError))
    return is_said or connection.needs_rollback or not connection.is_usable()


def _untick(keys: Collection[int], **again: object) -> None:
    Effect.objects.filter(pk__in=list(keys)).update(done_at=None, **again)
