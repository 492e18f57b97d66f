"""Where things lie, for maps and crews: towns about where they are, everything inside them made up around their middle.

Towns are placed by hand to a few kilometres; no measured point and no real building is in here.
"""

import math
from random import Random

from .layout import Compound, Node
from .recipe import Recipe

#: Town -> latitude and longitude of its middle, roughly.
_TOWNS = {
    "卞庄街道": (34.857, 118.071),
    "苍山街道": (34.842, 118.045),
    "大仲村镇": (34.985, 118.060),
    "兰陵镇": (34.738, 117.858),
    "长城镇": (34.655, 118.085),
    "磨山镇": (34.868, 118.215),
    "神山镇": (34.930, 118.150),
    "车辋镇": (34.965, 117.905),
    "尚岩镇": (34.790, 117.965),
    "向城镇": (34.850, 117.930),
    "新兴镇": (34.815, 117.815),
    "南桥镇": (34.690, 118.010),
    "庄坞镇": (34.790, 118.240),
    "鲁城镇": (34.975, 117.750),
    "矿坑镇": (34.915, 117.985),
    "芦柞镇": (34.775, 118.125),
    "下村乡": (35.030, 117.800),
}
_MIDDLE = 34.857, 118.071
_METRES_A_DEGREE = 111_195
#: How far compounds lie from the middle of their town, and houses from the middle of their compound.
_TOWN_RADIUS, _VILLAGE_RADIUS, _COMPOUND_RADIUS = 1_800, 4_500, 160

type Point = tuple[float, float]


def town_at(name: str) -> Point:
    """The middle of a town; of the county for one we do not know."""
    return _TOWNS.get(name, _MIDDLE)


def compound_at(recipe: Recipe, compound: Compound) -> Point:
    """Somewhere in its town, always the same place."""
    radius = _VILLAGE_RADIUS if compound.is_village else _TOWN_RADIUS
    return _around(town_at(compound.town.name), radius, recipe.stream("place", compound.number))


def nodes_at(recipe: Recipe, compound: Compound, nodes: list[Node]) -> list[Point | None]:
    """A point for each building; units lie where their building is."""
    rng, middle = recipe.stream("houses", compound.number), compound_at(recipe, compound)
    return [_around(middle, _COMPOUND_RADIUS, rng) if node.parent == -1 else None for node in nodes]


def _around(middle: Point, radius: int, rng: Random) -> Point:
    """Evenly over a disc."""
    far, way = radius * math.sqrt(rng.random()), rng.uniform(0, 2 * math.pi)
    latitude = middle[0] + far * math.cos(way) / _METRES_A_DEGREE
    longitude = middle[1] + far * math.sin(way) / (_METRES_A_DEGREE * math.cos(math.radians(middle[0])))
    return round(latitude, 6), round(longitude, 6)
