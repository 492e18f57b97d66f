"""The geometry of the tier bar: where bounds, use and purchase lie on a line a thousand units long."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LENGTH = 1000


@dataclass(frozen=True)
class Stretch:
    """A piece of the line."""

    x: int
    width: int
    tier: int = 0
    upper_litres: int | None = None


@dataclass(frozen=True)
class TierBar:
    """What the template draws: the tiers as ground, the year's use and the purchase upon it."""

    tiers: tuple[Stretch, ...]
    used: Stretch
    buying: Stretch


def draw(uppers: Sequence[int | None], position_litres: int, buying_litres: int) -> TierBar:
    """Scale everything to the line; the open-ended tier gets at least an eighth of it."""
    bounds = [upper for upper in uppers if upper is not None]
    reach = max([position_litres + buying_litres, *bounds]) or 1
    end = max(reach * 21 // 20, (bounds[-1] * 8 // 7) if bounds and None in uppers else reach)
    edges = [0, *bounds, end] if None in uppers or not bounds else [0, *bounds[:-1], end]

    def at(litres: int) -> int:
        return LENGTH * litres // end

    tiers = tuple(
        Stretch(at(low), at(high) - at(low), tier=number, upper_litres=upper)
        for number, ((low, high), upper) in enumerate(zip(pairwise(edges), uppers, strict=False), start=1)
    )
    used = Stretch(0, at(position_litres))
    return TierBar(tiers, used, Stretch(used.width, at(position_litres + buying_litres) - used.width))
