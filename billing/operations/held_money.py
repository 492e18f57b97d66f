"""Held money whose owner was found: used for an order, a bill, a charge, or as credit of an account, when two people agree.

``ask_assignment`` and ``decide_assignment`` are all a caller needs: a page, the API, or whoever compares our books with the
providers'. Giving it back is in refunds.py.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import billing.operations.bills
from accounts.actors import Actor
from accounts.models import Account
from casework.operations import Step, move, open_timeline, record

from .. import permissions, references
from ..bill_refusals import BillNotOpen
from ..charge_refusals import ChargeNotOpen
from ..models import Book, Checkout, HeldAssignment, Posting, ProviderPayment
from ..queries.held_money import Target, left_of
from ..refusals import AccountClosed, Refused
from ..states import ASSIGNMENT, CHECKOUT, AssignmentStatus
from . import paid_orders
from .charges import hold_charge
from .ledger import Line, post
from .refunds import NotHeld, note_used_up


class NotSoMuchHeld(Refused):
    """Less is left of the payment than is wanted of it."""

    code = "not_so_much_held"

    def __init__(self) -> None:
        super().__init__(_("So much of this payment is not held any more."))


class OtherPrice(Refused):
    """Orders, bills and charges are paid whole."""

    code = "other_price"

    def __init__(self) -> None:
        super().__init__(_("This is paid as a whole: take exactly its amount, the rest stays held."))


class NotPayable(Refused):
    """The order is paid, cancelled, or cannot be delivered."""

    code = "not_payable"

    def __init__(self) -> None:
        super().__init__(_("This order cannot be paid any more."))


class AlreadyWished(Refused):
    """Somebody asked before."""

    code = "already_wished"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(_("Somebody has asked for this already: %(reference)s.") % {"reference": reference})


@transaction.atomic
def ask_assignment(*, payment: ProviderPayment, target: Target, amount: int = 0, because: str, by: Actor, at: datetime) -> HeldAssignment:
    """Wish to use held money (minor units; 0: what the target costs, or all that is left for a credit). Nothing is booked yet.

    Raises NotHeld, NotSoMuchHeld, OtherPrice, NotPayable, BillNotOpen, ChargeNotOpen, AccountClosed, AlreadyWished, Forbidden.
    """
    permissions.check_may_ask_assignment(by, at=at)
    payment = ProviderPayment.objects.select_for_update(no_key=True).get(pk=payment.pk)
    if payment.use != ProviderPayment.Use.HELD:
        raise NotHeld
    _check_target(target)
    left = left_of(payment)
    amount = amount or (left if target.costs is None else target.costs)
    if target.costs not in {None, amount}:
        raise OtherPrice
    if not 0 < amount <= left:
        raise NotSoMuchHeld
    try:
        with transaction.atomic():
            return _new(payment, target, amount, because, by=by, at=at)
    except IntegrityError:  # somebody else asked at the same moment, out of another payment
        _check_target(target)
        raise


def _new(payment: ProviderPayment, target: Target, amount: int, because: str, *, by: Actor, at: datetime) -> HeldAssignment:
    facts = {**target.facts, "amount": amount, "provider": payment.provider, "because": because}
    return HeldAssignment.objects.create(
        reference=references.new_reference("H"),
        payment=payment,
        account=target.account,
        checkout=target.checkout,
        bill=target.bill,
        charge=target.charge,
        amount=amount,
        because=HeldAssignment.Because(because),
        asked_by=by.actor_label,
        asked_at=at,
        timeline=open_timeline(kind="held_money", steps=[Step("held_money.ask", facts)], by=by, at=at),
    )


def _check_target(target: Target) -> None:
    if target.checkout is not None and CHECKOUT.find("pay", target.checkout.status) is None:
        raise NotPayable
    if target.bill is not None and not target.bill.is_open:
        raise BillNotOpen(target.bill.get_status_display())
    if target.charge is not None and not target.charge.is_open:
        raise ChargeNotOpen(target.charge.get_status_display())
    if target.account is not None and target.account.status == Account.Status.CLOSED and target.bill is None:
        raise AccountClosed
    if target.costs is None:
        return
    standing = HeldAssignment.objects.exclude(status=AssignmentStatus.REFUSED)
    known = standing.filter(checkout=target.checkout, bill=target.bill, charge=target.charge).first()
    if known is not None:
        raise AlreadyWished(known.reference)


@transaction.atomic
def decide_assignment(*, assignment: HeldAssignment, approve: bool, by: Actor, at: datetime) -> HeldAssignment:
    """Use the money as asked, or leave it held.

    Raises OwnReversal for whoever asked, Forbidden, WrongMove when it is already decided; NotPayable, BillNotOpen, ChargeNotOpen,
    OtherAmount, AccountClosed where something else was faster: then nothing was decided either.
    """
    permissions.check_may_decide_assignment(by, assignment, at=at)
    fields = {"decided_by": by.actor_label, "decided_at": at}
    if not approve:
        move(assignment, ASSIGNMENT, "refuse", by=by, at=at, fields=fields)
        return assignment
    target = _held_target(assignment)
    payment = ProviderPayment.objects.select_for_update(no_key=True).get(pk=assignment.payment_id)
    facts = {**target.facts, "amount": assignment.amount, "provider": payment.provider}
    move(assignment, ASSIGNMENT, "approve", by=by, at=at, fields=fields, **facts)
    _use(assignment, target, payment, by=by, at=at)
    note_used_up(payment=payment)
    return assignment


def _held_target(assignment: HeldAssignment) -> Target:
    """Locked: order and charge before account, as where money comes in."""
    checkout = _held_order(assignment)
    charge = hold_charge(assignment.charge) if assignment.charge else None
    rows = Account.objects.select_for_update(no_key=True)
    account = rows.get(pk=assignment.account_id) if assignment.account_id else None
    return Target(account, checkout=checkout, bill=assignment.bill, charge=charge)


def _use(assignment: HeldAssignment, target: Target, payment: ProviderPayment, *, by: Actor, at: datetime) -> None:
    if target.charge is not None:
        paid_orders.pay_charge_out_of(charge=target.charge, amount=assignment.amount, paid=payment, out_of=Book.HELD, by=by, at=at)
    elif target.bill is not None and target.checkout is None:
        billing.operations.bills.pay(bill=target.bill, amount=assignment.amount, book=Book.HELD, by=by, at=at)
    elif target.account is not None and target.checkout is not None:
        _pay_order(target.checkout, target.account, payment, by=by, at=at)
    elif target.account is not None:
        _credit(assignment, target.account, by=by, at=at)


def _held_order(assignment: HeldAssignment) -> Checkout | None:
    """Locked before its account, as where money comes in."""
    rows = Checkout.objects.select_for_update(no_key=True, of=("self",)).select_related("account__customer", "bill", "timeline")
    return rows.get(pk=assignment.checkout_id) if assignment.checkout_id else None


def _pay_order(checkout: Checkout, account: Account, payment: ProviderPayment, *, by: Actor, at: datetime) -> None:
    if CHECKOUT.find("pay", checkout.status) is None or paid_orders.why_not(checkout, account):
        raise NotPayable
    paid_orders.give(checkout=checkout, paid=payment, out_of=Book.HELD, by=by, at=at)


def _credit(assignment: HeldAssignment, account: Account, *, by: Actor, at: datetime) -> None:
    if account.status == Account.Status.CLOSED:
        raise AccountClosed
    lines = [Line(Book.HELD, assignment.amount, account=account), Line(Book.CREDIT, -assignment.amount, account=account)]
    post(Posting.Kind.ASSIGNED, lines, by=by, at=at)
    facts = {"account": account.number, "amount": assignment.amount}
    record(timeline_id=assignment.timeline_id, steps=[Step("held_money.credited", facts)], by=by, at=at)
