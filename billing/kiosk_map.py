"""A map of machines without tiles, and how far it is to one. Pure.

Near enough for a county: a degree of longitude is drawn as wide as it is in the middle of the map, and the earth is flat.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 800
_MARGIN = 48
_LOWEST, _HIGHEST = 320, 640
_EARTH_METRES = 6_371_000
#: Degrees around a single point: some two kilometres.
_ROOM = 0.02

type Place = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A part of the earth (degrees) and the height of its drawing; the width is always WIDTH."""

    south: float
    west: float
    north: float
    east: float

    @property
    def height(self) -> int:
        """As high as the part of the earth is, within what a page has room for."""
        wide = (self.east - self.west) * self._narrowing
        return round(min(_HIGHEST, max(_LOWEST, (WIDTH - 2 * _MARGIN) * (self.north - self.south) / wide + 2 * _MARGIN)))

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point is drawn: from the left, from the top."""
        wide = (self.east - self.west) * self._narrowing
        scale = min((WIDTH - 2 * _MARGIN) / wide, (self.height - 2 * _MARGIN) / (self.north - self.south))
        x = WIDTH / 2 + (longitude - (self.west + self.east) / 2) * self._narrowing * scale
        y = self.height / 2 - (latitude - (self.south + self.north) / 2) * scale
        return round(x, 1), round(y, 1)

    @property
    def _narrowing(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))


def around(places: Iterable[Place]) -> Frame | None:
    """What holds all of these, with some room; None for none."""
    found = list(places)
    if not found:
        return None
    norths, easts = [one for one, _other in found], [other for _one, other in found]
    south, north, west, east = min(norths), max(norths), min(easts), max(easts)
    high, wide = max(north - south, _ROOM) / 2, max(east - west, _ROOM) / 2
    latitude, longitude = (south + north) / 2, (west + east) / 2
    return Frame(latitude - high, longitude - wide, latitude + high, longitude + wide)


def metres(one: Place, other: Place) -> int:
    """The straight line over the globe."""
    north = math.radians(other[0] - one[0]) / 2
    east = math.radians(other[1] - one[1]) / 2
    chord = math.sin(north) ** 2 + math.cos(math.radians(one[0])) * math.cos(math.radians(other[0])) * math.sin(east) ** 2
    return round(2 * _EARTH_METRES * math.asin(min(1.0, math.sqrt(chord))))
