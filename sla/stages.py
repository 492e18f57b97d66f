"""Where the time of a whole went: its stages, each with what it took and what it waited for the customer. Pure.

Counted is the time by the clock on the wall in which nobody waited for the customer, so that stages that follow each other without a
gap add up to the whole, whatever their calendars. Stages that ran side by side share time, which the whole has once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .terms import History

type Stretch = tuple[datetime, datetime]
_NOTHING = timedelta(0)


@dataclass(frozen=True)
class Turn:
    """One clock of a whole or of one of its stages: the promise, the turn of it (which stage), and what happened to it."""

    promise: str
    name: str
    history: History


@dataclass(frozen=True)
class Stage:
    """One stage: ``counted`` is ours, ``waited`` the customer's. ``ended_at`` is empty while it runs."""

    promise: str
    name: str
    started_at: datetime
    ended_at: datetime | None
    counted: timedelta
    waited: timedelta


@dataclass(frozen=True)
class Whole:
    """``counted`` is what the stages took together, less what ran ``at_once``, and what lay ``between`` them."""

    counted: timedelta
    waited: timedelta
    stages: Sequence[Stage]
    at_once: timedelta
    between: timedelta


def add_up(whole: Sequence[Turn], parts: Iterable[Turn], *, until: datetime) -> Whole:
    """The time of a whole and of its stages, up to a moment. The whole may have had several turns (another day was agreed)."""
    of_whole = _merged(stretch for turn in whole for stretch in _running(turn.history, until))
    stages = [(turn, _running(turn.history, until)) for turn in parts if turn.history.started_at <= until]
    running = _merged(stretch for _turn, stretches in stages for stretch in stretches)
    shared = _merged(_common(of_whole, running))
    return Whole(
        counted=_length(of_whole),
        waited=sum((_waited(turn.history, until) for turn in whole), _NOTHING),
        stages=[_stage(turn, stretches, until) for turn, stretches in stages],
        at_once=sum((_length(stretches) for _turn, stretches in stages), _NOTHING) - _length(running),
        between=_length(of_whole) - _length(shared),
    )


def _stage(turn: Turn, stretches: Sequence[Stretch], until: datetime) -> Stage:
    history = turn.history
    waited = _waited(history, until)
    return Stage(turn.promise, turn.name, history.started_at, history.stopped_at, _length(stretches), waited)


def _running(history: History, until: datetime) -> list[Stretch]:
    """Between its pauses, up to a moment."""
    end = min(history.stopped_at or until, until)
    found, here = list[Stretch](), history.started_at
    for began, ended in _pauses(history, end):
        found.append((here, began))
        here = ended
    return [(since, to) for since, to in [*found, (here, end)] if since < to]


def _pauses(history: History, end: datetime) -> list[Stretch]:
    cut = ((max(began, history.started_at), min(ended or end, end)) for began, ended in history.pauses)
    return _merged((began, ended) for began, ended in cut if began < ended)


def _waited(history: History, until: datetime) -> timedelta:
    return _length(_pauses(history, min(history.stopped_at or until, until)))


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time as stretches that do not touch each other."""
    found = list[Stretch]()
    for since, to in sorted(stretches):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], to)
        else:
            found.append((since, to))
    return found


def _common(some: Sequence[Stretch], others: Sequence[Stretch]) -> Iterable[Stretch]:
    both = ((max(one[0], other[0]), min(one[1], other[1])) for one in some for other in others)
    return (stretch for stretch in both if stretch[0] < stretch[1])


def _length(stretches: Iterable[Stretch]) -> timedelta:
    return sum((to - since for since, to in stretches), _NOTHING)
