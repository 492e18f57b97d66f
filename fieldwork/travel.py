"""Whether whoever comes can get from one door to the next in time. Pure.

Note [A day that can be kept]. Whoever is at the door within the window keeps an appointment. So a day is walked through in the order
of its windows: there when the window opens, or as soon as the way from the visit before allows; a visit long; on to the next one. What is
reached only when its window has passed cannot be kept. A new time fits a day if it can be kept and spoils none of the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import distances
from .distances import Point
from .suggestions import VISIT_MINUTES


@dataclass(frozen=True)
class Stop:
    """A visit that is agreed: the window in which somebody has to be there, and where; None where nobody knows."""

    starts_at: datetime
    ends_at: datetime
    place: Point | None = None

    def overlaps(self, other: "Stop") -> bool:
        """Whether the windows share a moment; those that touch do not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Pace:
    """How fast one gets through the city, and the minutes of a way of which nobody knows how long it is."""

    speed_kmh: int
    unknown_minutes: int


def way(one: Stop, other: Stop, pace: Pace) -> timedelta:
    """How long it takes from one door to another."""
    if one.place is None or other.place is None:
        return timedelta(minutes=pace.unknown_minutes)
    return timedelta(minutes=distances.minutes(distances.metres(one.place, other.place), speed_kmh=pace.speed_kmh))


def fits(new: Stop, others: Iterable[Stop], pace: Pace) -> bool:
    """Whether somebody with these visits on their day can make another one. See Note [A day that can be kept]."""
    day = list(others)
    if any(new.overlaps(other) for other in day):
        return False
    late = unkept(day, pace)
    return all(stop in late for stop in unkept([*day, new], pace))


def unkept(stops: Iterable[Stop], pace: Pace) -> list[Stop]:
    """Those of a day that are reached too late."""
    found, before, free_at = [], None, None
    for stop in sorted(stops, key=lambda one: (one.starts_at, one.ends_at)):
        there = stop.starts_at if before is None or free_at is None else max(stop.starts_at, free_at + way(before, stop, pace))
        if there >= stop.ends_at:
            found.append(stop)
        before, free_at = stop, there + _stay(stop)
    return found


def _stay(stop: Stop) -> timedelta:
    """A rule of thumb; where windows are shorter, whoever planned them says that visits are."""
    return min(timedelta(minutes=VISIT_MINUTES), stop.ends_at - stop.starts_at)
