"""A map without tiles: degrees to a drawing's own units; of jobs for dispatchers, of machines for customers. Pure.

Near enough for a county: a degree of longitude is drawn as wide as it is in the middle of the map, and the earth is flat.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .distances import Point

WIDTH = 800
#: Room for the largest mark, which stands around its point; on a phone marks are drawn larger.
_MARGIN = 48
_LOWEST, _HIGHEST = 300, 700
#: Degrees around a single point: some two kilometres.
_ROOM = 0.02


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
        wide = max((self.east - self.west) * self._narrowing, 1e-6)
        return round(min(_HIGHEST, max(_LOWEST, (WIDTH - 2 * _MARGIN) * (self.north - self.south) / wide + 2 * _MARGIN)))

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point is drawn: from the left, from the top."""
        scale = self._scale
        x = WIDTH / 2 + (longitude - (self.west + self.east) / 2) * self._narrowing * scale
        y = self.height / 2 - (latitude - (self.south + self.north) / 2) * scale
        return round(x, 1), round(y, 1)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies on the drawing."""
        x, y = self.place(latitude, longitude)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    @property
    def _narrowing(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def _scale(self) -> float:
        """Units a degree of latitude, so that all of it fits."""
        wide = max((self.east - self.west) * self._narrowing, 1e-6)
        high = max(self.north - self.south, 1e-6)
        return min((WIDTH - 2 * _MARGIN) / wide, (self.height - 2 * _MARGIN) / high)


def with_room(*, south: float, west: float, north: float, east: float) -> Frame:
    """A frame of these edges, never smaller than the room around a single point."""
    high, wide = max(north - south, _ROOM) / 2, max(east - west, _ROOM) / 2
    latitude, longitude = (south + north) / 2, (west + east) / 2
    return Frame(latitude - high, longitude - wide, latitude + high, longitude + wide)


def around(points: Iterable[Point]) -> Frame | None:
    """What holds all of these; None for none."""
    found = list(points)
    if not found:
        return None
    norths, easts = [point.latitude for point in found], [point.longitude for point in found]
    return with_room(south=min(norths), west=min(easts), north=max(norths), east=max(easts))


def radius(count: int) -> float:
    """Of a circle that stands for so many: its area grows with them, within bounds."""
    return round(min(34.0, 9 + 3 * math.sqrt(count)), 1)
