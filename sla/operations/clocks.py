"""What one event does to the clocks of its timeline. The rules are docs/clock-algebra.md; here they meet events and rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casework.models import Event, Timeline

from .. import algebra
from ..books import PolicyBook
from ..models import Clock
from ..policies import Policy
from ..queries.histories import Running
from ..queries.matters import Matter, matter_of
from ..terms import History, Rule
from ..turns import is_meant, turn_of
from .keeping import Change


@dataclass
class Bench:
    """The clocks of one timeline while events are applied to them: those in hand, what changed, and what went wrong."""

    timeline: Timeline
    book: PolicyBook
    running: list[Running]
    changes: dict[int, Change] = field(default_factory=dict)
    faults: list[tuple[Event, str, Exception]] = field(default_factory=list)
    #: (promise, seq, about) that had a clock already when a repeated event came.
    begun: frozenset[tuple[str, int, str]] = frozenset()
    #: What the first event of a new matter said of it, while that holds: the others of its act need not look it up.
    said: Mapping[str, Any] | None = None

    def note(self, running: Running, history: History, *, is_moved: bool = False) -> None:
        """The clock's history from now on."""
        running.history = history
        change = self.changes.setdefault(id(running), Change(running))
        change.is_moved |= is_moved

    def hand_over(self, running: Running, event: Event) -> None:
        """The clock is in other hands from now on."""
        running.clock.owner_id = event.facts.get("owner", running.clock.owner_id)
        running.clock.hall_id = event.facts.get("hall", running.clock.hall_id)
        self.changes.setdefault(id(running), Change(running)).is_handed_over = True

    def add(self, policy: Policy, event: Event, matter: Matter, history: History) -> Running:
        """A clock of its own, begun by this event."""
        clock = Clock(
            timeline=self.timeline,
            promise_id=policy.key,
            version_id=policy.version,
            started_by=event.seq,
            event=history.event[:64],
            about=about(event),
            hall_id=matter.hall,
            owner_id=matter.owner,
        )
        describe(clock, matter)
        running = Running(clock, policy, history)
        self.running.append(running)
        self.changes[id(running)] = Change(running, is_new=True)
        return running

    def has_begun(self, promise: str, seq: int, about: str) -> bool:
        """Whether this event has a clock of this promise and turn already: an earlier following of it began one, or this one did."""
        now = ((one.clock.promise_id, one.clock.started_by, one.clock.about) for one in self.running)
        return (promise, seq, about) in self.begun or (promise, seq, about) in now

    def open(self) -> list[Running]:
        """Those that have not ended."""
        return [one for one in self.running if one.history.stopped_at is None]

    def guard(self, event: Event, promise: str, act: Callable[[], Any]) -> None:
        """One promise that is broken must not hold up the others, nor what happened."""
        try:
            act()
        except (LookupError, ValueError, ArithmeticError, TypeError, AttributeError, StopIteration) as error:
            self.faults.append((event, promise, error))


def about(event: Event) -> str:
    """Which turn of something repeated an event is about."""
    return turn_of(event.facts)


def happened_at(event: Event) -> datetime:
    """When it happened: what a crew did without signal is told later, and counts from when it was done, never from a later moment."""
    told = event.facts.get("happened_at")
    return min(event.at, datetime.fromisoformat(told)) if told else event.at


def describe(clock: Clock, matter: Matter) -> None:
    """What reports ask by, as of now."""
    for name in ("kind", "segment", "area", "urgency", "channel"):
        setattr(clock, name, matter.attributes.get(name, ""))


def apply(bench: Bench, event: Event) -> None:
    """Everything one event does: ends, waits and hand-overs first, what it begins last."""
    for running in bench.open():
        bench.guard(event, running.policy.key, lambda running=running: _touch(bench, running, event))  # type: ignore[misc]
    begin(bench, event, matter_of_starts(bench, event))


def matter_of_starts(bench: Bench, event: Event) -> Matter | None:
    """What the timeline is about, where that matters: some promise starts on this verb."""
    return matter_of(bench.timeline, event, bench.said) if bench.book.edition.starters(event.verb) else None


def begin(bench: Bench, event: Event, matter: Matter | None, carried: Sequence[Running] = ()) -> None:
    """Start the clocks of the promises that begin with this event; ``carried``: clocks of the whole that a part was split from."""
    if matter is None:
        return
    for policy in bench.book.starting_on(event.verb, event.facts, matter.attributes):
        if not bench.has_begun(policy.key, event.seq, about(event)):
            bench.guard(event, policy.key, lambda policy=policy: _begin(bench, policy, event, matter, carried))  # type: ignore[misc]


def _begin(bench: Bench, policy: Policy, event: Event, matter: Matter, carried: Sequence[Running]) -> None:
    rule = bench.book.rule(policy, hall=matter.hall)
    anchor_at = anchor(policy, event.facts)
    again = next((one for one in bench.open() if one.policy.key == policy.key and one.clock.about == about(event)), None)
    if policy.anchor and again is not None:
        bench.note(again, algebra.agree(again.history, anchor_at or again.history.started_at), is_moved=True)
        return
    whole = next((one for one in carried if (one.policy.family or one.policy.key) == (policy.family or policy.key)), None)
    history = _split(rule, whole.history, event.at) if whole else algebra.begin(rule, event.at, event=event.verb, anchor_at=anchor_at)
    bench.add(policy, event, matter, history)


def _split(rule: Rule, whole: History, at: datetime) -> History:
    return algebra.split(rule, whole, at)


def anchor(policy: Policy, facts: Mapping[str, Any]) -> datetime | None:
    """The moment that was agreed or planned, from the fact the promise names."""
    text = facts.get(policy.anchor) if policy.anchor else None
    return datetime.fromisoformat(text) if text else None


def _touch(bench: Bench, running: Running, event: Event) -> None:
    policy, verb, facts, history = running.policy, event.verb, event.facts, running.history
    at = max(happened_at(event), history.started_at)
    if not _is_meant(bench, running, event):
        return
    if policy.stops(verb, facts):
        end(bench, running, algebra.stop(history, at), event)
    elif policy.withdraws(verb, facts):
        end(bench, running, algebra.withdraw(history, at), event)
    elif history.is_paused and policy.resumes(verb, facts):
        bench.note(running, algebra.resume(history, at))
    elif not history.is_paused and policy.pauses(verb, facts):
        bench.note(running, algebra.pause(running.rule, history, at))


def end(bench: Bench, running: Running, history: History, event: Event) -> None:
    """The clock has ended, and by which event."""
    running.clock.stopped_by = event.verb
    bench.note(running, history)


def _is_meant(bench: Bench, running: Running, event: Event) -> bool:
    clock, promise = running.clock, running.policy.key
    if clock.started_by >= event.seq:
        # An event that is followed again (after a fault) has nothing to say to what began after it.
        return False

    def is_last() -> bool:
        turns = [(one.clock.started_by, one.clock.about) for one in bench.open() if one.policy.key == promise]
        return (clock.started_by, clock.about) == max(turns)

    return is_meant(clock.about, promise, event.verb, event.facts, is_last=is_last)
