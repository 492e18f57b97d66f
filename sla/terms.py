"""The words the time engine speaks in: a rule, what happened to a clock, and the answer with its reasons. No Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal

from .calendars import Calendar, CalendarUnknown, WorkingTime
from .limits import BadLimit, Kind, Limit, duration

type Json = str | int | bool | list[Any] | dict[str, Any] | None
type Pause = tuple[datetime, datetime | None]

_NOTHING = timedelta(0)


class BadReading(ValueError):
    """A policy is to be read in a way that does not exist."""


class BadRung(ValueError):
    """A ladder names a rung that is none: "80%", "-PT30M", "+PT1H" and "target" are."""


@dataclass(frozen=True)
class Readings:
    """How a policy's words are taken where the source leaves it open (requirements 14 and 15); every field is a setting of the policy.

    days       what P3D counts: every day, or working days.
    hours      what PT4H counts: working time, or every hour from the (possibly postponed) start on.
    start      a start outside working time waits for the next opening; or ("clock_time") it only moves from a closed day to the
               next working day at the same clock time, before the cut-off is looked at.
    due        on the last day: at the start's clock time, or when work ends; empty: as the limit usually means it.
    extension  "ten days" is the new total, or comes on top.
    tolerance  how long "at once" and "on the spot" may take.
    ring       how long one ring of the telephone takes.
    """

    days: Literal["calendar", "working"] = "calendar"
    hours: Literal["working", "all"] = "working"
    start: Literal["opening", "clock_time"] = "opening"
    due: Literal["", "clock_time", "close"] = ""
    extension: Literal["total", "added"] = "total"
    tolerance: timedelta = _NOTHING
    ring: timedelta = timedelta(seconds=5)

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "Readings":
        """From a policy's JSON: lengths as PT5M, absent names as usual, names that are not ours left alone. Raises BadReading."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: _reading(name, value) for name, value in raw.items() if name in known})


_CHOICES: Mapping[str, set[str]] = {
    "days": {"calendar", "working"},
    "hours": {"working", "all"},
    "start": {"opening", "clock_time"},
    "due": {"", "clock_time", "close"},
    "extension": {"total", "added"},
}


def _reading(name: str, value: Any) -> Any:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise BadReading(name)
        return value
    try:
        return duration(value)
    except (BadLimit, TypeError) as bad:
        raise BadReading(name) from bad


