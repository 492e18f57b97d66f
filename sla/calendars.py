"""Working time: which parts of the days count, and how far one gets with so much of it.

Moments go in and come out aware, those that come out in UTC. Arithmetic is done in UTC and windows are resolved in local time, so
that a working day is neither longer nor shorter when the clocks change. Windows are half-open: at the moment of closing work is over.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
FAR = datetime(9000, 1, 1, tzinfo=UTC)
PATIENCE = 800  # days without an opening after which a calendar is taken to be never open
NOTHING, ONE_DAY = timedelta(0), timedelta(days=1)


class CalendarUnknown(LookupError):
    """Nobody has said yet which days are holidays then: ``year`` of calendar ``key`` must be loaded or entered."""

    def __init__(self, key: str, year: int) -> None:
        super().__init__(f"calendar {key} is not known in {year}")
        self.key, self.year = key, year


class NeverOpen(ValueError):
    """The calendar opens on no day, so nothing can ever be done in its working time."""


class BadWindows(ValueError):
    """Windows of a day must have a length, stand in order and not overlap."""


@dataclass(frozen=True, order=True)
class Window:
    """A part of a day in local time; ``closes`` 00:00 is the midnight at its end (24:00)."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, opens: str, closes: str) -> "Window":
        """From "08:30", "12:00"; "24:00" is the midnight at the day's end."""
        return cls(time.fromisoformat(opens), time.min if closes == "24:00" else time.fromisoformat(closes))

    @property
    def is_until_midnight(self) -> bool:
        return self.closes == time.min

    def as_pair(self) -> list[str]:
        """As it stands in the database: ["08:30", "12:00"]."""
        return [f"{self.opens:%H:%M}", "24:00" if self.is_until_midnight else f"{self.closes:%H:%M}"]


WHOLE_DAY = (Window(time.min, time.min),)


def check_windows(windows: tuple[Window, ...]) -> None:
    """Raises BadWindows unless the windows of a day stand in order, each with a length and none over another."""
    for window in windows:
        if not window.is_until_midnight and window.closes <= window.opens:
            raise BadWindows(window.as_pair())
    for earlier, later in pairwise(windows):
        if earlier.is_until_midnight or later.opens < earlier.closes:
            raise BadWindows(later.as_pair())


