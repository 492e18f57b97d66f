"""Where a report lies: from premises, a point, or words, the nearest place we know, and whether it is ours at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from django.conf import settings
from django.db.models import F, QuerySet, TextField, Value

from accounts.models import Area, Hall, Premises, ServiceArea, Territory

from .. import places
from ..clusters import metres_between

_L = Territory.Level
_ABOVE = (_L.PROVINCE, _L.CITY, _L.COUNTY, _L.TOWN, _L.COMPOUND)
#: Where nobody knows better, the area with the shortest times.
STRICTEST = Area.URBAN
#: A place that is not ours has no kind of area to find out, nor times to be taken.
_OUTSIDE, _UNKNOWN = ("outside_area",), ("place_unknown", "area_unknown")


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where to go, in which area; ``reasons`` are codes of what is strange about it (``wording.REASONS``)."""

    territory: Territory | None = None
    latitude: float | None = None
    longitude: float | None = None
    area: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def is_outside(self) -> bool:
        return "outside_area" in self.reasons

    @cached_property
    def hall(self) -> Hall | None:
        """Who looks after the place; looked for when it is asked."""
        keys = _keys(self.territory) if self.territory else []
        served = ServiceArea.objects.select_related("hall").filter(territories__in=keys).first() if keys else None
        return served.hall if served else None


def locate(*, premises: Premises | None, words: str, point: tuple[float, float] | None) -> Whereabouts:
    """The best that can be said. A point is more exact than the words beside it, known premises more than both."""
    point = point or places.coordinates_in(words)
    if premises is not None:
        return _known(premises.territory, point, ())
    if point is not None:
        return _around(point)
    territory = named_in(words)
    is_outside = bool(places.foreign_city(words, _our_cities()))
    if territory is not None:
        return _known(territory, None, _OUTSIDE if is_outside else ())
    return Whereabouts(area=STRICTEST, reasons=_OUTSIDE if is_outside else _UNKNOWN)


def named_in(words: str) -> Territory | None:
    """The deepest place that the words name without doubt; a building only below a compound they name too."""
    if not words.strip():
        return None
    named = _named(Territory.objects.filter(level__in=_ABOVE), words)
    keys = {place.pk for place in named}
    best = _deepest(named, keys)
    for level in (_L.BUILDING, _L.UNIT):
        if best is None or best.level in (_L.PROVINCE, _L.CITY, _L.COUNTY):
            return best
        below = _named(Territory.objects.filter(level=level, parent=best), words)
        if not below:
            return best
        # Of 1号楼 and 11号楼, both of which the words contain, the longer name is meant.
        best = max(below, key=lambda place: len(place.name))
    return best


def _known(territory: Territory, point: tuple[float, float] | None, strange: tuple[str, ...]) -> Whereabouts:
    # Everything that a place has from the larger ones around it, in one look at them.
    keys = _keys(territory)
    found = Territory.objects.in_bulk(keys)
    around = [found[key] for key in reversed(keys) if key in found]
    latitude, longitude = point or next((_point_of(one) for one in around if one.latitude is not None), (None, None))
    area = next((one.area for one in around if one.area), "")
    return Whereabouts(
        territory=territory,
        latitude=latitude,
        longitude=longitude,
        area=area or STRICTEST,
        reasons=strange if area else (*strange, "area_unknown"),
    )


def _keys(territory: Territory) -> list[int]:
    return [int(key) for key in territory.path.strip("/").split("/")]


def _around(point: tuple[float, float]) -> Whereabouts:
    nearest = _nearest(point)
    if nearest is None:
        return Whereabouts(latitude=point[0], longitude=point[1], area=STRICTEST, reasons=_UNKNOWN)
    if metres_between(point, _point_of(nearest)) > settings.AREA_KILOMETRES * 1_000:
        # Nobody is told of a place of ours that it lies outside our area.
        return Whereabouts(latitude=point[0], longitude=point[1], area=STRICTEST, reasons=_OUTSIDE)
    return _known(nearest, point, ())


def _nearest(point: tuple[float, float]) -> Territory | None:
    """By the flat distance, which is good enough to choose by; how far it really is, is asked of the one that is found."""
    latitude, longitude = point
    north = F("latitude") - latitude
    east = (F("longitude") - longitude) * cos(radians(latitude))
    mapped = Territory.objects.filter(latitude__isnull=False, longitude__isnull=False)
    return mapped.alias(north=north, east=east).order_by(F("north") * F("north") + F("east") * F("east"), "-pk").first()


def _point_of(place: Territory) -> tuple[float, float]:
    return (place.latitude or 0.0, place.longitude or 0.0)


def _named(found: QuerySet[Territory], words: str) -> list[Territory]:
    return list(found.alias(said=Value(words, output_field=TextField())).filter(said__contains=F("name")))


def _deepest(named: Sequence[Territory], keys: set[int]) -> Territory | None:
    """The place lowest in the tree, most of whose larger places are named as well; none of two that are equally good."""
    ranks = Counter(_rank(place, keys) for place in named)
    alone = [place for place in named if ranks[_rank(place, keys)] == 1]
    return max(alone, key=lambda place: _rank(place, keys), default=None)


def _rank(place: Territory, keys: set[int]) -> tuple[int, int, int]:
    # The length last: the words 开元名都北区 contain the name 开元名都 too.
    above = {int(key) for key in place.path.strip("/").split("/")}
    return (_ABOVE.index(_L(place.level)), len(above & keys), len(place.name))


def _our_cities() -> list[str]:
    return list(Territory.objects.filter(level__in=[_L.CITY, _L.COUNTY]).values_list("name", flat=True))
