"""The month's bills, all of them: each account by itself, so that one bad row holds up no other."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.actors import System
from accounts.clock import business_midnight, in_business_time
from accounts.models import Account, Meter

from ..bill_refusals import CannotBill
from ..models import Bill, BillFault
from ..queries.bill_draft import month_after
from ..states import BillStatus
from .bills import bill_month, last_month

log = logging.getLogger(__name__)
BATCH = 500
#: A month that could not be billed is tried again after so long.
PATIENCE = timedelta(hours=20)
_BY = System("billing")


@dataclass(frozen=True)
class Run:
    """What a run did: bills made, months that could not be billed."""

    made: int
    faults: int


def bill_last_month(*, at: datetime, most: int = BATCH) -> Run:
    """Bill the month that ended last for accounts that have no bill of it yet. Run it as often as you like.

    What cannot be billed becomes a BillFault, for somebody to look at, and is tried again the day after.
    """
    month, made, faults = last_month(at), 0, 0
    for account in _unbilled(month, at)[:most]:
        if _bill(account, month, at):
            made += 1
        else:
            faults += 1
    return Run(made, faults)


def _unbilled(month: date, at: datetime) -> QuerySet[Account]:
    meters = Meter.objects.filter(account=OuterRef("pk"), kind=Meter.Kind.MECHANICAL, removed_at=None, installed_at__lt=_end_of(month))
    bills = Bill.objects.filter(account=OuterRef("pk"), month__gte=month).exclude(status=BillStatus.WITHDRAWN)
    tried = BillFault.objects.filter(account=OuterRef("pk"), month=month, tried_at__gt=at - in_business_time(PATIENCE))
    living = Account.objects.exclude(status=Account.Status.CLOSED).filter(Exists(meters), ~Exists(bills), ~Exists(tried))
    return living.order_by("pk")


def _end_of(month: date) -> datetime:
    """A meter that was put in later has nothing of the month."""
    return business_midnight(month_after(month))


def _bill(account: Account, month: date, at: datetime) -> bool:
    try:
        bill_month(account=account, month=month, by=_BY, at=at)
    except Exception as fault:
        code = fault.rule if isinstance(fault, CannotBill) else "error"
        if code == "error":
            log.exception("month not billed", extra={"account": account.pk})
        BillFault.objects.update_or_create(account=account, month=month, defaults={"code": code, "tried_at": at})
        return False
    return True
