"""Interruptions for lists and pages of staff."""

from django.db.models import Exists, OuterRef, QuerySet

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


def _rows() -> QuerySet[Outage]:
    people = ("timeline", "planned_by", "emergency_approved_by", "night_approved_by")
    wishes = OutageWish.objects.filter(outage=OuterRef("pk"), decided_at=None)
    return Outage.objects.select_related(*people).prefetch_related("territories").annotate(has_wish=Exists(wishes))
