"""Which reports hang together: near in place and time, and of one family of faults."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import Territory

from .. import clusters
from ..clusters import Reach, Spot
from ..models import Repair

#: Degrees that are more than any reach in metres, so that the database can sort out what is far.
_DEGREE_METRES = 80_000


def reach() -> Reach:
    """How near two reports are in place and time to be of one trouble, by the operator's settings."""
    return Reach(settings.REPORTS_NEAR_METRES, timedelta(hours=settings.REPORTS_NEAR_HOURS))


def neighbours_of(repair: Repair, *, at: datetime) -> list[tuple[Repair, str]]:
    """Unfinished reports that may be of the same trouble, the closest first, with how they hang together (clusters.CLOSENESS)."""
    if repair.near_at_hand is not None:
        return repair.near_at_hand
    found = list(_candidates(repair, at))
    places = _places([repair, *found])
    spots = {one.pk: spot_of(one, places) for one in (repair, *found)}
    by_key = {one.pk: one for one in found}
    near = clusters.neighbours(spots[repair.pk], [spots[one.pk] for one in found], reach())
    return [(by_key[spot.key], how) for spot, how in near]


def spot_of(repair: Repair, places: Mapping[int, Territory]) -> Spot:
    """A report on the map; ``places`` are all places around it, by key."""
    around = {place.level: place.pk for key in _path(repair.territory) if (place := places.get(key))}
    return Spot(
        key=repair.pk,
        fault=repair.fault,
        at=repair.case.opened_at,
        door=repair.case.premises_id,
        unit=around.get(Territory.Level.UNIT),
        building=around.get(Territory.Level.BUILDING),
        latitude=repair.latitude,
        longitude=repair.longitude,
    )


def _candidates(repair: Repair, at: datetime) -> QuerySet[Repair]:
    alike = [fault for fault in Repair.Fault.values if clusters.family(fault) == clusters.family(repair.fault)]
    since = at - timedelta(hours=settings.REPORTS_NEAR_HOURS)
    near = Q(pk=None)
    if repair.latitude is not None and repair.longitude is not None:
        margin = settings.REPORTS_NEAR_METRES / _DEGREE_METRES
        near |= Q(latitude__range=(repair.latitude - margin, repair.latitude + margin)) & Q(
            longitude__range=(repair.longitude - 3 * margin, repair.longitude + 3 * margin)
        )
    if repair.territory is not None:
        near |= Q(territory__path__startswith=_building_path(repair.territory))
    if repair.case.premises_id:
        near |= Q(case__premises=repair.case.premises_id)
    found = Repair.objects.filter(near, fault__in=alike, case__closed_at=None, case__opened_at__gt=since).exclude(pk=repair.pk)
    return found.select_related("case", "territory").order_by("case__opened_at")[:200]


def _building_path(territory: Territory) -> str:
    """Everything in the same building; for a larger place that place alone."""
    if territory.level == Territory.Level.UNIT and territory.parent_id:
        return territory.path.rstrip("/").rsplit("/", 1)[0] + "/"
    return territory.path


def _places(repairs: Iterable[Repair]) -> Mapping[int, Territory]:
    return Territory.objects.in_bulk({key for repair in repairs for key in _path(repair.territory)})


def _path(territory: Territory | None) -> list[int]:
    return [int(key) for key in territory.path.strip("/").split("/")] if territory else []
