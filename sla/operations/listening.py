"""Clocks listen: every event comes by here in the transaction that records it, and costs nothing unless a promise minds it.

Note [A clock never fails its event]. A report of a leak is stored whatever is wrong with a promise, a calendar or our own code.
A promise at fault is left out and the others go on; when the writing itself fails, everything the event did to clocks is undone
back to a savepoint. Either way a Fault is left for the operator and an error in the log, and ``mend`` follows the event again.
Only the database's own troubles are the event's too: then nothing was stored, and whoever asked is told.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.models import Event, Timeline
from casework.retries import name_of

from .. import permissions
from ..books import PolicyBook
from ..models import Clock, Fault
from ..queries.histories import read_clock
from ..queries.matters import matter_of, says_all
from ..queries.policies import policies_at
from . import changes
from .clocks import Bench
from .keeping import keep

log = logging.getLogger(__name__)


class NothingToMend(Exception):
    """The fault is settled, or not one that following its event again could mend."""

    def __init__(self) -> None:
        super().__init__(_("This has been settled already, or cannot be mended by trying again."))


def follow(timeline: Timeline, events: Sequence[Event]) -> None:
    """The listener: what these new events of one timeline, whose lock the caller holds, do to its clocks. Never raises for a promise."""
    try:
        book = policies_at(events[-1].at)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - a book that cannot be read must not stop what happened
        _note_faults(timeline, [(event, "", error) for event in events], Fault.Kind.LISTEN)
        return
    heard = [event for event in events if _is_heard(book, timeline, event)]
    if heard:
        _follow_safely(timeline, heard, book)


@transaction.atomic
def mend(*, fault: Fault, by: Actor, at: datetime) -> bool:
    """Follow the event of a fault again, as of the event's own moment; whether it went well this time.

    Raises Forbidden, NothingToMend.
    """
    permissions.check_may_mend(by, at=at)
    if not fault.is_mendable or fault.timeline_id is None:
        raise NothingToMend
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=fault.timeline_id)
    event = Event.objects.get(timeline=timeline, seq=fault.seq)
    met = Fault.objects.open().filter(timeline=timeline, seq=fault.seq)
    met.update(settled_at=at, settled_by=by.actor_label)
    return _follow_safely(timeline, [event], policies_at(event.at), is_repeated=True)


@transaction.atomic
def settle(*, fault: Fault, by: Actor, at: datetime) -> None:
    """A person has looked and nothing is left to be done. Raises Forbidden, NothingToMend."""
    permissions.check_may_mend(by, at=at)
    if not Fault.objects.open().filter(pk=fault.pk).update(settled_at=at, settled_by=by.actor_label):
        raise NothingToMend


def _is_heard(book: PolicyBook, timeline: Timeline, event: Event) -> bool:
    """Told without a look at any row: in a storm thousands of escalations come by here, and hardly one begins anything."""
    if event.verb in changes.VERBS:
        return bool(book.edition.verbs)
    if book.edition.may_change(event.verb, event.facts):
        return True
    if not book.edition.may_start(event.verb, event.facts):
        return False
    return not says_all(event.facts) or bool(book.starting_on(event.verb, event.facts, matter_of(timeline, event).attributes))


def _follow_safely(timeline: Timeline, events: Sequence[Event], book: PolicyBook, *, is_repeated: bool = False) -> bool:
    try:
        with transaction.atomic():
            faults = _follow(timeline, events, book, is_repeated)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("clocks did not follow", extra={"timeline": timeline.pk, "error": name_of(error)})
        _note_faults(timeline, [(event, "", error) for event in events], Fault.Kind.LISTEN)
        return False
    _note_faults(timeline, faults, Fault.Kind.COMPUTE)
    return not faults


def _follow(timeline: Timeline, events: Sequence[Event], book: PolicyBook, is_repeated: bool) -> list[tuple[Event, str, Exception]]:
    is_first = events[0].seq == 1 and not is_repeated
    rows = [] if is_first else list(Clock.objects.open().select_for_update(no_key=True).filter(timeline=timeline).order_by("pk"))
    bench = Bench(timeline, book, running=[], said=_said(events) if is_first else None)
    for clock in rows:
        bench.guard(events[0], clock.promise_id, lambda clock=clock: bench.running.append(read_clock(clock, book)))  # type: ignore[misc]
    if is_repeated:
        bench.begun = _begun(timeline, events)
    for event in events:
        changes.apply(bench, event)
    touched = {change.running.clock.pk for change in bench.changes.values()}
    others = [clock for clock in rows if clock.pk not in touched]
    failed = keep(timeline=timeline, changes=list(bench.changes.values()), others=others, book=book, at=events[-1].at)
    return bench.faults + [(events[-1], change.running.policy.key, change.error or LookupError()) for change in failed]


def _said(events: Sequence[Event]) -> Mapping[str, Any] | None:
    """What the first of them says of the matter, unless one of the others corrects it."""
    is_corrected = any(event.verb in changes.VERBS for event in events[1:])
    return events[0].facts if says_all(events[0].facts) and not is_corrected else None


def _begun(timeline: Timeline, events: Sequence[Event]) -> frozenset[tuple[str, int, str]]:
    """What these events began already, when they are followed again."""
    begun = Clock.objects.filter(timeline=timeline, started_by__in=[event.seq for event in events])
    return frozenset(begun.values_list("promise_id", "started_by", "about"))


def _note_faults(timeline: Timeline, faults: Sequence[tuple[Event, str, Exception]], kind: str) -> None:
    for event, promise, error in faults:
        log.error("a promise is at fault", extra={"promise": promise, "verb": event.verb, "error": name_of(error)})
    if faults:
        Fault.objects.bulk_create(
            [
                Fault(kind=kind, timeline=timeline, seq=event.seq, promise=promise[:16], error=name_of(error)[:80], at=event.at)
                for event, promise, error in faults
            ]
        )
