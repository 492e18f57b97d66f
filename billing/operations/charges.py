"""Charges for works: issued for a case, paid in advance as a whole, earned when the works are done. Giving back is in charge_returns.py.

Who pays needs no account: nothing is owed to us before the contract stands, so a charge is booked when it is paid, not when it is issued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from casework.models import Case
from casework.operations import Step, move, open_timeline

from .. import references
from ..bill_refusals import OtherAmount
from ..charge_refusals import ChargeNotOpen, ChargeNotPaid, LinesDoNotSum, ReturnUnderWay
from ..charge_states import CHARGE, ChargeStatus
from ..models import Book, Charge, Posting, Shift
from ..queries.charges import UNDER_WAY, money_of
from .ledger import Line, post


@dataclass(frozen=True, kw_only=True)
class NewCharge:
    """What is to be paid for a case: ``basis`` is the contract's number, ``lines`` as in models.Charge, ``language`` that of the paper."""

    case: Case
    basis: str
    lines: Sequence[Mapping[str, Any]]
    language: str
    due_on: date


@transaction.atomic
def open_charge(*, new: NewCharge, by: Actor, at: datetime) -> Charge:
    """Issue a charge; the same contract again gives the same charge. Raises LinesDoNotSum."""
    known = Charge.objects.filter(basis=new.basis, case=new.case).first()
    if known is not None:
        return known
    amount = sum(line["amount"] for line in new.lines)
    if amount <= 0:
        raise LinesDoNotSum
    reference = references.new_reference("F")
    facts = {"charge": reference, "case": new.case.pk, "amount": amount}
    return Charge.objects.create(
        reference=reference,
        case=new.case,
        basis=new.basis,
        language=new.language,
        lines=[dict(line) for line in new.lines],
        amount=amount,
        opened_at=at,
        due_on=new.due_on,
        timeline=open_timeline(kind="charge", steps=[Step("charge.issued", facts)], by=by, at=at),
    )


@dataclass(frozen=True, kw_only=True)
class CameIn:
    """How money for a charge came in (Payment.Method), and into which book; ``shift`` where that is a till's."""

    method: str
    book: Book
    shift: Shift | None = None


def hold_charge(charge: Charge) -> Charge:
    """The row as it is now, locked until the transaction ends."""
    return Charge.objects.select_for_update(no_key=True, of=("self",)).select_related("timeline", "case").get(pk=charge.pk)


@transaction.atomic
def pay_charge(*, charge: Charge, amount: int, came: CameIn, by: Actor, at: datetime) -> Charge:
    """Note that a charge was paid as a whole (minor units), and how.

    Raises ChargeNotOpen, OtherAmount; then nothing was booked.
    """
    charge = hold_charge(charge)
    if not charge.is_open:
        raise ChargeNotOpen(charge.get_status_display())
    if amount != charge.amount:
        raise OtherAmount(charge.amount)
    post(Posting.Kind.CHARGE_PAID, [Line(came.book, amount, shift=came.shift), Line(Book.ADVANCES, -amount)], by=by, at=at, charge=charge)
    facts = {"charge": charge.reference, "case": charge.case_id, "book": came.book.value, "amount": amount}
    move(charge, CHARGE, "pay", by=by, at=at, fields={"paid_at": at, "paid_by": came.method}, **facts)
    return charge


@transaction.atomic
def withdraw_charge(*, charge: Charge, by: Actor, at: datetime) -> Charge:
    """Nobody is to pay it any more; money that is on its way all the same goes back. Raises ChargeNotOpen."""
    charge = hold_charge(charge)
    if not charge.is_open:
        raise ChargeNotOpen(charge.get_status_display())
    move(charge, CHARGE, "withdraw", by=by, at=at, fields={"ended_at": at}, charge=charge.reference, case=charge.case_id)
    return charge


@transaction.atomic
def settle_charge(*, charge: Charge, by: Actor, at: datetime) -> Charge:
    """The works are done, or nothing more will be: what is left of the advance is ours. Settled before, it stays so.

    Raises ChargeNotPaid, ReturnUnderWay while some of it may still go back.
    """
    charge = hold_charge(charge)
    if charge.status in {ChargeStatus.EARNED, ChargeStatus.REFUNDED}:
        return charge
    if not charge.is_paid:
        raise ChargeNotPaid(charge.get_status_display())
    waiting = charge.returns.filter(status__in=UNDER_WAY).first()
    if waiting is not None:
        raise ReturnUnderWay(waiting.reference)
    left = money_of(charge).held
    if left:
        post(Posting.Kind.WORKS_DONE, [Line(Book.ADVANCES, left), Line(Book.WORKS, -left)], by=by, at=at, charge=charge)
    facts = {"charge": charge.reference, "case": charge.case_id, "amount": left}
    move(charge, CHARGE, "earn" if left else "refund", by=by, at=at, fields={"ended_at": at}, **facts)
    return charge
