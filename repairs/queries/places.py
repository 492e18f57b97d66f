"""Where a report lies: from premises, a point, or words, the nearest place we know, and whether it is ours at all."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from django.conf import settings
from django.db.models import F

from accounts.models import Area, Hall, Premises, ServiceArea, Territory
from accounts.queries.named_places import named_in

from .. import places
from ..clusters import metres_between

_L = Territory.Level
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


def _our_cities() -> list[str]:
    return list(Territory.objects.filter(level__in=[_L.CITY, _L.COUNTY]).values_list("name", flat=True))
