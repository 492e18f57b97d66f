"""Ask the households whose meters are read for their readings, when the days for it have begun."""

from datetime import datetime
from itertools import batched

from django.db.models import Exists, OuterRef

from accounts.clock import business_date
from accounts.models import Account, Meter

from ..models import Reading
from ..queries.readings import is_window_open, window_of
from . import reading_letters

BATCH = 500


def ask_for_readings(*, at: datetime) -> int:
    """Write to those who have sent none in these days; how many letters that may be. Once for each account and month."""
    if not is_window_open(at):
        return 0
    first, last = window_of(business_date(at))
    meters = Meter.objects.filter(account=OuterRef("pk"), kind=Meter.Kind.MECHANICAL, removed_at=None)
    sent = Reading.objects.filter(meter__account=OuterRef("pk"), day__gte=first).exclude(standing=Reading.Standing.REJECTED)
    rows = Account.objects.exclude(status=Account.Status.CLOSED).filter(Exists(meters), ~Exists(sent))
    silent, written = rows.select_related("customer").order_by("pk"), 0
    for few in batched(silent.iterator(chunk_size=BATCH), BATCH, strict=False):
        reading_letters.write_wanted(accounts=few, first=first, last=last, at=at)
        written += len(few)
    return written
