"""Who could be drawn: the frames of the sampling duties, by stratum. Promises count their populations by them too (populations.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from accounts.clock import business_midnight
from accounts.models import Account, Customer
from casework.models import Case
from sla.duties import Turn
from sla.policies import Policy

from ..models import Campaign

#: What "acceptance, consultation and marketing" are here (T72): whatever is not called back after every single case.
_ACCEPTED = ("general_request", "appeal", "application")

type Keys = Mapping[str, list[int]]


def of_cases(_policy: Policy, turn: Turn) -> Keys:
    """Cases that were finished in the turn before this one, by kind."""
    length = turn.last - turn.first + timedelta(days=1)
    ended = Case.objects.filter(closed_at__gte=business_midnight(turn.first - length), closed_at__lt=business_midnight(turn.first))
    rows = ended.filter(kind__in=_ACCEPTED, erased_at=None, merged_into=None).order_by("pk")
    return _by(rows.values_list("kind", "pk"))


def of_customers(policy: Policy, _turn: Turn) -> Keys:
    """Customers with an open account, by what it is used for; of several the one with the lowest number says."""
    segments = policy.selects.get("segment")
    use = Account.objects.filter(customer=OuterRef("pk"), status=Account.Status.OPEN).order_by("number").values("use_kind")[:1]
    rows = Customer.objects.annotate(use=Subquery(use)).filter(use__isnull=False, **({"segment__in": segments} if segments else {}))
    return _by(rows.order_by("pk").values_list("use", "pk"))


def of_campaigns(_policy: Policy, turn: Turn) -> Keys:
    """Customers of the campaigns that run in this turn, by campaign."""
    running = running_between(turn.first, turn.last)
    return {f"campaign-{one.pk}": list(one.customers.order_by("pk").values_list("pk", flat=True)) for one in running}


def running_between(first: date, last: date) -> Iterable[Campaign]:
    """Campaigns of which some day lies between these."""
    return Campaign.objects.filter(since__lte=last, until__gte=first).order_by("pk")


FRAMES = {"cases": of_cases, "customers": of_customers, "campaign": of_campaigns}


def _by(rows: Iterable[tuple[str, int]]) -> Keys:
    found: dict[str, list[int]] = defaultdict(list)
    for stratum, key in rows:
        found[stratum].append(key)
    return dict(found)
