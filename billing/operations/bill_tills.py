"""A bill paid over the counter: money into the till, a number on the paper."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from sequences import get_next_value

from accounts.actors import Actor
from accounts.clock import business_date

from ..models import Bill, BillPayment, Book, Payment, Shift
from ..queries.shifts import BOOK_OF_METHOD
from ..refusals import KeyReused, NotEnoughMoney, Refused, SlipMissing
from .bills import pay
from .holding import check_shift


@dataclass(frozen=True, kw_only=True)
class Takings:
    """How a bill is paid at a till: ``tendered`` is cash handed over (None: exact), ``slip`` the bank terminal's number.

    ``key`` makes a repeated request harmless.
    """

    bill: Bill
    shift: Shift
    method: Payment.Method
    tendered: int | None = None
    slip: str = ""
    key: str


def pay_at_till(*, taken: Takings, by: Actor, at: datetime) -> BillPayment:
    """Take the money for a bill, once for each key.

    Raises ClosedShift, NotYourShift, NotEnoughMoney, SlipMissing, BillNotOpen, KeyReused; then nothing was taken.
    """
    try:
        return _pay(taken, by, at)
    except (Refused, IntegrityError):
        # What a repeated request meets is what its first run left behind.
        paid = BillPayment.objects.select_related("hall", "bill").filter(idempotency_key=taken.key).first()
        if paid is None:
            raise
        if (paid.bill_id, paid.method) != (taken.bill.pk, taken.method):
            raise KeyReused from None
        return paid


@transaction.atomic
def _pay(taken: Takings, by: Actor, at: datetime) -> BillPayment:
    shift = check_shift(taken.shift, by=by)
    is_cash = taken.method == Payment.Method.CASH
    bill, amount = taken.bill, taken.bill.to_pay
    tendered = amount if taken.tendered is None else taken.tendered
    if is_cash and tendered < amount:
        raise NotEnoughMoney(amount - tendered)
    if not is_cash and not taken.slip.strip():
        raise SlipMissing
    pay(bill=bill, amount=amount, book=Book(BOOK_OF_METHOD[taken.method]), shift=shift, by=by, at=at)
    hall, year = shift.counter.hall, business_date(at).year
    return BillPayment.objects.create(
        bill=bill,
        hall=hall,
        year=year,
        number=get_next_value(f"bill_payment:{hall.code}:{year}"),
        shift=shift,
        idempotency_key=taken.key,
        method=taken.method,
        amount=amount,
        tendered=tendered if is_cash else None,
        slip="" if is_cash else taken.slip.strip(),
        at=at,
    )