_RUNG = re.compile(r"(?P<percent>[1-9]\d{0,3})%|(?P<sign>[+-])(?P<length>P.+)|target")


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: "50%" of the time used, "-PT30M" before and "+PT1H" after the limit, or "target"."""

    name: str

    def __post_init__(self) -> None:
        found = _RUNG.fullmatch(self.name)
        if found is None:
            raise BadRung(self.name)
        if found["length"]:
            try:
                duration(found["length"])
            except BadLimit as bad:
                raise BadRung(self.name) from bad

    @property
    def percent(self) -> int | None:
        return int(self.name[:-1]) if self.name.endswith("%") else None

    @property
    def offset(self) -> timedelta:
        """How long after the limit, negative before it; nothing for a share or the target."""
        if self.name[0] not in "+-":
            return _NOTHING
        length = duration(self.name[1:])
        return -length if self.name[0] == "-" else length


@dataclass(frozen=True)
class Rule:
    """What a version of a promise asks of a clock. ``promise`` and ``version`` only name it in the trace.

    A safety rule counts every hour from the very moment: its windows, cut-off and pauses are never looked at.
    """

    target: Limit | None
    limit: Limit | None
    calendar: Calendar
    cut_off: time | None = None
    ladder: tuple[Rung, ...] = ()
    is_safety: bool = False
    readings: Readings = Readings()
    promise: str = ""
    version: int = 0

    def counts_every_hour(self, limit: Limit) -> bool:
        """Whether time under this limit passes around the clock, whatever the opening hours."""
        if self.is_safety or self.calendar.is_always or limit.kind in {Kind.LEAD, Kind.AGREED, Kind.RINGS, Kind.MONTHS, Kind.PERIOD}:
            return True
        if limit.kind in {Kind.DAYS, Kind.DAYS_INCLUSIVE}:
            return self.readings.days == "calendar"
        return limit.kind is Kind.TIME and self.readings.hours == "all"

    def counting(self, limit: Limit) -> Calendar:
        """The calendar by which time under this limit is used up."""
        return self.calendar.around_the_clock() if self.counts_every_hour(limit) else self.calendar

    def guessing(self) -> "Rule":
        return replace(self, calendar=self.calendar.guessing())

    def around_the_clock(self) -> "Rule":
        return replace(self, calendar=self.calendar.around_the_clock())


def utc(moment: datetime) -> datetime:
    """The moment in UTC: two moments of one zone compare by the clock on the wall, which is wrong when it is put back."""
    return moment.astimezone(UTC)


def _in_utc(row: object, *names: str) -> None:
    for name in names:
        if (moment := getattr(row, name)) is not None:
            object.__setattr__(row, name, utc(moment))


@dataclass(frozen=True)
class Extension:
    """More time, granted at a moment: up to ``until``, or by a limit code that is the new total or comes on top."""

    granted_at: datetime
    code: str = ""
    reading: Literal["total", "added"] = "total"
    until: datetime | None = None

    def __post_init__(self) -> None:
        _in_utc(self, "granted_at", "until")


@dataclass(frozen=True)
class Leg:
    """A rule and the moment from which the clock counted by it."""

    rule: Rule
    from_moment: datetime

    def __post_init__(self) -> None:
        _in_utc(self, "from_moment")


@dataclass(frozen=True)
class History:
    """What happened to one clock. Written only by ``sla.algebra``.

    ``legs`` are the rules it counted by, oldest first (empty while there was but one). ``anchor_at`` is the moment a visit was
    agreed for or an interruption planned for. ``event`` is the verb that started it, for the trace.
    """

    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    legs: tuple[Leg, ...] = ()
    anchor_at: datetime | None = None
    stopped_at: datetime | None = None
    is_withdrawn: bool = False
    event: str = ""

    def __post_init__(self) -> None:
        _in_utc(self, "started_at", "anchor_at", "stopped_at")
        object.__setattr__(self, "pauses", tuple((utc(began), ended and utc(ended)) for began, ended in self.pauses))

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None


@dataclass(frozen=True)
class Step:
    """One step of a computation: a code that ``sla.explanations`` has a sentence for, and plain JSON facts (moments as local ISO)."""

    code: str
    facts: dict[str, Json] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        return {"code": self.code, **self.facts}

    @classmethod
    def from_json(cls, raw: Mapping[str, Json]) -> "Step":
        return cls(str(raw["code"]), {name: value for name, value in raw.items() if name != "code"})


@dataclass(frozen=True)
class Course:
    """The time of one clock: what counts (``counting``), from when, and what did not."""

    counting: WorkingTime
    start: datetime
    pauses: tuple[Pause, ...] = ()

    def consumed(self, moment: datetime) -> timedelta:
        """The counted time used up by a moment."""
        waited = sum((self._waited(pause, moment) for pause in self.pauses), _NOTHING)
        return self.counting.elapsed(self.start, moment) - waited

    def _waited(self, pause: Pause, moment: datetime) -> timedelta:
        since, until = pause
        return self.counting.elapsed(max(self.start, since), moment if until is None else min(until, moment))

    def moment_at(self, amount: timedelta) -> datetime | None:
        """When so much counted time has been used up; None when it waits before that and nobody knows how long."""
        here = self.start
        for since, until in self.pauses:
            room = self.counting.elapsed(here, since)
            if amount <= room:
                break
            if until is None:
                return None
            amount, here = amount - room, max(here, until)
        return self.counting.add(here, amount)


@dataclass(frozen=True)
class Deadline:
    """When a promise is to be kept, and why. Moments are in UTC; ``due_at`` is empty while it waits or when it has no number.

    ``rungs`` holds those of the ladder whose moment is known; one that would lie before the start is left out. ``counts_from`` is
    the start after opening hours and cut-off, ``budget`` the counted time between it and the due moment. ``is_provisional``: a
    calendar had to be guessed.
    """

    target_at: datetime | None = None
    due_at: datetime | None = None
    rungs: Mapping[str, datetime] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    is_provisional: bool = False
    counts_from: datetime | None = None
    budget: timedelta | None = None
    course: Course | None = field(default=None, repr=False, compare=False)

    def consumed_at(self, moment: datetime) -> timedelta:
        """The counted time used up by a moment, pauses left out; beyond the last known year a guess."""
        if self.course is None:
            return _NOTHING
        try:
            return self.course.consumed(moment)
        except CalendarUnknown:
            return replace(self.course, counting=self.course.counting.guessing()).consumed(moment)

    def is_kept(self, stopped_at: datetime) -> bool | None:
        """Whether an end at this moment kept the limit: at the due moment still does. None without a limit that is known."""
        return None if self.due_at is None else utc(stopped_at) <= self.due_at
