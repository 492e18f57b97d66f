"""Interruptions as the meters' rules need them: when gas was off at a place (billing.supply_stops asks)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import Premises
from billing.supply_stops import Stop

from .models import Outage


def stops_of(premises: Premises, since: datetime) -> Sequence[Stop]:
    """Those that lay at or above the place, began, and were not over before ``since``."""
    rows = Outage.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), began_at__isnull=False)
    found = rows.filter(territories__in=premises.territory.keys)
    return [Stop(outage.began_at, outage.ended_at) for outage in found.distinct() if outage.began_at]
