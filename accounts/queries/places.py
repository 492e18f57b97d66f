"""The tree of the territory, a level at a time: for choosing places; what they are called, and what lies in them.

Note [Below a place]. A place's path is the beginning of the paths of all below it (accounts.models.Territory), so that everything
below some places is one prefix query, and everything above a door is read off its own path.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from ..models import Territory

#: Places shown at once; whoever wants another one writes a part of its name.
MOST = 200


@dataclass(frozen=True)
class Branch:
    """Where the reader stands in the tree (None: at the top), the way there, and what lies below or was found."""

    here: Territory | None
    way: Sequence[Territory]
    places: Sequence[Territory]
    sought: str
    is_cut: bool


@dataclass(frozen=True)
class Chosen:
    """A place that was chosen, with what it lies in."""

    place: Territory
    name: str


def branch(here: int | None, sought: str = "") -> Branch:
    """What lies below a place (its key), or what is called so."""
    node = Territory.objects.filter(pk=here).first() if here else None
    if sought:
        rows = Territory.objects.filter(name__icontains=sought).order_by("path")
    else:
        rows = Territory.objects.filter(parent=node).order_by("name")
    found = list(rows[: MOST + 1])
    return Branch(node, _way(node), found[:MOST], sought, len(found) > MOST)


def named(places: Collection[Territory]) -> list[Chosen]:
    """Chosen places with their names in full."""
    names = place_names(places)
    return [Chosen(place, names[place.pk]) for place in places]


def _way(node: Territory | None) -> list[Territory]:
    if node is None:
        return []
    known = Territory.objects.in_bulk(node.keys)
    return sorted(known.values(), key=lambda one: one.path)


def place_names(places: Collection[Territory]) -> Mapping[int, str]:
    """Place -> its name with what it lies in, from the county down; one statement for all of them."""
    return _names(places, {Territory.Level.PROVINCE, Territory.Level.CITY})


def short_names(places: Collection[Territory]) -> list[str]:
    """The same from the compound down, for headings and text messages."""
    levels = Territory.Level
    return list(_names(places, {levels.PROVINCE, levels.CITY, levels.COUNTY, levels.TOWN}).values())


def _names(places: Collection[Territory], without: Collection[str]) -> Mapping[int, str]:
    keys = {int(key) for place in places for key in place.path.strip("/").split("/")}
    known = Territory.objects.in_bulk(keys)
    found = {}
    for place in places:
        chain = [known[int(key)] for key in place.path.strip("/").split("/") if int(key) in known]
        found[place.pk] = " ".join(one.name for one in chain if one.level not in without or one.pk == place.pk)
    return found


def below(paths: Collection[str]) -> QuerySet[Territory]:
    """Every place at or below these paths."""
    if not paths:
        return Territory.objects.none()
    return Territory.objects.filter(reduce(or_, (Q(path__startswith=path) for path in paths)))


def outermost(places: Collection[Territory]) -> list[Territory]:
    """Without those that lie below another one of them."""
    found: list[Territory] = []
    for place in sorted(places, key=lambda one: one.path):
        if not any(place.path.startswith(other.path) for other in found):
            found.append(place)
    return found
