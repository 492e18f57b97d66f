"""Numbers of months as bars of a small drawing that needs no style of its own. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 48


@dataclass(frozen=True)
class Bar:
    """Where it stands and how high it is."""

    x: float
    y: float
    width: float
    height: float


def bars(values: Sequence[float | None], highest: float, *, room: int) -> list[Bar]:
    """One for each number, the last at the right edge; ``room`` is for how many there is room. None leaves a gap, nought a line."""
    step = WIDTH / room
    start = room - len(values)
    return [_bar((start + place) * step, step * 0.8, value / highest) for place, value in enumerate(values) if value is not None]


def _bar(x: float, width: float, part: float) -> Bar:
    height = max(HEIGHT * min(part, 1.0), 1.0)
    return Bar(round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1))
