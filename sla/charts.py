"""Numbers as columns of a drawing, for an SVG that needs no style of its own: shares kept by day, what comes due by the hour. Pure.

Words and numbers of the axes stand beside the drawing as text, so that they are as large as any other on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

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


@dataclass(frozen=True)
class Tower:
    """One hour: what falls due as a column, of it (on top) what will be broken, and as a line across it what can be done."""

    x: float
    width: float
    due: tuple[float, float]
    broken: tuple[float, float]
    done: float | None


@dataclass(frozen=True)
class Towers:
    """All hours on one scale, which ends at ``top``."""

    hours: list[Tower]
    top: int


def towers(hours: Sequence[tuple[float, float, float | None]]) -> Towers:
    """Of hours with what falls due, what of it will be broken, and what can be done (None: not known)."""
    top = max(1, *(ceil(due) for due, _broken, _done in hours)) if hours else 1
    step = WIDTH / max(len(hours), 1)
    return Towers([_tower(place * step, step * 0.8, numbers, top) for place, numbers in enumerate(hours)], top)


def _tower(x: float, width: float, numbers: tuple[float, float, float | None], top: int) -> Tower:
    due, broken, done = (None if one is None else HEIGHT * min(one, top) / top for one in numbers)
    assert due is not None
    assert broken is not None
    return Tower(
        x=round(x, 1),
        width=round(width, 1),
        due=(round(HEIGHT - due + broken, 1), round(due - broken, 1)),
        broken=(round(HEIGHT - due, 1), round(broken, 1)),
        done=None if done is None else round(HEIGHT - done, 1),
    )