def local_moment(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """The moment a local clock shows this. Shown twice, it is the first; skipped, the first moment the clock shows again."""
    wall = datetime.combine(day, clock_time, zone)
    moment = wall.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    return _end_of_gap(wall.replace(fold=1, microsecond=0).astimezone(UTC), moment.replace(microsecond=0), zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    old = before.astimezone(zone).utcoffset()
    while (width := after - before) > timedelta(seconds=1):
        middle = before + timedelta(seconds=width // timedelta(seconds=2))
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == old else (before, middle)
    return after


class WorkingTime(ABC):
    """What can be done with days and their windows, whoever says which they are: a calendar, or several one after another."""

    zone_info: ZoneInfo

    @abstractmethod
    def windows_of(self, day: date) -> tuple[Window, ...]:
        """The windows of a day in order; none when it is closed. Raises CalendarUnknown."""

    @abstractmethod
    def name_of(self, day: date) -> str:
        """What a special day is called, "" for others."""

    @abstractmethod
    def spans(self, since: datetime, until: datetime = FAR) -> Iterator[Span]:
        """The stretches of working time between two moments, in order. Raises NeverOpen, CalendarUnknown."""

    @abstractmethod
    def guessing(self) -> "WorkingTime":
        """The same without the bound of what is known: beyond it the plain week is assumed. Only for provisional moments."""

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone_info)

    def at(self, day: date, clock_time: time) -> datetime:
        return local_moment(day, clock_time, self.zone_info)

    def is_working_day(self, day: date) -> bool:
        return bool(self.windows_of(day))

    def working_day_from(self, day: date) -> date:
        """The day itself if it is a working day, else the next one. Raises NeverOpen."""
        for ahead in range(PATIENCE):
            if self.is_working_day(found := day + timedelta(days=ahead)):
                return found
        raise NeverOpen

    def opening(self, day: date) -> datetime:
        """When work begins on a working day."""
        return self.at(day, self.windows_of(day)[0].opens)

    def close_of_business(self, day: date) -> datetime:
        """When work ends on a day; on a closed day (and around the clock) the midnight at its end."""
        windows = self.windows_of(day) or WHOLE_DAY
        last = windows[-1]
        return self.at(day + ONE_DAY, time.min) if last.is_until_midnight else self.at(day, last.closes)

    def next_start(self, moment: datetime) -> datetime:
        """The moment itself when it lies in a window, else the next opening."""
        return next(start for start, _end in self.spans(moment))

    def start_of_next_working_day(self, moment: datetime) -> datetime:
        """When work begins on the first working day after the moment's local date."""
        return self.opening(self.working_day_from(self.local(moment).date() + ONE_DAY))

    def add(self, moment: datetime, amount: timedelta) -> datetime:
        """The moment at which so much working time has passed: the earliest one, so a full day ends at its close."""
        if amount <= NOTHING:
            return moment.astimezone(UTC)
        stretches = self.spans(moment)
        start, end = next(stretches)
        while end - start < amount:
            amount -= end - start
            start, end = next(stretches)
        return start + amount

    def elapsed(self, since: datetime, until: datetime) -> timedelta:
        """The working time between two moments; none when they stand the other way round."""
        # In UTC before they are compared: two moments of one zone compare by the clock on the wall, also when it is put back.
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        if until <= since:
            return NOTHING
        return sum((end - start for start, end in self.spans(since, until)), NOTHING)

    def add_working_days(self, moment: datetime, count: int) -> datetime:
        """The same clock time so many working days later, counted from the day after the moment's local date."""
        local = self.local(moment)
        return self.at(self.working_day_after(local.date(), count), local.time()) if count else moment.astimezone(UTC)

    def working_day_after(self, day: date, count: int) -> date:
        """The working day so many working days after a day; the day itself for none."""
        for _each in range(count):
            day = self.working_day_from(day + ONE_DAY)
        return day


@dataclass(frozen=True)
class Calendar(WorkingTime):
    """One version of somebody's working time. ``weekly`` has 0 for Monday; ``days`` wins over it; beyond ``known_until`` nobody knows.

    Around the clock (``is_always``) nothing else is looked at but the zone.
    """

    key: str
    number: int = 1
    zone: str = "UTC"
    is_always: bool = False
    weekly: Mapping[int, tuple[Window, ...]] = field(default_factory=dict)
    days: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    known_until: date | None = None

    def __post_init__(self) -> None:
        for windows in (*self.weekly.values(), *self.days.values()):
            check_windows(windows)

    @cached_property
    def zone_info(self) -> ZoneInfo:  # type: ignore[override]
        return ZoneInfo(self.zone)

    @cached_property
    def _resolved(self) -> dict[date, tuple[Span, ...]]:
        return {}

    def windows_of(self, day: date) -> tuple[Window, ...]:
        if self.is_always:
            return WHOLE_DAY
        if self.known_until and day > self.known_until:
            raise CalendarUnknown(self.key, day.year)
        special = self.days.get(day)
        return self.weekly.get(day.weekday(), ()) if special is None else special

    def name_of(self, day: date) -> str:
        return "" if self.is_always else self.names.get(day, "")

    def spans(self, since: datetime, until: datetime = FAR) -> Iterator[Span]:
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        if self.is_always:
            yield since, until
            return
        day, last, closed = self.local(since).date(), self.local(until).date(), 0
        while closed < PATIENCE:
            for start, end in self._spans_of(day):
                if start >= until:
                    return
                if end > since:
                    closed = 0
                    yield max(start, since), min(end, until)
            if day >= last:
                return
            day, closed = day + ONE_DAY, closed + 1
        raise NeverOpen

    def _spans_of(self, day: date) -> tuple[Span, ...]:
        if (known := self._resolved.get(day)) is None:
            known = self._resolved[day] = tuple(self._resolve(day, window) for window in self.windows_of(day))
        return known

    def _resolve(self, day: date, window: Window) -> Span:
        closing = (day + ONE_DAY, time.min) if window.is_until_midnight else (day, window.closes)
        return self.at(day, window.opens), self.at(*closing)

    def around_the_clock(self) -> "Calendar":
        """The same place on the map with every hour counted."""
        return self if self.is_always else Calendar(self.key, self.number, self.zone, is_always=True)

    def guessing(self) -> "Calendar":
        return replace(self, known_until=None)
