"""One limit of one clock worked out: from where it counts, how far it reaches, what was added, what did not count, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from .calendars import Calendar, WorkingTime
from .limits import Limit, parse
from .measures import Ground, ends_with_the_day, reach, to_the_end_of_a_day
from .splices import splice
from .starts import counts_from
from .tellings import moment_fact, seconds, walked
from .terms import Course, Extension, History, Leg, Pause, Step


@dataclass(frozen=True)
class Reckoning:
    """The answer for one limit. ``due_at`` is empty while it waits; ``budget`` is what could be used up had it run on."""

    limit: Limit
    course: Course
    due_at: datetime | None
    budget: timedelta | None
    steps: tuple[Step, ...]


def reckon(which: str, legs: tuple[Leg, ...], history: History) -> Reckoning | None:
    """The rule's "target" or "limit"; None when it has none with a number. Raises CalendarUnknown, NeverOpen."""
    limit: Limit | None = getattr(legs[-1].rule, which)
    if limit is None or not limit.is_timed:
        return None
    broken = _broken_before(which, legs, history)
    return broken or _Desk(which, limit, legs, history).reckoning()


def _broken_before(which: str, legs: tuple[Leg, ...], history: History) -> Reckoning | None:
    """What the rule before says, when it was already broken at the moment of the change: that stays."""
    if len(legs) < 2:
        return None
    changed_at = legs[-1].from_moment
    granted = tuple(one for one in history.extensions if one.granted_at < changed_at)
    before = reckon(which, legs[:-1], replace(history, extensions=granted))
    if before is None or before.due_at is None or before.due_at >= changed_at:
        return None
    calendar = legs[-1].rule.calendar
    told = Step("broken_before_change", {"due": moment_fact(before.due_at, calendar), "at": moment_fact(changed_at, calendar)})
    return replace(before, steps=(*before.steps, told))


def pauses_that_count(legs: tuple[Leg, ...], pauses: tuple[Pause, ...]) -> tuple[Pause, ...]:
    """The pauses in order; from the moment on at which the clock became a safety clock there are none."""
    ordered = sorted(pauses, key=lambda pause: pause[0])
    if not legs[-1].rule.is_safety:
        return tuple(ordered)
    since = legs[-1].from_moment
    for leg in reversed(legs):
        if not leg.rule.is_safety:
            break
        since = leg.from_moment
    return tuple((began, since if ended is None else min(ended, since)) for began, ended in ordered if began < since)


def _spliced(parts: list[tuple[datetime, Calendar]]) -> WorkingTime:
    kept = parts[:1]
    for moment, calendar in parts[1:]:
        if calendar is not kept[-1][1]:
            kept.append((moment, calendar))
    return splice(tuple(kept))


