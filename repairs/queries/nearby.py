"""Which reports hang together: near in place and time, and of one family of faults."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from accounts.models import Territory

from .. import clusters
from ..clusters import Reach, Spot
from ..models import Repair

#: Degrees that are more than any reach in metres, so that the database can sort out what is far.
_DEGREE_METRES = 80_000
#: Of a neighbour: where and when, and what is shown and decided by it. Each costs, and a street may have two hundred.
_NEEDED = (
    *("fault", "latitude", "longitude", "follows", "territory"),
    *(f"case__{name}" for name in ("timeline", "kind", "status", "reference", "opened_at", "closed_at", "premises", "urgency", "matter")),
)


def reach() -> Reach:
    """How near two reports are in place and time to be of one trouble, by the operator's settings."""
    return Reach(settings.REPORTS_NEAR_METRES, timedelta(hours=settings.REPORTS_NEAR_HOURS))


def neighbours_of(repair: Repair, *, at: datetime) -> list[tuple[Repair, str]]:
    """Unfinished reports that may be of the same trouble, the closest first, with how they hang together (clusters.CLOSENESS)."""
    if repair.near_at_hand is not None:
        return repair.near_at_hand
    found = {one.pk: one for one in _candidates(repair, at)}
    here = repair.territory
    spot = _spot(repair, here.path if here else "", here.level if here else None)
    near = clusters.neighbours(spot, [_spot(one, one.path or "", one.level) for one in found.values()], reach())  # type: ignore[attr-defined]
    return [(found[spot.key], how) for spot, how in near]


def path_of(repair: Repair) -> str:
    """Of the place a report lies in; empty where nobody knows one. Without a statement for those that were found as neighbours."""
    known: str | None = repair.__dict__.get("path")
    return known if known is not None else repair.territory.path if repair.territory else ""


def _spot(repair: Repair, path: str, level: str | None) -> Spot:
    """A report on the map, by the place it lies in. What a unit lies in is taken for its building."""
    around = [int(key) for key in path.strip("/").split("/")] if path else []
    is_unit = level == Territory.Level.UNIT
    building = around[-2:-1] if is_unit else around[-1:] if level == Territory.Level.BUILDING else []
    return Spot(
        key=repair.pk,
        fault=repair.fault,
        at=repair.case.opened_at,
        door=repair.case.premises_id,
        unit=around[-1] if is_unit and around else None,
        building=building[0] if building else None,
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
    with_place = found.select_related("case").only(*_NEEDED).annotate(path=F("territory__path"), level=F("territory__level"))
    return with_place.order_by("case__opened_at")[:200]


def _building_path(territory: Territory) -> str:
    """Everything in the same building; for a larger place that place alone."""
    if territory.level == Territory.Level.UNIT and territory.parent_id:
        return territory.path.rstrip("/").rsplit("/", 1)[0] + "/"
    return territory.path
