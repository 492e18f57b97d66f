"""Who stands at a counter, what was promised them, and what of it is still owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

import sla.queries.standings
from accounts.clock import business_date, business_midnight
from accounts.models import Account, Hall
from casework.event_names import event_name
from sla.models import Clock
from sla.queries.standings import Standing

from ..models import CounterVisit, Shift, TopUp
from ..states import NOT_ON_A_CARD, ShiftStatus, VisitStatus
from .names import names_of


class VisitNotFound(Exception):
    """No visit to a counter has this reference, for whoever asks."""


@dataclass(frozen=True)
class Told:
    """A line of the story of a visit; ``by`` is a name where it was a person."""

    at: datetime
    text: str
    by: str
    note: str = ""


@dataclass(frozen=True)
class Stay:
    """A visit that is not over, and when it is to be over (None where nothing is promised about it)."""

    visit: CounterVisit
    due_at: datetime | None


def open_visits() -> QuerySet[CounterVisit]:
    """Those that are not over."""
    return CounterVisit.objects.filter(status=VisitStatus.OPEN)


def stay_of(account: Account, *, shift: Shift) -> Stay | None:
    """This customer's open visit in the clerk's hall, if there is one."""
    due = Clock.objects.open().filter(timeline=OuterRef("timeline"), due_at__isnull=False).order_by("due_at").values("due_at")[:1]
    here = open_visits().filter(account=account, shift__counter__hall=shift.counter.hall_id)
    found = here.annotate(due_at=Subquery(due)).order_by("opened_at").first()
    return Stay(found, found.due_at) if found else None


def owes_a_write(visit: CounterVisit) -> bool:
    """Whether a purchase was paid at a till since it began that is not, or not known to be, on its card."""
    paid = TopUp.objects.filter(account=visit.account_id, kind=TopUp.Kind.PURCHASE, paid_at__gte=visit.opened_at)
    return paid.filter(shift__isnull=False, card__isnull=False, status__in=NOT_ON_A_CARD).exists()


def is_overdue(visit: CounterVisit, *, at: datetime) -> bool:
    """Whether what was promised about it is broken already."""
    return Clock.objects.open().filter(timeline=visit.timeline_id, due_at__lt=at).exists()


def forgotten(*, at: datetime) -> list[int]:
    """Keys of visits nobody ended: of an earlier day or a till that is counted, and with no promise that could still be kept."""
    may_be_kept = Clock.objects.open().filter(timeline=OuterRef("timeline"), due_at__gte=at)
    is_over = Q(opened_at__lt=business_midnight(business_date(at))) | ~Q(shift__status=ShiftStatus.OPEN)
    rows = open_visits().filter(is_over, ~Exists(may_be_kept))
    return list(rows.order_by("opened_at").values_list("pk", flat=True))


def get_visit(reference: str, *, hall: int | None = None) -> CounterVisit:
    """One visit, of that hall only where one is given. Raises VisitNotFound."""
    rows = CounterVisit.objects.filter(**{"shift__counter__hall": hall} if hall else {})
    found = rows.select_related("account__customer", "shift__counter__hall", "shift__clerk", "top_up").filter(reference=reference).first()
    if found is None:
        raise VisitNotFound
    return found


def story(visit: CounterVisit) -> list[Told]:
    """What happened, the newest first."""
    events = list(visit.timeline.events.order_by("-seq"))
    names = names_of(event.by for event in events)
    return [Told(event.at, event_name(event.verb), names.get(event.by, "")) for event in events]


def promises_of(top_up: TopUp, *, at: datetime, public: bool = False) -> list[Standing]:
    """What was promised about a purchase: on its own timeline, and at the counter where it was made."""
    visits = CounterVisit.objects.filter(top_up=top_up).order_by("opened_at")
    timelines = [top_up.timeline_id, *visits.values_list("timeline_id", flat=True)]
    return [one for timeline in timelines if timeline for one in sla.queries.standings.standings(timeline, at=at, public=public)]


def facts_of(account: Account, shift: Shift) -> Mapping[str, object]:
    """What the first event of a visit says, so that no clock has to ask: the hall and its kind, the clerk, whom it is for."""
    hall = shift.counter.hall
    return {
        "kind": "counter_visit",
        "channel": "hall",
        "classification": "",
        "urgency": "",
        "area": "",
        "segment": account.customer.segment,
        "hall_kind": "government" if hall.kind == Hall.Kind.GOVERNMENT else "company",
        "hall": hall.pk,
        "counter": shift.counter_id,
        "owner": shift.clerk_id,
        "account": account.number,
    }
