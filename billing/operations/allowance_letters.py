"""Tell a household in time that what it proved will run out: whoever brings the papers again loses nothing."""

from datetime import datetime, timedelta
from itertools import batched

from django.conf import settings
from django.db.models import Exists, OuterRef

import notices.operations
from accounts.clock import business_date
from accounts.models import Account
from notices.operations import Notice

from ..models import Allowance

AHEAD = timedelta(days=30)
BATCH = 500


def remind_of_ending(*, at: datetime) -> int:
    """Write about what ends within a month and was not granted further; how many letters that may be. Once for each allowance."""
    today = business_date(at)
    later = Allowance.objects.filter(
        account=OuterRef("account"), kind=OuterRef("kind"), ended_at=None, valid_until__gt=OuterRef("valid_until")
    )
    rows = Allowance.objects.filter(~Exists(later), ended_at=None, valid_until__gte=today, valid_until__lte=today + AHEAD)
    ending, written = rows.exclude(account__status=Account.Status.CLOSED).select_related("account__customer").order_by("pk"), 0
    for few in batched(ending.iterator(chunk_size=BATCH), BATCH, strict=False):
        notices.operations.owe_all(letters=[_letter(allowance) for allowance in few], at=at)
        written += len(few)
    return written


def _letter(allowance: Allowance) -> Notice:
    about = {
        "company": settings.COMPANY["name"],
        "hotline": settings.COMPANY["hotline"],
        "account": allowance.account.number,
        "kind": allowance.kind,
        "until": allowance.valid_until,
    }
    return Notice(kind="allowance_ends", key=f"allowance_ends:{allowance.pk}", to=allowance.account.customer, context=about)
