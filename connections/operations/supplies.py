"""Say that a supply has ended, when its account was closed: nobody is promised a safety check of it any more (T12)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import System
from accounts.models import Account
from casework.operations import Step, record

from ..models import GasOn

BY = System("connections.supplies")
#: Supplies ended in one run of the job; the next run goes on.
BATCH = 500


def end_supplies(*, at: datetime, limit: int = BATCH) -> int:
    """Tell the end of supplies whose accounts were closed; how many. Each once, however many run this at the same time."""
    over = GasOn.objects.filter(supply_ended_at=None, supply__isnull=False, account__status=Account.Status.CLOSED)
    return sum(_end(made, at) for made in over.order_by("pk")[:limit])


@transaction.atomic
def _end(made: GasOn, at: datetime) -> bool:
    if not GasOn.objects.filter(pk=made.pk, supply_ended_at=None).update(supply_ended_at=at) or made.supply_id is None:
        return False
    record(timeline_id=made.supply_id, steps=[Step("supply.ended")], by=BY, at=at)
    return True
