"""Which times at a hall can be booked: half hours of the plan while the hall is open, less gaps and what is taken. Pure, without Django.

The day is cut into half hours from the full and the half hour on; a service takes as many in a row as it needs, and a place in each.
Spans are half-open: who comes at the end of a gap is received. Moments go in and come out aware.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sla.calendars import Window, local_moment

HALF = timedelta(minutes=30)
#: People at once in a hall, and minutes of one talk; more is a slip of the keyboard.
MOST_AT_ONCE, LONGEST_TALK = 50, 240


@dataclass(frozen=True, order=True)
class Hours:
    """On a weekday (0 = Monday), from when until when, and how many people at once."""

    weekday: int
    opens: time
    closes: time
    places: int = 1


@dataclass(frozen=True)
class Gap:
    """A stretch in which nobody is received."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it shares a moment with this span."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, order=True)
class Time:
    """Something that can be booked, how many can still come then, and how many could if nobody had booked."""

    starts_at: datetime
    ends_at: datetime
    free: int
    capacity: int = 1


def is_on_grid(clock: time) -> bool:
    """Whether a clock shows a full or a half hour."""
    return clock.minute in {0, 30} and not clock.second and not clock.microsecond


def halves_needed(minutes: int) -> int:
    """How many half hours a service takes."""
    return -(-timedelta(minutes=minutes) // HALF)


def capacity(
    day: date, hours: Iterable[Hours], *, opening: Collection[Window], gaps: Collection[Gap], zone: ZoneInfo
) -> dict[datetime, int]:
    """Half hour -> how many people at once, on a day on which the hall is open within ``opening``."""
    found: dict[datetime, int] = {}
    for window in sorted(hours):
        for opens, closes in _halves_of(window) if window.weekday == day.weekday() else ():
            starts_at = local_moment(day, opens, zone)
            is_open = any(one.opens <= opens and (one.is_until_midnight or closes <= one.closes) for one in opening)
            if is_open and not any(gap.meets(starts_at, starts_at + HALF) for gap in gaps):
                found[starts_at] = window.places
    return found


def times(places: Mapping[datetime, int], taken: Mapping[datetime, Collection[int]], *, minutes: int) -> list[Time]:
    """Every beginning at which a service fits, in order; full ones too, with nothing free."""
    found = []
    for starts_at in sorted(places):
        halves = halves_from(starts_at, minutes)
        if all(half in places for half in halves):
            free = min(len(free_places(taken.get(half, ()), places[half])) for half in halves)
            capacity_then = min(places[half] for half in halves)
            found.append(Time(starts_at, starts_at + timedelta(minutes=minutes), free, capacity_then))
    return found


def halves_from(starts_at: datetime, minutes: int) -> list[datetime]:
    """The half hours that a service takes which begins then."""
    return [starts_at + HALF * number for number in range(halves_needed(minutes))]


def free_places(taken: Collection[int], places: int) -> list[int]:
    """The places of a half hour, counted from 1, that nobody has."""
    return [place for place in range(1, places + 1) if place not in taken]


def overlap(one: Hours, other: Hours) -> bool:
    """Whether two of them share a moment of a weekday; those that touch do not."""
    return one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes


def _halves_of(window: Hours) -> Iterator[tuple[time, time]]:
    begins, ends = _minutes(window.opens), _minutes(window.closes)
    for minute in range(begins, ends - 29, 30):
        yield _clock(minute), _clock(minute + 30)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
