"""Where everybody lives: compounds and villages, their buildings and units, and which door is whose.

A compound is also the chunk in which the city is built: what is in it depends on the recipe and its own number only.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from accounts.models import Area, Territory

from . import names
from .places import Town, address_prefix, towns
from .recipe import Recipe

_LARGEST = 800
_SMALLEST = 20


@dataclass(frozen=True)
class Node:
    """A building or a unit: its place in the compound's own list of nodes, and its parent there (-1: the compound)."""

    parent: int
    level: Territory.Level
    name: str


@dataclass(frozen=True)
class Door:
    """One door: the node it belongs to, what stands on it, and the address from the compound on."""

    node: int
    text: str
    address: str


@dataclass(frozen=True)
class Compound:
    """A compound of flats, or a village. ``first`` is the index of its first account in the whole city."""

    number: int
    first: int
    size: int
    town: Town
    name: str

    @property
    def is_village(self) -> bool:
        return self.town.area == Area.RURAL

    @property
    def address(self) -> str:
        """From the province to the compound."""
        return f"{address_prefix()}{self.town.name}{self.name}"

    def doors(self, recipe: Recipe) -> tuple[list[Node], list[Door]]:
        """All nodes below the compound and all its doors, in order."""
        return self._rows_of_houses() if self.is_village else self._blocks_of_flats(recipe)

    def _rows_of_houses(self) -> tuple[list[Node], list[Door]]:
        nodes = [Node(-1, Territory.Level.BUILDING, f"第{row + 1}排") for row in range(-(-self.size // 12))]
        doors = [(n // 12, f"{n % 12 + 1}号") for n in range(self.size)]
        return nodes, [Door(row, text, f"{self.address}第{row + 1}排{text}") for row, text in doors]

    def _blocks_of_flats(self, recipe: Recipe) -> tuple[list[Node], list[Door]]:
        floors, units = recipe.stream("layout", self.number).choice(((6, 4), (6, 3), (11, 2), (18, 2)))
        nodes: list[Node] = []
        doors: list[Door] = []
        for n in range(self.size):
            building, rest = divmod(n, units * floors * 2)
            unit, place = divmod(rest, floors * 2)
            if rest == 0:
                nodes.append(Node(-1, Territory.Level.BUILDING, f"{building + 1}号楼"))
                home = len(nodes) - 1
            if place == 0:
                nodes.append(Node(home, Territory.Level.UNIT, f"{unit + 1}单元"))
            text = f"{place // 2 + 1}{place % 2 + 1:02d}室"
            doors.append(Door(len(nodes) - 1, text, f"{self.address}{building + 1}号楼{unit + 1}单元{text}"))
        return nodes, doors


def compounds(recipe: Recipe) -> list[Compound]:
    """The whole city: compounds over all towns by their share, until every account has a door."""
    typical = max(_SMALLEST, min(_LARGEST, recipe.accounts // 60))
    rng = recipe.stream("compounds")
    sizes = list(_sizes(recipe.accounts, typical, rng))
    bounds = [0]
    for size in sizes:
        bounds.append(bounds[-1] + size)
    named: Counter[str] = Counter()
    found = []
    for number, (first, end) in enumerate(pairwise(bounds)):
        # Every town has one before the larger ones get their many.
        town = towns()[number] if number < len(towns()) else rng.choices(towns(), [t.weight for t in towns()])[0]
        # Each town starts elsewhere in the list, so that not every one of them has the same first compound.
        name = (names.village if town.area == Area.RURAL else names.estate)(towns().index(town) * 37 + named[town.code])
        named[town.code] += 1
        found.append(Compound(number, first, end - first, town, name))
    return found


def _sizes(accounts: int, typical: int, rng: Random) -> Iterator[int]:
    while accounts > 0:
        size = min(accounts, int(typical * rng.uniform(0.5, 1.5)))
        yield size
        accounts -= size
