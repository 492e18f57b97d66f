"""The register of priority customers for those who keep it."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from ..models import Account, Customer, PriorityEntry
from ..models.priority_entry import PriorityEntryQuerySet
from .search import search_accounts

#: So long before an entry runs out it is listed as running out: time to ask for the new paper.
SOON = timedelta(days=30)
#: Of what a search finds, so many accounts are looked at.
_MOST = 200
_LIVING = Account.objects.exclude(status=Account.Status.CLOSED).select_related("premises").order_by("number")
STATES = ("standing", "soon", "later", "over")


def entries(day: date, *, state: str = "standing", ground: str = "", sought: str = "") -> PriorityEntryQuerySet:
    """Entries in a state on a day, those that run out first on top; ``sought``: as in the search box of accounts."""
    found = PriorityEntry.objects.filter(_in_state(state, day))
    if ground:
        found = found.filter(ground=ground)
    if sought.strip():
        found = found.filter(customer__in=[account.customer_id for account in search_accounts(sought, limit=_MOST)])
    related = found.select_related("customer").prefetch_related(Prefetch("customer__accounts", _LIVING, to_attr="living"))
    return related.order_by("until", "since", "pk")


def living(customer: Customer) -> list[Account]:
    """The accounts of a customer that are not closed; asked once, and not at all where ``entries`` has them at hand."""
    found: list[Account] | None = getattr(customer, "living", None)
    if found is None:
        found = customer.living = list(_LIVING.filter(customer=customer))  # type: ignore[attr-defined]
    return found


def entries_of(customer: Customer) -> PriorityEntryQuerySet:
    """Everything that was ever entered of one customer, what holds on top."""
    return customer.priority_entries.order_by("ended_at", "-since", "pk")


def codes(day: date) -> Iterator[tuple[str, ...]]:
    """The register as codes, one line an entry, under a heading: nobody's name, number or door, and no words."""
    yield ("entry", "ground", "since", "until", "state", "segment")
    for entry in PriorityEntry.objects.select_related("customer").order_by("pk").iterator():
        until = entry.until.isoformat() if entry.until else ""
        yield (str(entry.pk), entry.ground, entry.since.isoformat(), until, state_of(entry, day), entry.customer.segment)


def state_of(entry: PriorityEntry, day: date) -> str:
    """One of STATES."""
    if entry.ended_at is not None or (entry.until is not None and entry.until < day):
        return "over"
    if entry.since > day:
        return "later"
    return "soon" if entry.until is not None and entry.until <= day + SOON else "standing"


def _in_state(state: str, day: date) -> Q:
    lasts = Q(ended_at=None) & (Q(until=None) | Q(until__gte=day))
    if state == "over":
        return ~lasts
    if state == "later":
        return lasts & Q(since__gt=day)
    if state == "soon":
        return lasts & Q(since__lte=day, until__lte=day + SOON)
    return lasts & Q(since__lte=day)
