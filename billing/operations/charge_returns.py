"""Money of a charge goes back, whole or in part: asked, approved by the levels of every refund, then out of a till or the way it came."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor, System
from casework.operations import Step, move, open_timeline

from .. import permissions, references
from ..approval_levels import Level
from ..charge_refusals import ChargeNotPaid, ReturnNotApproved, ReturnUnderWay, TooMuchOfCharge
from ..charge_states import CHARGE_RETURN, ChargeReturnStatus
from ..models import Book, Charge, ChargeReceipt, ChargeReturn, Payment, Posting, ProviderPayment, Shift
from ..queries.charges import UNDER_WAY, money_of, returned_so_far
from ..queries.provider_books import is_online
from ..queries.shifts import BOOK_OF_METHOD, expected_cash
from ..refusals import TillTooLow
from ..states import AssignmentStatus
from .charge_receipts import issue_red_charge_receipt
from .charges import hold_charge
from .holding import check_shift
from .ledger import Line, post
from .refunds import give_back_charge

_POLICY = System("policy")


@transaction.atomic
def ask_charge_return(*, charge: Charge, amount: int, cause: str, by: Actor, at: datetime) -> ChargeReturn:
    """Wish to give money of a charge back (minor units). Small ones the rule itself approves; what came in online then goes at once.

    Whose room the case is of says who may ask. Raises ChargeNotPaid, ReturnUnderWay, TooMuchOfCharge.
    """
    charge = hold_charge(charge)
    if not charge.is_paid:
        raise ChargeNotPaid(charge.get_status_display())
    waiting = charge.returns.filter(status__in=UNDER_WAY).first()
    if waiting is not None:
        raise ReturnUnderWay(waiting.reference)
    if not 0 < amount <= money_of(charge).held:
        raise TooMuchOfCharge
    # Many small parts are one large sum.
    is_small = permissions.level_for(amount + returned_so_far(charge), cause) is Level.RULE
    reference = references.new_reference("W")
    facts = {"reference": reference, "charge": charge.reference, "case": charge.case_id, "amount": amount, "cause": cause}
    asked = ChargeReturn.objects.create(
        reference=reference,
        charge=charge,
        amount=amount,
        cause=ChargeReturn.Cause(cause),
        asked_by=by.actor_label,
        asked_at=at,
        timeline=open_timeline(kind="charge_return", steps=[Step("charge_return.ask", facts)], by=by, at=at),
    )
    if is_small:
        _approve(asked, _POLICY, at)
    return asked


@transaction.atomic
def decide_charge_return(*, asked: ChargeReturn, approve: bool, by: Actor, at: datetime) -> ChargeReturn:
    """Approve or refuse; what came in online goes back at once. Raises OwnReversal, AboveYourLevel, Forbidden, WrongMove."""
    permissions.check_may_decide_charge_return(by, asked, at=at)
    if approve:
        _approve(asked, by, at)
    else:
        decided = {"decided_by": by.actor_label, "decided_at": at}
        move(asked, CHARGE_RETURN, "refuse", by=by, at=at, fields=decided, case=asked.charge.case_id)
    return asked


def _approve(asked: ChargeReturn, by: Actor, at: datetime) -> None:
    charge = hold_charge(asked.charge)
    decided = {"decided_by": by.actor_label, "decided_at": at}
    move(asked, CHARGE_RETURN, "approve", by=by, at=at, fields=decided, case=charge.case_id)
    asked.charge = charge
    if is_online(charge.paid_by):
        payment = _paid_by(charge)  # before the number of the receipt, for which everybody waits
        _book(asked, Line(Book.HELD, -asked.amount), by, at)
        give_back_charge(payment=payment, charge_return=asked, by=by, at=at)


def _paid_by(charge: Charge) -> ProviderPayment:
    """Its order's own, or one that two people assigned to it."""
    own = Q(checkout__charge=charge, use=ProviderPayment.Use.CREDITED)
    assigned = Q(assignments__charge=charge, assignments__status=AssignmentStatus.DONE)
    found = ProviderPayment.objects.filter(own | assigned).values("pk")[:1]
    return ProviderPayment.objects.select_for_update(no_key=True).get(pk=found)


@transaction.atomic
def pay_out_charge_return(*, asked: ChargeReturn, shift: Shift, by: Actor, at: datetime) -> ChargeReceipt:
    """Give the money back out of this till, the way it came in, with a receipt in red. Done before, it gives the same receipt.

    Raises ReturnNotApproved, ClosedShift, NotYourShift, TillTooLow, Forbidden.
    """
    permissions.check_may_pay_out_charge_return(by, at=at)
    till, charge = check_shift(shift, by=by), hold_charge(asked.charge)
    asked = ChargeReturn.objects.select_for_update(no_key=True, of=("self",)).select_related("timeline").get(pk=asked.pk)
    asked.charge = charge
    if asked.status == ChargeReturnStatus.DONE:
        return asked.receipt
    if not asked.is_payable:
        raise ReturnNotApproved(asked.get_status_display())
    if charge.paid_by == Payment.Method.CASH and (there := expected_cash(till)) < asked.amount:
        raise TillTooLow(there)
    return _book(asked, Line(BOOK_OF_METHOD[charge.paid_by], -asked.amount, shift=till), by, at)


def _book(asked: ChargeReturn, out_of: Line, by: Actor, at: datetime) -> ChargeReceipt:
    charge, amount = asked.charge, asked.amount
    post(Posting.Kind.CHARGE_BACK, [Line(Book.ADVANCES, amount), out_of], by=by, at=at, charge=charge)
    facts = {"charge": charge.reference, "case": charge.case_id, "amount": amount, "book": out_of.book.value}
    move(asked, CHARGE_RETURN, "carry_out", by=by, at=at, fields={"done_at": at}, **facts)
    return issue_red_charge_receipt(charge_return=asked, by=by, at=at, shift=out_of.shift)
