"""Whom we look after by name: what is owed to them now, who does it, and how well it is covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import Account, Customer, Segment, Staff
from sla.models import Period
from sla.queries.duties import TurnLine, turn_lines

from ..models import CareContact, CareManager

CARED_FOR = (Segment.KEY_ACCOUNT, Segment.VIP, Segment.PRIVATE_NETWORK, Segment.IMPORTANT)
#: What a call and a visit do: the monthly call to key accounts and VIPs; the monthly and the quarterly visit.
DUTIES = {CareContact.Kind.CALL: ("T33", "T75"), CareContact.Kind.VISIT: ("T74", "T34")}
MEETING = "T35"
_LOST_WITHIN = timedelta(days=365)


@dataclass(frozen=True)
class Cover:
    """One segment: how many customers, how many of them have a manager, were called and visited in the last thirty days."""

    segment: str
    customers: int
    managed: int
    called: int
    visited: int


def cared_for() -> QuerySet[Customer]:
    """Everybody who is looked after by name, with their manager's name and their last call and visit."""
    manager = CareManager.objects.filter(customer=OuterRef("pk"), until=None).values("staff__name")[:1]
    rows = Customer.objects.filter(segment__in=CARED_FOR).annotate(
        manager=Subquery(manager),
        called_at=Max("care_contacts__at", filter=Q(care_contacts__kind=CareContact.Kind.CALL)),
        visited_at=Max("care_contacts__at", filter=Q(care_contacts__kind=CareContact.Kind.VISIT)),
    )
    return rows.order_by("segment", "name", "pk")


def due_for(staff: Staff | None) -> Sequence[TurnLine]:
    """Open turns owed to customers, what is due first at the top; of those this person looks after, or all of them."""
    promises = [promise for promises in DUTIES.values() for promise in promises]
    open_turns = Period.objects.filter(promise__in=promises, done_at=None, ended_at=None, obligation__customer__isnull=False)
    if staff is not None:
        managed = CareManager.objects.filter(staff=staff, until=None).values("customer")
        open_turns = open_turns.filter(obligation__customer__in=managed)
    found = turn_lines(open_turns.select_related("obligation__customer", "promise").order_by("opened_at", "pk"))
    return sorted(found, key=lambda line: (line.due_at is None, line.due_at or line.period.opened_at, line.period.pk))


def coverage(*, at: datetime) -> list[Cover]:
    """By segment, in the order of CARED_FOR."""
    month = at - timedelta(days=30)
    found = []
    for segment in CARED_FOR:
        everybody = Customer.objects.filter(segment=segment)
        seen = CareContact.objects.filter(customer__segment=segment, at__gte=month)
        found.append(
            Cover(
                segment=str(segment.label),
                customers=everybody.count(),
                managed=CareManager.objects.filter(customer__segment=segment, until=None).count(),
                called=seen.filter(kind=CareContact.Kind.CALL).values("customer").distinct().count(),
                visited=seen.filter(kind=CareContact.Kind.VISIT).values("customer").distinct().count(),
            )
        )
    return found


def unexplained_losses(*, at: datetime) -> QuerySet[Account]:
    """Accounts of customers we look after that were closed within a year, and nobody has said why; ``answerable``: their manager."""
    closed = Account.objects.filter(status=Account.Status.CLOSED, closed_at__gte=at - _LOST_WITHIN, customer__segment__in=CARED_FOR)
    then = CareManager.objects.filter(Q(until=None) | Q(until__gte=OuterRef("closed_at")), customer=OuterRef("customer"))
    manager = then.filter(since__lte=OuterRef("closed_at")).order_by("-since").values("staff__name")[:1]
    return (
        closed.annotate(answerable=Subquery(manager)).filter(loss=None).select_related("customer", "premises").order_by("closed_at", "pk")
    )


def manager_of(customer: Customer) -> CareManager | None:
    """Who looks after them now."""
    return CareManager.objects.filter(customer=customer, until=None).select_related("staff").first()
