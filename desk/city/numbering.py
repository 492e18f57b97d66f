"""Which purchase came when among all: rows and receipts are numbered by time, although they are made compound by compound."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from multiprocessing import get_context
from typing import NamedTuple

from .households import Household, households
from .layout import Compound
from .places import GOVERNMENT, NORTH, SOUTH
from .recipe import Recipe

_HALLS = (NORTH, SOUTH, GOVERNMENT)
_BITS = 24  # room for 16 million accounts beside the moment


class Place(NamedTuple):
    """The place of a purchase among all (from 1), and its receipt's number in its hall and year."""

    rank: int
    number: int


class Numbering:
    """Every purchase of the city in the order of time. Small: two arrays, shared by all worker processes."""

    def __init__(self, recipe: Recipe, compounds: Sequence[Compound], processes: int) -> None:
        self.keys = array("q", sorted(key for keys in _all_keys(recipe, compounds, processes) for key in keys))
        self.numbers = array("I", bytes(4 * len(self.keys)))
        self.last: Counter[tuple[str, int]] = Counter()
        self._number_by_hall_and_year(recipe)

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, household: Household, moment: int, hall: str) -> Place:
        """Where a purchase stands."""
        rank = bisect_left(self.keys, _key(moment, household.index, hall))
        return Place(rank + 1, self.numbers[rank])

    def _number_by_hall_and_year(self, recipe: Recipe) -> None:
        ends = _year_ends(recipe)
        for rank, key in enumerate(self.keys):
            hall, moment = _HALLS[key >> _BITS & 3], key >> (_BITS + 2)
            year = next(year for year, end in ends if moment < end)
            self.last[hall, year] += 1
            self.numbers[rank] = self.last[hall, year]


def _year_ends(recipe: Recipe) -> list[tuple[int, int]]:
    from .households import midnight

    years = range(recipe.first_day.year, recipe.start.year + 1)
    return [(year, midnight(recipe.start.replace(year=year + 1, month=1, day=1))) for year in years]


def _key(moment: int, index: int, hall: str) -> int:
    return moment << (_BITS + 2) | _HALLS.index(hall) << _BITS | index


def _all_keys(recipe: Recipe, compounds: Sequence[Compound], processes: int) -> Iterable[array[int]]:
    pairs = [(recipe, compound) for compound in compounds]
    if processes == 1:
        return map(_keys, pairs)
    with get_context("fork").Pool(processes) as pool:
        return pool.map(_keys, pairs, chunksize=8)


def _keys(pair: tuple[Recipe, Compound]) -> array[int]:
    return array("q", (_key(p.moment, house.index, p.hall) for house in households(*pair) for p in house.purchases))
