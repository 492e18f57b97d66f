"""Interruptions for lists and pages of staff, and what their events say so that promises know them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

import accounts.queries
from accounts.models import Territory
from casework import references
from casework.models import Case

from ..models import Outage, OutageTicket, OutageWish
from ..states import OutageStatus
from .outage_reach import outages_at

#: Shown of what is over.
_PAST = 100


class OutageNotFound(LookupError):
    """No interruption has this reference, or not for this reader."""


def matter_of(outage: Outage) -> dict[str, Any]:
    """What its events say of it, so that clocks need not look: kind, class, hall, in whose hands.

    Planned works are no accident, whatever their size: their class is their own.
    """
    first = next(iter(outage.territories.all()), None)
    served = accounts.queries.service_area_of(first) if first else None
    return {
        "kind": "outage",
        "classification": outage.classification if outage.is_accident else "planned",
        "urgency": "",
        "segment": "",
        "area": accounts.queries.area_of(first) if first else "",
        "channel": "",
        "hall": served.hall_id if served else None,
        "owner": outage.planned_by_id,
    }


def get_outage(reference: str) -> Outage:
    """One interruption with its timeline and people. Raises OutageNotFound."""
    found = _rows().filter(reference=references.tidy(reference)).first()
    if found is None:
        raise OutageNotFound(reference)
    return found


def standing() -> list[Outage]:
    """What is not over: accidents that are proposed first, then what is under way, then what comes next."""
    order = {OutageStatus.UNDER_WAY: 1, OutageStatus.ANNOUNCED: 2, OutageStatus.DRAFT: 3}
    rows = list(_rows().exclude(status__in=[OutageStatus.ENDED, OutageStatus.CANCELLED]).order_by("starts_at", "pk"))
    return sorted(rows, key=lambda one: (not one.is_proposed, order[OutageStatus(one.status)], one.starts_at))


def past() -> list[Outage]:
    """The latest that are over."""
    over = _rows().filter(status__in=[OutageStatus.ENDED, OutageStatus.CANCELLED])
    return list(over.order_by("-starts_at", "-pk")[:_PAST])


def outages_at_place(place: Territory) -> QuerySet[Outage]:
    """What keeps gas off at a place now."""
    return outages_at([place]).filter(status=OutageStatus.UNDER_WAY).order_by("starts_at", "pk")


def ticket_of(case: Case) -> OutageTicket | None:
    """The interruption a case belongs to, if any."""
    return OutageTicket.objects.select_related("outage__timeline").filter(case=case).first()


def tickets_of(outage: Outage) -> list[OutageTicket]:
    """The cases that came in because of it, the latest first."""
    return list(outage.tickets.select_related("case__premises", "case__timeline").order_by("-at", "-pk")[:200])


def wishes_waiting() -> list[OutageWish]:
    """Exceptions that nobody has decided about; what begins first at the top."""
    rows = OutageWish.objects.select_related("outage", "asked_by").filter(decided_at=None)
    return list(rows.order_by("outage__starts_at", "pk"))


def open_wish(outage: Outage, what: str) -> OutageWish | None:
    """The exception of this sort that waits for a decision."""
    return outage.wishes.select_related("asked_by").filter(what=what, decided_at=None).first()


def _rows() -> QuerySet[Outage]:
    people = ("timeline", "planned_by", "emergency_approved_by", "night_approved_by")
    wishes = OutageWish.objects.filter(outage=OuterRef("pk"), decided_at=None)
    return Outage.objects.select_related(*people).prefetch_related("territories").annotate(has_wish=Exists(wishes))
