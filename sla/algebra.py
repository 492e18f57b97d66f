"""What may happen to a clock, each as a function from its history to the next one. The rules are written in docs/clock-algebra.md.

Nothing here reads a clock or a database; ``sla.deadlines.compute`` then says what the new history means.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .calendars import FAR
from .deadlines import compute
from .limits import BadLimit, Kind, parse
from .terms import Deadline, Extension, History, Leg, Pause, Rule

#: Limits that can be lengthened.
MAY_EXTEND = {Kind.TIME, Kind.DAYS, Kind.DAYS_INCLUSIVE, Kind.WORKING_DAYS}


class SafetyClock(ValueError):
    """A safety clock waits for nobody: it can be neither paused nor extended."""


class TooLate(ValueError):
    """The promise is already broken; more time now would only hide it."""


class AlreadyEnded(ValueError):
    """The clock has stopped or was withdrawn."""


class NoFirstRule(ValueError):
    """Nobody said by which rule the clock counted until now."""


class NotLonger(ValueError):
    """An extension must give time; this one would take it."""


def begin(rule: Rule, at: datetime, *, event: str = "", anchor_at: datetime | None = None) -> History:
    """The history of a clock that starts at a moment; ``anchor_at`` is the moment agreed or planned, where the limit needs one."""
    return History(at, legs=(Leg(rule, at),), anchor_at=anchor_at, event=event)


def pause(rule: Rule, history: History, at: datetime) -> History:
    """It waits from now on (for the customer, for papers). Waiting already, it goes on waiting. Raises SafetyClock, AlreadyEnded."""
    _check_open(history)
    if rule.is_safety:
        raise SafetyClock
    return history if _waits_at(history, at) else _with_pause(history, (at, None))


def resume(history: History, at: datetime) -> History:
    """It runs again. One that runs is left as it is; a pause that began at this moment or later never was. Raises AlreadyEnded."""
    _check_open(history)
    pauses = tuple((began, at if ended is None else ended) for began, ended in history.pauses)
    return replace(history, pauses=tuple(pause for pause in pauses if pause[1] is not None and pause[0] < pause[1]))


def extend(rule: Rule, history: History, extension: Extension) -> History:
    """More time. Raises SafetyClock, AlreadyEnded, TooLate once the limit has passed, NotLonger when nothing is gained."""
    _check_open(history)
    if rule.is_safety:
        raise SafetyClock
    before = compute(rule, history)
    if before.due_at is not None and before.due_at < extension.granted_at:
        raise TooLate
    after = replace(history, extensions=(*history.extensions, _checked(extension)))
    if not history.is_paused and not _is_later(compute(rule, after).due_at, before.due_at):
        raise NotLonger
    return after


def change(rule: Rule, history: History, at: datetime) -> History:
    """It counts by another rule from now on: urgency, segment, area, class, policy or a calendar's version changed.

    What was used up stays used up. A rule that may not wait (safety) ends a pause at once. Raises AlreadyEnded, and NoFirstRule
    for a history that does not say what it counted by so far (``begin`` does).
    """
    _check_open(history)
    if not history.legs:
        raise NoFirstRule
    if rule.is_safety and history.is_paused:
        history = resume(history, at)
    # A change at or before the last one takes its place: it was wrong from then on.
    kept = tuple(leg for leg in history.legs if leg.from_moment < at)
    return replace(history, legs=(*kept, Leg(rule, max(at, history.started_at))))


def hand_over(history: History) -> History:
    """Another owner, hall or team: the customer's promise does not know whose hands it is in. (Who had it how long is a Span's to say.)"""
    return history


def agree(history: History, anchor_at: datetime) -> History:
    """A visit is agreed for another moment, an interruption planned for another: it is measured from there."""
    _check_open(history)
    return replace(history, anchor_at=anchor_at)


def stop(history: History, at: datetime) -> History:
    """What was promised happened. Said again, the earlier moment counts; a pause still open ends here."""
    ended_at = min(at, history.stopped_at) if history.stopped_at else at
    return replace(history, pauses=_until(history.pauses, ended_at), stopped_at=ended_at)


def withdraw(history: History, at: datetime) -> History:
    """The promise is moot (cancelled, merged away, replaced): neither kept nor broken from now on. An ended one is left as it is."""
    return history if history.stopped_at else replace(stop(history, at), is_withdrawn=True)


def voided(deadline: Deadline, stopped_at: datetime) -> tuple[str, ...]:
    """The rungs that an end recorded late takes back: those at or after it, since an end at the due moment still keeps the promise."""
    return tuple(name for name, moment in deadline.rungs.items() if moment >= stopped_at)


@dataclass(frozen=True)
class Reopened:
    """The history to go on with. ``is_fresh``: it is another clock, beside the one that stays as it ended."""

    history: History
    is_fresh: bool


def reopen(rule: Rule, history: History, at: datetime) -> Reopened:
    """The matter was not done after all. Kept so far: it goes on with what is left, the time it was thought done does not count.

    Broken before, or a safety matter, or withdrawn: a fresh promise from now on, so that no case is ever without one.
    """
    stopped_at = history.stopped_at
    if stopped_at is None:
        return Reopened(history, is_fresh=False)
    if rule.is_safety or history.is_withdrawn or compute(rule, history).is_kept(stopped_at) is False:
        return Reopened(begin(rule, at, event=history.event, anchor_at=history.anchor_at), is_fresh=True)
    return Reopened(_with_pause(replace(history, stopped_at=None), (stopped_at, at)), is_fresh=False)


def merge(rule: Rule, kept: History | None, absorbed: History) -> History:
    """Two reports of one matter, one promise: whichever is due first goes on; one that runs goes before one that waits.

    ``kept`` is the same turn of the same promise in the case that goes on; without one the absorbed goes on as it stood.
    """
    return min((kept, absorbed), key=lambda one: _urgency(rule, one)) if kept else absorbed


def split(rule: Rule, history: History, at: datetime) -> History:
    """A part of the matter becomes its own case: it was asked for when the whole was, and goes on under its own rule."""
    return history if history.legs and history.legs[-1].rule == rule else change(rule, history, at)


def late_pause(rule: Rule, history: History, since: datetime, until: datetime | None) -> History:
    """Somebody tells later that it waited: counted as if told in time. Raises SafetyClock, AlreadyEnded."""
    _check_open(history)
    if rule.is_safety:
        raise SafetyClock
    return _with_pause(history, (since, until))


def applicant_time(history: History, until: datetime) -> timedelta:
    """How long by the clock on the wall it waited for the customer: shown apart, and no part of ours."""
    spans = ((max(began, history.started_at), min(ended or until, until)) for began, ended in history.pauses)
    return sum((end - start for start, end in spans if end > start), timedelta(0))


def _urgency(rule: Rule, history: History) -> tuple[bool, datetime]:
    due_at = compute(rule, history).due_at
    return due_at is None, due_at or history.started_at


def _check_open(history: History) -> None:
    if history.stopped_at is not None:
        raise AlreadyEnded


def _waits_at(history: History, at: datetime) -> bool:
    return any(began <= at < (ended or FAR) for began, ended in history.pauses)


def _with_pause(history: History, added: Pause) -> History:
    """Pauses in order, those that touch joined into one."""
    joined: list[Pause] = []
    for began, ended in sorted((*history.pauses, added), key=lambda one: one[0]):
        if joined and began <= (joined[-1][1] or FAR):
            first, last = joined[-1]
            joined[-1] = (first, None if last is None or ended is None else max(last, ended))
        else:
            joined.append((began, ended))
    return replace(history, pauses=tuple(joined))


def _until(pauses: tuple[Pause, ...], at: datetime) -> tuple[Pause, ...]:
    return tuple((began, at if ended is None else min(ended, at)) for began, ended in pauses if began < at)


def _checked(extension: Extension) -> Extension:
    if extension.code and parse(extension.code).kind not in MAY_EXTEND:
        raise BadLimit(extension.code)
    return extension


def _is_later(after: datetime | None, before: datetime | None) -> bool:
    return after is None or before is None or after > before
