"""Take a purchase back: asked with a reason, approved by somebody else, the card first and the money after it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor, System
from casework.operations import Step, move, record

from .. import permissions
from ..approval_levels import Level
from ..card_rules import Operation
from ..devices.cards import CardImage
from ..models import Book, CardWrite, MeterCommand, Payment, Posting, Reversal, Shift, TopUp
from ..queries.loads import load_of
from ..queries.provider_books import is_online
from ..queries.shifts import BOOK_OF_METHOD, expected_cash
from ..queries.writes import open_writes
from ..refusals import (
    AlreadyAsked,
    CardBusy,
    CardFirst,
    ClosedShift,
    NotApproved,
    NotOnCard,
    NotReversible,
    ReasonMissing,
    TillTooLow,
)
from ..states import REVERSAL, TOP_UP, CommandStatus, TopUpStatus
from .card_writes import card_in_use, check_is_this_card, new_write
from .holding import check_shift
from .ledger import Line, post
from .meter_commands import check_may_give_back, release_for_refund, send_after_all
from .receipts import issue_red_letter
from .refunds import give_back_purchase

_OPEN = (Reversal.Status.ASKED, Reversal.Status.APPROVED, Reversal.Status.DONE)


@transaction.atomic
def ask_reversal(*, top_up: TopUp, cause: str = Reversal.Cause.CHANGED_MIND, reason: str, by: Actor, at: datetime) -> Reversal:
    """Wish to take a purchase back, with the kind of reason and the clerk's own words. Small ones the rule itself approves.

    Raises ReasonMissing, CardBusy while nobody knows what is on the card, NotReversible, AlreadyAsked; of a connected meter
    InTheMeter, MeterMayHaveIt.
    """
    if not reason.strip():
        raise ReasonMissing
    top_up = TopUp.objects.select_for_update(no_key=True).get(pk=top_up.pk)
    _check_reversible(top_up)
    _check_not_written_again(top_up)
    for command in MeterCommand.objects.filter(top_up=top_up).exclude(status=CommandStatus.WITHDRAWN):
        check_may_give_back(command)
    if top_up.reversals.filter(status__in=_OPEN).exists():
        raise AlreadyAsked
    is_small = permissions.level_for(top_up.amount, cause) is Level.RULE
    reversal = Reversal.objects.create(
        top_up=top_up,
        status=Reversal.Status.APPROVED if is_small else Reversal.Status.ASKED,
        cause=Reversal.Cause(cause),
        reason=reason.strip(),
        asked_by=by.actor_label,
        asked_at=at,
        decided_by=System("policy").actor_label if is_small else "",
        decided_at=at if is_small else None,
    )
    _record(top_up, "reversal.ask", by, at)
    return reversal


def _check_reversible(top_up: TopUp) -> None:
    if top_up.is_unsure:
        raise CardBusy(top_up.reference)
    is_ours = top_up.kind == TopUp.Kind.PURCHASE and Payment.objects.filter(top_up=top_up).exists()
    if not is_ours or top_up.status == TopUpStatus.REVERSED:
        raise NotReversible(top_up.reference)


def _check_not_written_again(top_up: TopUp) -> None:
    """Lost gas stands on the card under the counter of its purchase: taking that off would pay for gas the meter may have."""
    again = TopUp.objects.filter(account=top_up.account_id, meter=top_up.meter_id, kind=TopUp.Kind.LOST_GAS)
    if top_up.status == TopUpStatus.WRITTEN and again.filter(Q(counter=top_up.counter) | Q(counter__isnull=True)).exists():
        raise NotReversible(top_up.reference)


@transaction.atomic
def decide_reversal(*, reversal: Reversal, approve: bool, by: Actor, at: datetime) -> Reversal:
    """Approve or refuse; refused, what waited for this decision goes to its meter.

    Raises OwnReversal for whoever asked, AboveYourLevel, Forbidden, WrongMove when it is already decided.
    """
    permissions.check_may_decide_reversal(by, reversal, at=at)
    verb = "approve" if approve else "refuse"
    move(reversal, REVERSAL, verb, by=by, at=at, fields={"decided_by": by.actor_label, "decided_at": at})
    if not approve:
        send_after_all(top_up=TopUp.objects.select_for_update(no_key=True).get(pk=reversal.top_up_id), by=by, at=at)
    return reversal


@transaction.atomic
def begin_reversal(*, reversal: Reversal, shift: Shift, seen: CardImage, by: Actor, at: datetime) -> CardWrite:
    """Note that the volume is about to be taken off the card; ``finish_write`` afterwards, as for an order.

    Only while this order is what the card carries, and this till can give the money back. Raises NotApproved, NotOnCard,
    NotReversible, CardBusy, WrongCard, WrongCounter, ClosedShift, NotYourShift, TillTooLow.
    """
    _check_approved(reversal)
    top_up = TopUp.objects.select_related("account", "meter", "payment").get(pk=reversal.top_up_id)
    top_up.card = card = card_in_use(top_up)
    _check_can_pay(top_up, check_shift(shift, by=by))
    _check_not_written_again(top_up)
    if open_writes(card).exists():
        raise CardBusy(top_up.reference)
    check_is_this_card(card, seen)
    load = load_of(top_up)
    held, bought = (seen.money, load.money) if load.prices else (seen.litres, top_up.litres)
    is_last = top_up.status == TopUpStatus.WRITTEN and seen.counter == top_up.counter and card.meter_id == top_up.meter_id
    if not is_last or held != bought:
        raise NotOnCard
    return new_write(top_up, seen, Operation.CANCEL, by=by, at=at)


@transaction.atomic
def carry_out_reversal(*, reversal: Reversal, shift: Shift | None, by: Actor, at: datetime) -> Reversal:
    """Give the money back out of this till, with a red-letter receipt, once the volume is off the card.

    An order that never reached a card needs none. What was paid online goes back the way it came (refunds.py), without a till.
    Raises NotApproved, CardFirst, CardBusy, NotReversible, ClosedShift, NotYourShift, TillTooLow, InTheMeter, MeterMayHaveIt.
    """
    release_for_refund(top_up=reversal.top_up_id, by=by, at=at)
    till = None if is_online(reversal.top_up.payment.method) else _till(shift, by)
    reversal = Reversal.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up__account").get(pk=reversal.pk)
    _check_approved(reversal)
    top_up = TopUp.objects.select_for_update(no_key=True, of=("self",)).select_related("account", "payment").get(pk=reversal.top_up_id)
    _check_reversible(top_up)
    if top_up.status == TopUpStatus.WRITTEN:
        raise CardFirst
    if top_up.status == TopUpStatus.RESERVED:
        move(top_up, TOP_UP, "release", by=by, at=at)
    if till is None:
        give_back_purchase(top_up=top_up, reversal=reversal, by=by, at=at)
    else:
        _give_back(top_up, till, by, at)
    for receipt in top_up.receipts.filter(corrects__isnull=True):
        issue_red_letter(receipt=receipt, by=by, at=at, shift=till)
    move(top_up, TOP_UP, "reverse", by=by, at=at, amount=top_up.amount)
    move(reversal, REVERSAL, "carry_out", by=by, at=at, fields={"done_at": at})
    return reversal


def _till(shift: Shift | None, by: Actor) -> Shift:
    if shift is None:
        raise ClosedShift
    return check_shift(shift, by=by)


def _check_approved(reversal: Reversal) -> None:
    if reversal.status != Reversal.Status.APPROVED:
        raise NotApproved(reversal.get_status_display())


def _give_back(top_up: TopUp, shift: Shift, by: Actor, at: datetime) -> None:
    """The mirror of the payment, out of this till and the same way it came in."""
    amount = top_up.amount
    if not amount:
        return
    _check_can_pay(top_up, shift)
    paid = top_up.postings.get(kind=Posting.Kind.PAYMENT)
    # Cash that went into a kiosk comes back over a counter.
    book = Book.CASH if top_up.payment.method == Payment.Method.KIOSK_CASH else BOOK_OF_METHOD[top_up.payment.method]
    out_of = Line(book, -amount, shift=shift)
    owed = Line(Book.PREPAID, amount, account=top_up.account)
    post(Posting.Kind.REFUND, [owed, out_of], by=by, at=at, top_up=top_up, reverses=paid)


def _check_can_pay(top_up: TopUp, shift: Shift) -> None:
    is_cash = top_up.payment.method in {Payment.Method.CASH, Payment.Method.KIOSK_CASH}
    if is_cash and (held := expected_cash(shift)) < top_up.amount:
        raise TillTooLow(held)


def _record(top_up: TopUp, verb: str, by: Actor, at: datetime) -> None:
    if top_up.timeline_id is not None:
        record(timeline_id=top_up.timeline_id, steps=[Step(verb, {"reference": top_up.reference})], by=by, at=at)
