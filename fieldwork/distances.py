"""How far and how long between two places, as the crow flies. Pure."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

_EARTH_METRES = 6_371_000
#: Roads are longer than the straight line; measured against city maps, about so much.
DETOUR = 1.3
#: From the call to the moving vehicle.
START_MINUTES = 3


class Point(NamedTuple):
    """Degrees, north and east positive."""

    latitude: float
    longitude: float


def metres(one: Point, other: Point) -> int:
    """The straight line over the globe."""
    north = radians(other.latitude - one.latitude) / 2
    east = radians(other.longitude - one.longitude) / 2
    chord = sin(north) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east) ** 2
    return round(2 * _EARTH_METRES * asin(min(1.0, sqrt(chord))))


def minutes(distance: int, *, speed_kmh: int) -> int:
    """How long a crew needs for so many metres of straight line, with setting off and the detours of roads; rounded up."""
    road = distance * DETOUR
    return START_MINUTES + -(-int(road * 60) // (max(1, speed_kmh) * 1000))
