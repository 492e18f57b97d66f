"""A map without tiles: degrees to a drawing's own units. Pure.

Near enough for a county: a degree of longitude is drawn as wide as it is in the middle of the map, and the earth is flat.
"""

import math
from dataclasses import dataclass

WIDTH = 800
_MARGIN = 36
_LOWEST, _HIGHEST = 300, 700


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


def radius(count: int) -> float:
    """Of a circle that stands for so many: its area grows with them, within bounds."""
    return round(min(34.0, 9 + 3 * math.sqrt(count)), 1)
