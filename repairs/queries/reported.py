"""What whoever reported a fault is shown of it: what we promised, and whether a crew goes there already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from fieldwork.models import Visit
from sla.queries.standings import standings

from ..models import Repair, Restoration
from ..states import RepairStatus
from .nearby import neighbours_of


def confirmation(repair: Repair, *, at: datetime) -> dict[str, Any]:
    """The page after reporting: the case, its public promises, and the report it may belong to."""
    case = repair.case
    lead = repair.follows or lead_of(repair, at=at)
    return {
        "repair": repair,
        "case": case,
        "promises": standings(case.timeline_id, at=at, public=True),
        "is_outside": is_outside(repair),
        "is_held": case.status == RepairStatus.HELD,
        "is_emergency": case.urgency == case.Urgency.EMERGENCY,
        "lead": lead,
        "lead_stands": _stands(lead) if lead else "",
        "now": at,
    }


def is_outside(repair: Repair) -> bool:
    """Whether it lies, as far as we know, where our crews do not go, and nobody has decided otherwise."""
    return "outside_area" in repair.reasons and repair.case.status == RepairStatus.REPORTED


def panel(repair: Repair, *, at: datetime) -> Mapping[str, Any]:
    """What staff see of a repair on its case: why it is as urgent as it is, its visits, and what it hangs together with."""
    visits = Visit.objects.filter(case=repair.case).select_related("crew").order_by("pk")
    near = neighbours_of(repair, at=at) if _may_go_along(repair) else []
    return {
        "repair": repair,
        "case": repair.case,
        "visits": list(visits),
        "followers": list(repair.followers.select_related("case")),
        "near": [(other, how) for other, how in near if other.follows_id is None and other.pk != repair.follows_id][:5],
        "goes": any(visit.ended_at is None for visit in visits),
        "now": at,
    }


def open_restorations() -> QuerySet[Restoration]:
    """Cases of gas to be turned on again, the one due first at the top."""
    found = Restoration.objects.filter(case__closed_at=None, case__status="accepted").select_related("case__account__customer")
    return found.order_by(F("case__timeline__next_due_at").asc(nulls_last=True), "case__opened_at")


def lead_of(repair: Repair, *, at: datetime) -> Repair | None:
    """The closest earlier report to which somebody goes: the one it may go along with. None where there is none, or it leads itself."""
    if not _may_go_along(repair):
        return None
    is_new = repair.near_at_hand is not None
    earlier = [other for other, _how in neighbours_of(repair, at=at) if other.pk < repair.pk]
    # Nobody can have followed yet what was reported just now.
    if not earlier or (not is_new and repair.followers.exists()):
        return None
    for other in earlier:
        first = other.follows or other
        if first.pk != repair.pk and first.case.is_unfinished and _stands(first):
            return first
    return None


def _may_go_along(repair: Repair) -> bool:
    """Whose crew has been there has no use for a neighbour's."""
    return repair.case.is_unfinished and repair.case.status not in {RepairStatus.FINISHED, RepairStatus.CONFIRMED}


def _stands(lead: Repair) -> str:
    """How far somebody is: asked, coming or there; empty where nobody goes."""
    status = Visit.objects.open().filter(case=lead.case).order_by("pk").values_list("status", flat=True).first()
    if status is None:
        return ""
    words = {Visit.Status.ON_SITE: "there", Visit.Status.ACCEPTED: "coming", Visit.Status.ON_THE_WAY: "coming"}
    return words.get(Visit.Status(status), "asked")
