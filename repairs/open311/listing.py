"""Reports as Open311 shows them. Strangers learn what is wrong roughly where, and when it is due; whose it is, nobody does.

Note [What strangers see]. A gas leak is in somebody's kitchen, so without a key neither words nor address are shown, and a point is
rounded to about a kilometre. Whoever may see the case in our own pages sees it whole here too.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

import casework.permissions
from accounts.models import User
from casework import kinds, references
from casework.models import Event
from sla.models import Clock

from ..models import Repair
from ..queries.reported import is_outside
from ..states import REPAIR, RepairStatus
from .services import name_of

_ROUGHLY = 2  # decimals of a degree
_PAGE = 50
#: What being done means to who waits, before the promise of being there.
_EXPECTED = ("resolution", "arrival")


def found(wanted: Mapping[str, Any]) -> list[Repair]:
    """The requests asked about, the newest first. A list of ids overrules everything else, as the standard says."""
    rows = Repair.objects.filter(case__erased_at=None)
    if wanted["service_request_id"]:
        rows = rows.filter(case__reference__in=[references.tidy(one) for one in wanted["service_request_id"]])
    else:
        rows = rows.filter(case__opened_at__gte=wanted["since"], case__opened_at__lte=wanted["until"])
        if wanted["service_code"]:
            rows = rows.filter(fault__in=wanted["service_code"])
        rows = _of_status(rows, wanted["status"])
    size = wanted["page_size"] or _PAGE
    first = size * ((wanted["page"] or 1) - 1)
    return list(_whole(rows).order_by("-case__opened_at", "-pk")[first : first + size])


def one(reference: str) -> list[Repair]:
    """The request with this id, if there is one."""
    return list(_whole(Repair.objects.filter(case__reference=references.tidy(reference), case__erased_at=None)))


def shown(repairs: Iterable[Repair], *, to: User | AnonymousUser, at: datetime) -> list[dict[str, Any]]:
    """The rows of a document; three statements however many they are."""
    rows = list(repairs)
    timelines = [repair.case.timeline_id for repair in rows]
    own = set(casework.permissions.visible_cases(to, at).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    latest = Event.objects.filter(timeline__in=timelines).values_list("timeline").annotate(Max("at"))
    expected, updated = _expected(timelines), dict(latest)
    return [
        {
            **_public(repair, updated.get(repair.case.timeline_id), expected.get(repair.case.timeline_id)),
            **(_whole_place(repair) if repair.pk in own else _rough_place(repair)),
        }
        for repair in rows
    ]


def _whole(rows: QuerySet[Repair]) -> QuerySet[Repair]:
    return rows.select_related("case__premises")


def _of_status(rows: QuerySet[Repair], statuses: list[str]) -> QuerySet[Repair]:
    if len(set(statuses)) != 1:
        return rows
    is_open = Q(case__closed_at=None)
    return rows.filter(is_open if statuses[0] == "open" else ~is_open)


def _expected(timelines: list[int]) -> Mapping[int, datetime]:
    """When the customer was promised it would be mended; where that has no number, when somebody would be there."""
    rows = Clock.objects.filter(timeline__in=timelines, version__is_public=True).exclude(status=Clock.Status.WITHDRAWN)
    rows = rows.filter(version__promise__kind__in=_EXPECTED)
    found: dict[int, tuple[int, datetime]] = {}
    for timeline, kind, due_at, target_at in rows.order_by("pk").values_list("timeline", "version__promise__kind", "due_at", "target_at"):
        moment, rank = due_at or target_at, _EXPECTED.index(kind)
        if moment and rank <= found.get(timeline, (rank, moment))[0]:
            found[timeline] = rank, moment
    return {timeline: moment for timeline, (_rank, moment) in found.items()}


def _public(repair: Repair, updated: datetime | None, expected: datetime | None) -> dict[str, Any]:
    case = repair.case
    return {
        "service_request_id": case.reference,
        "status": "open" if case.is_unfinished else "closed",
        "status_notes": kinds.kind(REPAIR.kind).lifecycle.label_of(case.status),
        "service_name": name_of(repair.fault),
        "service_code": repair.fault,
        "agency_responsible": settings.COMPANY["name"],
        "service_notice": notice(repair),
        "requested_datetime": case.opened_at.isoformat(timespec="seconds"),
        "updated_datetime": (updated or case.opened_at).isoformat(timespec="seconds"),
        "expected_datetime": expected.isoformat(timespec="seconds") if expected and not _is_set_aside(repair) else None,
    }


def notice(repair: Repair) -> str:
    """What whoever reads or reports must know first; of a place that is not ours, that nobody of ours goes there."""
    said = [_("Smell gas? Leave the place and ring %(phone)s from outdoors.") % {"phone": settings.COMPANY["hotline"]}]
    if is_outside(repair):
        said += [_("The place seems to lie outside our area. In danger ring %(phone)s.") % {"phone": settings.COMPANY["elsewhere"]}]
    return " ".join(said)


def _is_set_aside(repair: Repair) -> bool:
    """Of these nobody can say yet when somebody comes."""
    return repair.case.status == RepairStatus.HELD or is_outside(repair)


def _whole_place(repair: Repair) -> dict[str, Any]:
    premises = repair.case.premises
    return {
        "description": repair.text,
        "address": premises.address if premises else repair.place,
        "lat": repair.latitude,
        "long": repair.longitude,
    }


def _rough_place(repair: Repair) -> dict[str, Any]:
    """See Note [What strangers see]."""
    known = repair.latitude is not None and repair.longitude is not None
    lat, long = (round(repair.latitude or 0, _ROUGHLY), round(repair.longitude or 0, _ROUGHLY)) if known else (None, None)
    return {"description": "", "address": "", "lat": lat, "long": long}
