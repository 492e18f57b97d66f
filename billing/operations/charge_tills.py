"""A charge paid over the counter, and money of one given back there."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actors import Actor

from ..models import Book, Charge, ChargeReceipt, Payment, Shift
from ..queries.shifts import BOOK_OF_METHOD
from ..refusals import KeyReused, NotEnoughMoney, Refused, SlipMissing
from .charge_receipts import issue_charge_receipt
from .charges import CameIn, pay_charge
from .holding import check_shift


@dataclass(frozen=True, kw_only=True)
class ChargeTakings:
    """How a charge is paid at a till: ``tendered`` is cash handed over (None: exact), ``slip`` the bank terminal's number.

    ``key`` makes a repeated request harmless.
    """

    charge: Charge
    shift: Shift
    method: Payment.Method
    tendered: int | None = None
    slip: str = ""
    key: str


def pay_charge_at_till(*, taken: ChargeTakings, by: Actor, at: datetime) -> ChargeReceipt:
    """Take the money for a charge, once for each key.

    Raises ClosedShift, NotYourShift, NotEnoughMoney, SlipMissing, ChargeNotOpen, KeyReused; then nothing was taken.
    """
    try:
        return _pay(taken, by, at)
    except (Refused, IntegrityError):
        # What a repeated request meets is what its first run left behind.
        paid = ChargeReceipt.objects.select_related("hall", "charge").filter(idempotency_key=taken.key).first()
        if paid is None:
            raise
        if (paid.charge_id, paid.method) != (taken.charge.pk, taken.method):
            raise KeyReused from None
        return paid


@transaction.atomic
def _pay(taken: ChargeTakings, by: Actor, at: datetime) -> ChargeReceipt:
    shift = check_shift(taken.shift, by=by)
    is_cash, amount = taken.method == Payment.Method.CASH, taken.charge.amount
    tendered = amount if taken.tendered is None else taken.tendered
    if is_cash and tendered < amount:
        raise NotEnoughMoney(amount - tendered)
    if not is_cash and not taken.slip.strip():
        raise SlipMissing
    came = CameIn(method=taken.method, book=Book(BOOK_OF_METHOD[taken.method]), shift=shift)
    charge = pay_charge(charge=taken.charge, amount=amount, came=came, by=by, at=at)
    till = {"tendered": tendered if is_cash else None, "slip": "" if is_cash else taken.slip.strip(), "idempotency_key": taken.key}
    return issue_charge_receipt(charge=charge, method=taken.method, by=by, at=at, shift=shift, **till)
