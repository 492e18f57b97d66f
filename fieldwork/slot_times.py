"""Which times a customer can choose: weekday windows laid over days, less what is closed, taken, or too soon. Pure.

Every span of time is half-open: a slot begins with its first moment and ends before its last, so that slots that touch do not
overlap. Windows are what clocks on the wall say; slots are moments. A clock time that is skipped when clocks change is the first
moment after it, one that comes twice is the first of them; a window that vanishes so is no slot.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Window:
    """On a weekday (0 = Monday), from when until when, and how many visits at once."""

    weekday: int
    opens: time
    closes: time
    capacity: int = 1


@dataclass(frozen=True)
class Closure:
    """Days on which nobody comes, the last of them included, as people say it."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether nobody comes on this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Slot:
    """A window on one day, as moments (UTC), and how many of its places are taken."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int = 0

    @property
    def free(self) -> int:
        """Places left; none where more stand than there are places now."""
        return max(0, self.capacity - self.taken)


def slots(
    windows: Iterable[Window],
    *,
    days: tuple[date, date],
    zone: str,
    closures: Collection[Closure] = (),
    taken: Mapping[datetime, int] | None = None,
) -> list[Slot]:
    """Every slot that begins on one of these days (the first, and up to but not including the last), in order, full ones too.

    ``taken`` says how many places of the slot that begins at a moment are taken.
    """
    known, place = taken or {}, ZoneInfo(zone)
    first, until = days
    found = []
    for day in _days(first, until):
        if any(closure.covers(day) for closure in closures):
            continue
        for window in windows:
            if window.weekday == day.weekday():
                starts_at, ends_at = _moment(day, window.opens, place), _moment(day, window.closes, place)
                found.append(Slot(starts_at, ends_at, window.capacity, known.get(starts_at, 0)))
    return sorted((slot for slot in found if slot.starts_at < slot.ends_at), key=lambda slot: slot.starts_at)


def bookable(found: Iterable[Slot], *, not_before: datetime) -> list[Slot]:
    """Those with a place left that begin at this moment or later: before it nobody could be told and sent any more."""
    return [slot for slot in found if slot.free and slot.starts_at >= not_before]


def free_places(taken: Collection[int], capacity: int) -> list[int]:
    """The places of a slot, counted from 1, that nobody has."""
    return [place for place in range(1, capacity + 1) if place not in taken]


def on_the_wall(slot: Slot, zone: str) -> datetime:
    """When a slot begins by the clocks of a place."""
    return slot.starts_at.astimezone(ZoneInfo(zone))


def overlap(windows: Iterable[Window]) -> bool:
    """Whether two windows share a moment of one weekday; those that touch do not."""
    return any(one.weekday == other.weekday and other.opens < one.closes for one, other in pairwise(sorted(windows)))


def _days(first: date, until: date) -> Iterator[date]:
    day = first
    while day < until:
        yield day
        day += _DAY


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment a clock on the wall shows this; see the module's docstring for when clocks change."""
    told = datetime.combine(day, clock, tzinfo=zone)
    moment = told.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == told.replace(tzinfo=None):
        return moment
    # Skipped: by the offset that ends here the moment lies as far behind the change as the clock time lay behind its beginning.
    before, after = told.replace(fold=0).utcoffset(), told.replace(fold=1).utcoffset()
    gap = (after or timedelta()) - (before or timedelta())
    return _change_between(moment - gap, moment, zone)


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first moment with the offset that holds at ``high``; to the second."""
    wanted = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == wanted else (middle, high)
    return high.replace(microsecond=0)
