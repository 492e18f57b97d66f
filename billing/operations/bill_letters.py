"""What we write about bills: here it is, it is due soon, it is late, it is paid. Each once."""

from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.conf import settings
from django.urls import reverse

import notices.operations
from accounts.clock import business_date
from notices.operations import Notice

from ..models import Bill
from ..states import BillStatus

#: So many letters with one statement.
BATCH = 500
#: What happened longer ago (carried over, or the system stood still) is no news to anybody.
NEWS = timedelta(days=14)


def write_issued(*, bill: Bill, at: datetime) -> None:
    """A bill was made: how much, until when, where it can be paid. One that is paid out of credit says so."""
    if at - bill.issued_at > NEWS or bill.is_withdrawn or (bill.is_paid and bill.to_pay):
        return
    kind = "bill_settled" if bill.is_paid else "bill_issued"
    notices.operations.owe_all(letters=[_notice(kind, bill)], at=at)


def write_paid(*, bill: Bill, at: datetime) -> None:
    """The money for a bill has come in."""
    if bill.paid_at is None or at - bill.paid_at > NEWS:
        return
    notices.operations.owe_all(letters=[_notice("bill_paid", bill)], at=at)


def remind(*, at: datetime) -> int:
    """Remind of bills that are due in some days, and of those that are overdue for some; how many letters that may be.

    A letter's key is its bill and kind: run it as often as you like.
    """
    today, days = business_date(at), timedelta(days=settings.BILL_REMIND_DAYS)
    rows = Bill.objects.filter(status=BillStatus.OPEN).select_related("account__customer")
    soon = rows.filter(due_on__gte=today, due_on__lte=today + days)
    late = rows.filter(due_on__lt=today, due_on__gte=today - days)
    very_late = rows.filter(due_on__lt=today - days, due_on__gte=today - 10 * days)
    written = 0
    for kind, found in (("bill_due_soon", soon), ("bill_overdue", late), ("bill_long_overdue", very_late)):
        for few in batched(found.order_by("pk").iterator(chunk_size=BATCH), BATCH, strict=False):
            notices.operations.owe_all(letters=[_notice(kind, bill) for bill in few], at=at)
            written += len(few)
    return written


def _notice(kind: str, bill: Bill) -> Notice:
    return Notice(kind=kind, key=f"{kind}:{bill.number}", to=bill.account.customer, context=_context(bill))


def _context(bill: Bill) -> dict[str, Any]:
    return {
        "company": settings.COMPANY["name"],
        "hotline": settings.COMPANY["hotline"],
        "currency": settings.CURRENCY,
        "account": bill.account.number,
        "number": bill.number,
        "month": bill.month,
        "litres": bill.litres,
        "amount": bill.to_pay,
        "due_on": bill.due_on,
        "is_estimate": bill.basis != Bill.Basis.READING,
        "url": settings.SITE_URL + reverse("billing:pay_bill", args=[bill.number]),
    }
