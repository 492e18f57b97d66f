"""Which reports may be of the same trouble: near in place and time, and of one family. Pure; nothing is merged here or anywhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

#: Faults that have one cause when they come from one place.
FAMILIES = {"leak": "escape", "pipe": "escape", "no_gas": "supply", "low_pressure": "supply"}
#: Closest first: what a reader is offered.
CLOSENESS = ("same_door", "same_unit", "same_building", "near")
_EARTH = 6_371_000


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A report on the map. ``unit`` and ``building`` are places of the territory, ``door`` a known premises; None where unknown."""

    key: int
    fault: str
    at: datetime
    door: int | None = None
    unit: int | None = None
    building: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Reach:
    """How near is near: ``metres`` and ``time`` apart."""

    metres: int
    time: timedelta


def family(fault: str) -> str:
    """What a fault is counted together with."""
    return FAMILIES.get(fault, fault)


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Along the ground between two points (latitude, longitude in degrees)."""
    (north_a, east_a), (north_b, east_b) = [(radians(north), radians(east)) for north, east in (a, b)]
    half = sin((north_b - north_a) / 2) ** 2 + cos(north_a) * cos(north_b) * sin((east_b - east_a) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def closeness(one: Spot, other: Spot, reach: Reach) -> str:
    """How two reports hang together, as one of CLOSENESS; empty when they do not."""
    if family(one.fault) != family(other.fault) or abs(one.at - other.at) > reach.time:
        return ""
    for name, here, there in (
        ("same_door", one.door, other.door),
        ("same_unit", one.unit, other.unit),
        ("same_building", one.building, other.building),
    ):
        if here is not None and here == there:
            return name
    return "near" if _metres(one, other) <= reach.metres else ""


def neighbours(spot: Spot, others: Iterable[Spot], reach: Reach) -> list[tuple[Spot, str]]:
    """The reports that may be of the same trouble: the closest first, of equals the earliest."""
    found = [(other, how) for other in others if other.key != spot.key and (how := closeness(spot, other, reach))]
    return sorted(found, key=lambda one: (CLOSENESS.index(one[1]), one[0].at, one[0].key))


def is_cluster(doors: Collection[int], *, from_count: int) -> bool:
    """Whether so many doors report one trouble that the network may be at fault; one door that rings often is one."""
    return len(set(doors)) >= from_count


def common_place(paths: Iterable[str]) -> int | None:
    """The smallest place around all of them (paths of the territory, ``/1/7/42/``); None where there is none."""
    chains = [path.strip("/").split("/") for path in paths]
    common = None
    for steps in zip(*chains, strict=False):
        if len(set(steps)) != 1 or not steps[0]:
            break
        common = int(steps[0])
    return common


def _metres(one: Spot, other: Spot) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return float("inf")
    return metres_between((one.latitude, one.longitude), (other.latitude, other.longitude))
