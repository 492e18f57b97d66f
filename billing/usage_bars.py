"""What was used day by day, as bars of one drawing. Pure; words and numbers of the axes stand beside it as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 600, 120


@dataclass(frozen=True)
class Bar:
    """One day with its volume, and where it stands in the drawing."""

    day: date
    litres: int
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class Bars:
    """All days on one scale, which ends at ``top`` (litres)."""

    bars: Sequence[Bar]
    top: int
    first: date | None = None
    last: date | None = None

    @property
    def total(self) -> int:
        return sum(bar.litres for bar in self.bars)


def bars(days: Sequence[tuple[date, int]]) -> Bars:
    """Of days in their order with their litres; a day that nobody told leaves a gap."""
    if not days:
        return Bars((), 0)
    first, last = days[0][0], days[-1][0]
    step = WIDTH / ((last - first).days + 1)
    top = max(1, *(litres for _day, litres in days))
    return Bars([_bar(day, litres, (day - first).days * step, step * 0.8, top) for day, litres in days], top, first, last)


def _bar(day: date, litres: int, x: float, width: float, top: int) -> Bar:
    height = HEIGHT * litres / top
    return Bar(day, litres, round(x, 1), round(width, 1), round(HEIGHT - height, 1), round(height, 1))