class _Desk:
    """Where one limit is worked out, step by step; the sheet of paper is ``steps``."""

    def __init__(self, which: str, limit: Limit, legs: tuple[Leg, ...], history: History) -> None:
        self.which, self.limit, self.legs, self.history = which, limit, legs, history
        self.rule = legs[-1].rule
        self.steps: list[Step] = []
        self.days = _spliced([(leg.from_moment, leg.rule.calendar) for leg in legs])
        self.counting = _spliced([(leg.from_moment, leg.rule.counting(self._limit_of(leg))) for leg in legs])
        self.is_waiting = False

    def _limit_of(self, leg: Leg) -> Limit:
        own: Limit | None = getattr(leg.rule, self.which)
        return own if own and own.is_timed else self.limit

    def reckoning(self) -> Reckoning:
        start, steps = counts_from(self.limit, self.legs, self.history.started_at)
        self.steps += steps
        self.course = Course(self.counting, start, pauses_that_count(self.legs, self.history.pauses))
        if self.limit.needs_a_moment and self.history.anchor_at is None:
            self.steps.append(Step("no_moment", {"limit": self.limit.code}))
            return Reckoning(self.limit, self.course, None, None, tuple(self.steps))
        self._tell_changes()
        end = self._after_changes(self._to_day_end(self._after_waits(self._after_extensions(self._first_reach()))))
        if not self.is_waiting:
            self._tell("due", {"due": end})
        return Reckoning(self.limit, self.course, None if self.is_waiting else end, self._budget(end), tuple(self.steps))

    def _budget(self, end: datetime) -> timedelta:
        """What is used up at the end, had it not gone on waiting."""
        over = tuple(pause for pause in self.course.pauses if pause[1] is not None)
        return replace(self.course, pauses=over).consumed(end)

    def _tell(self, code: str, facts: Mapping[str, datetime | str | int]) -> None:
        shown = {name: moment_fact(fact, self.days) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
        self.steps.append(Step(code, {**shown}))

    def _tell_changes(self) -> None:
        for leg in self.legs[1:]:
            rule, used = leg.rule, seconds(self.course.consumed(leg.from_moment))
            told = {"promise": rule.promise, "calendar": rule.calendar.key}
            numbers = {"version": rule.version, "number": rule.calendar.number, "used": max(0, used)}
            self._tell("changed", {"at": leg.from_moment, **told, **numbers})

    def _ground(self) -> Ground:
        return Ground(self.counting, self.days, self.rule.readings, self.history.anchor_at)

    def _first_reach(self) -> datetime:
        start = self.course.start
        end = reach(self.limit, start, self._ground())
        self._tell("limit", {"limit": self.limit.code, "which": self.which, "from": start, "due": end})
        self.steps += walked(self.limit, (start, end), self.counting, self.days)
        return end

    def _after_extensions(self, end: datetime) -> datetime:
        for extension in self.history.extensions:
            if self.which != "limit" or not extension.code:
                continue
            if self.rule.is_safety:
                self._tell("extension_refused", {"at": extension.granted_at})
                continue
            end = max(end, self._extended(end, extension))
            self._tell("extended", {"at": extension.granted_at, "limit": extension.code, "reading": extension.reading, "due": end})
        return end

    def _extended(self, end: datetime, extension: Extension) -> datetime:
        more = parse(extension.code)
        return reach(more, end if extension.reading == "added" else self.course.start, self._ground())

    def _after_waits(self, end: datetime) -> datetime:
        for at, wait in self._waits():
            if isinstance(wait, Extension):
                end = self._until(end, wait)
            elif at < end:
                end = self._waited(end, *wait)
        return end

    def _waits(self) -> list[tuple[datetime, Pause | Extension]]:
        """Pauses and extensions to a day, in the order in which they happened."""
        named = [one for one in self.history.extensions if one.until and self.which == "limit"]
        waits: list[tuple[datetime, Pause | Extension]] = [(pause[0], pause) for pause in self.course.pauses]
        return sorted(waits + [(one.granted_at, one) for one in named], key=lambda wait: wait[0])

    def _until(self, end: datetime, extension: Extension) -> datetime:
        if self.rule.is_safety or extension.until is None:
            self._tell("extension_refused", {"at": extension.granted_at})
            return end
        end = max(end, extension.until.astimezone(UTC))
        self._tell("extended", {"at": extension.granted_at, "limit": "", "reading": "until", "due": end})
        return end

    def _waited(self, end: datetime, since: datetime, until: datetime | None) -> datetime:
        if until is None:
            self.is_waiting = True
            self._tell("waiting", {"from": since})
            return end
        amount = self.counting.elapsed(max(self.course.start, since), until)
        end = self.counting.add(end, amount)
        self._tell("paused", {"from": since, "until": until, "seconds": seconds(amount), "due": end})
        return end

    def _to_day_end(self, end: datetime) -> datetime:
        moved = any(step.code in {"paused", "extended"} for step in self.steps)
        if not moved or not ends_with_the_day(self.limit, self.rule.readings):
            return end
        closing = to_the_end_of_a_day(end, self.days)
        if closing != end:
            self._tell("to_end_of_day", {"due": closing})
        return closing

    def _after_changes(self, end: datetime) -> datetime:
        changed_at = self.legs[-1].from_moment
        if len(self.legs) > 1 and end < changed_at and not self.is_waiting:
            self._tell("due_at_change", {"at": changed_at})
            return changed_at.astimezone(UTC)
        return end
