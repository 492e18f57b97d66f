"""Numbers as columns of a drawing, for an SVG that needs no style of its own: shares kept by day. Pure.

Words and numbers of the axes stand beside the drawing as text, so that they are as large as any other on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 600, 120


@dataclass(frozen=True)
class Column:
    """One day: where it stands, and what of it (from the bottom) was kept in its own time, kept with more time, broken."""

    day: date
    x: float
    width: float
    kept: tuple[float, float]
    extended: tuple[float, float]
    broken: tuple[float, float]


def columns(days: Sequence[tuple[date, int, int, int]], first: date, count: int) -> list[Column]:
    """Of days with their numbers (in its own time, with more time, broken); ``count`` days from the first on have room."""
    step = WIDTH / count
    return [_column(day, (day - first).days * step, step * 0.8, numbers) for day, *numbers in days]


def _column(day: date, x: float, width: float, numbers: Sequence[int]) -> Column:
    total = sum(numbers) or 1
    floor, parts = float(HEIGHT), []
    for number in numbers:
        height = HEIGHT * number / total
        floor -= height
        parts.append((round(floor, 1), round(height, 1)))
    return Column(day, round(x, 1), round(width, 1), *parts)
