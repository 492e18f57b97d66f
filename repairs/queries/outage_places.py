"""The tree of the territory, a level at a time: for choosing where gas is off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.models import Territory

from .outage_names import place_names

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
