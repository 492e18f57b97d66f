"""Numbers as columns of a drawing, hour by hour: what comes due, what of it will be broken, what can be done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from .charts import HEIGHT, WIDTH


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
