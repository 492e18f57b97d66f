"""The score's part about supply and about what broken promises cost: interruptions per customer, compensation paid."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, Sum

from accounts.models import Account
from repairs.models import Outage
from sla.models import Compensation

from ..score_figures import Figure, careful, hidden, too_small

_HOUR = 3600


def interruption_figures(*, since: datetime, until: datetime) -> Iterator[Figure]:
    """How often and how long gas was off: all, planned works, accidents. What lasts over a month's end is cut there."""
    touching = Outage.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since), began_at__lt=until)
    found = touching.order_by("pk").values_list("kind", "began_at", "ended_at", "customers")
    rows = [(kind, began_at, ended_at, customers) for kind, began_at, ended_at, customers in found if began_at is not None]
    accounts = Account.objects.exclude(status=Account.Status.CLOSED).count()
    yield from _interruptions("all", rows, (since, until), accounts)
    parts = {kind: [row for row in rows if row[0] == kind] for kind in Outage.Kind.values}
    secret = too_small({kind: sum(row[3] for row in own) for kind, own in parts.items()})
    for kind, own in sorted(parts.items()):
        for figure in _interruptions(kind, own, (since, until), accounts):
            yield hidden(figure) if kind in secret else figure


def compensation_figures(*, since: datetime, until: datetime) -> Iterator[Figure]:
    """Credited for broken promises, and what is owed besides; amounts in minor units."""
    paid = Compensation.objects.filter(status=Compensation.Status.PAID, paid_at__gte=since, paid_at__lt=until)
    count, amount = paid.count(), paid.aggregate(sum=Sum("paid"))["sum"] or 0
    yield careful(Figure("compensation", "all", "paid", count, "count", count))
    yield careful(Figure("compensation", "all", "amount_paid", amount, "minor", count))
    decided = Compensation.objects.filter(decided_at__gte=since, decided_at__lt=until).exclude(status__in=Compensation.NOT_OWED)
    yield careful(Figure("compensation", "all", "decided", decided.count(), "count", decided.count()))


def _interruptions(
    item: str, rows: Sequence[tuple[str, datetime, datetime | None, int]], span: tuple[datetime, datetime], accounts: int
) -> Iterator[Figure]:
    since, until = span
    begun = [row for row in rows if row[1] >= since]
    customers = sum(row[3] for row in begun)
    touched = sum(row[3] for row in rows)
    seconds = sum(row[3] * (min(row[2] or until, until) - max(row[1], since)).total_seconds() for row in rows)
    for measure, value, unit, basis in (
        ("interruptions", len(begun), "count", customers),
        ("customers", customers, "count", customers),
        ("customer_hours", round(seconds / _HOUR, 1), "hours", touched),
        ("hours_per_customer", round(seconds / _HOUR / accounts, 4) if accounts else None, "hours", touched),
        ("interruptions_per_customer", round(customers / accounts, 4) if accounts else None, "ratio", customers),
    ):
        yield careful(Figure("interruptions", item, measure, value, unit, basis))
