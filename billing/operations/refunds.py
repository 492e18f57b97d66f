"""Money that goes back through the provider it came from: decided here, sent after the commit, tried until it is there or surely fails.

Note [Held until it is gone]
    From the decision on, the money stands in HELD: it is nobody's but the customer's. It leaves the provider's book when the
    provider says that it went, and not before. A purchase that is taken back moves its money from PREPAID to HELD.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.clock import in_business_time
from casework.operations import Step, move, open_timeline
from casework.retries import TRIES, pause_after

from .. import permissions, providers, references
from ..approval_levels import Level
from ..models import Book, ChargeReturn, Posting, Provider, ProviderPayment, Refund, Reversal, TopUp
from ..providers.protocol import MoneyBack, ProviderDown, ProviderRefused, RefundHeard, RefundState
from ..queries.held_money import asked_back, left_of, still_held
from ..queries.provider_books import book_of
from ..refusals import Refused
from ..states import REFUND, AssignmentStatus, RefundStatus
from .ledger import Line, post

log = logging.getLogger(__name__)

_BY = System("payments")
_POLICY = System("policy")
_REASONS = {
    ProviderPayment.HeldBecause.TWICE: Refund.Reason.TWICE,
    ProviderPayment.HeldBecause.CANCELLED: Refund.Reason.CHANGED_MIND,
    ProviderPayment.HeldBecause.AMOUNT: Refund.Reason.WRONG,
    ProviderPayment.HeldBecause.NOT_DELIVERABLE: Refund.Reason.NOT_DELIVERED,
}


class TooMuchBack(Refused):
    """More than is left of the payment."""

    code = "too_much_back"

    def __init__(self) -> None:
        super().__init__(_("So much is not left of this payment."))


class NotHeld(Refused):
    """The payment was used: its purchase must be taken back first."""

    code = "not_held"

    def __init__(self) -> None:
        super().__init__(_("This payment was used for a purchase. Take the purchase back; the money then goes back by itself."))


def give_back_held(*, payment: ProviderPayment, by: Actor, at: datetime) -> Refund | None:
    """Order held money back where the reason is plain, in the caller's transaction; None where a person must look."""
    reason = _REASONS.get(ProviderPayment.HeldBecause(payment.held_because))
    return None if reason is None else _new(payment, payment.amount, reason, by=by, at=at)


@transaction.atomic
def ask_refund(*, payment: ProviderPayment, amount: int, reason: str, by: Actor, at: datetime) -> Refund:
    """Wish to give held money back, whole or in part (minor units). Raises NotHeld, TooMuchBack, Forbidden."""
    permissions.check_may_ask_refund(by, at=at)
    payment = ProviderPayment.objects.select_for_update(no_key=True).get(pk=payment.pk)
    if payment.use != ProviderPayment.Use.HELD:
        raise NotHeld
    if not 0 < amount <= left_of(payment):
        raise TooMuchBack
    return _new(payment, amount, Refund.Reason(reason), by=by, at=at)


def give_back_purchase(*, top_up: TopUp, reversal: Reversal, by: Actor, at: datetime) -> Refund:
    """Order the money of a purchase back that was taken back with approval, in the caller's transaction."""
    payment = _paid_by(top_up)
    paid = top_up.postings.get(kind=Posting.Kind.PAYMENT)
    lines = [Line(Book.PREPAID, top_up.amount, account=top_up.account), Line(Book.HELD, -top_up.amount, account=top_up.account)]
    post(Posting.Kind.REFUND, lines, by=by, at=at, top_up=top_up, reverses=paid)
    return _new(payment, top_up.amount, Refund.Reason(reversal.cause), wish=reversal, by=by, at=at)


def give_back_charge(*, payment: ProviderPayment, charge_return: ChargeReturn, by: Actor, at: datetime) -> Refund:
    """Order money of a charge back, as was approved and booked into HELD, in the caller's transaction, which holds the payment."""
    return _new(payment, charge_return.amount, Refund.Reason(charge_return.cause), wish=charge_return, by=by, at=at)


def _paid_by(top_up: TopUp) -> ProviderPayment:
    """The payment at a provider that a purchase was made of, held: its order's own, or one that was assigned to it."""
    own = Q(checkout__top_up=top_up, use=ProviderPayment.Use.CREDITED)
    assigned = Q(assignments__checkout__top_up=top_up, assignments__status=AssignmentStatus.DONE)
    found = ProviderPayment.objects.filter(own | assigned).values("pk")[:1]
    return ProviderPayment.objects.select_for_update(no_key=True).get(pk=found)


type Wish = Reversal | ChargeReturn


def _new(payment: ProviderPayment, amount: int, reason: Refund.Reason, *, wish: Wish | None = None, by: Actor, at: datetime) -> Refund:
    # Many small parts are one large sum.
    is_decided = wish is not None or permissions.level_for(amount + asked_back(payment), reason) is Level.RULE
    decider = wish.decided_by if wish else _POLICY.actor_label
    asked = Step("refund.ask", {"amount": amount, "reason": reason.value, "provider": payment.provider})
    return Refund.objects.create(
        reference=references.new_reference("R"),
        payment=payment,
        reversal=wish if isinstance(wish, Reversal) else None,
        charge_return=wish if isinstance(wish, ChargeReturn) else None,
        amount=amount,
        reason=reason,
        status=RefundStatus.APPROVED if is_decided else RefundStatus.ASKED,
        asked_by=by.actor_label,
        asked_at=at,
        decided_by=decider if is_decided else "",
        decided_at=at if is_decided else None,
        try_at=_first_try(payment, at) if is_decided else None,
        timeline=open_timeline(kind="refund", steps=[asked], by=by, at=at),
    )


def _first_try(payment: ProviderPayment, at: datetime) -> datetime | None:
    """A transfer back is ordered at the bank by a person (transfers_back.py)."""
    return None if payment.provider == Provider.BANK else at


@transaction.atomic
def decide_refund(*, refund: Refund, approve: bool, by: Actor, at: datetime) -> Refund:
    """Approve or refuse. Raises OwnReversal for whoever asked, Forbidden, WrongMove when it is already decided."""
    permissions.check_may_decide_refund(by, refund, at=at)
    decided = {"decided_by": by.actor_label, "decided_at": at}
    if approve:
        move(refund, REFUND, "approve", by=by, at=at, fields={**decided, "try_at": _first_try(refund.payment, at)})
    else:
        move(refund, REFUND, "refuse", by=by, at=at, fields={**decided, "ended_at": at})
    return refund


@transaction.atomic
def retry(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """Try once more what failed. Raises Forbidden, WrongMove."""
    permissions.check_may_decide_refund(by, refund, at=at)
    move(refund, REFUND, "retry", by=by, at=at, fields={"try_at": _first_try(refund.payment, at), "tries": 0, "ended_at": None})
    return refund


def send_due(*, at: datetime, limit: int = 10) -> int:
    """Send what is approved, and ask about what is on its way; how many were tried. Over the network, outside of transactions."""
    claimed = _claim(at, limit)
    for refund in claimed:
        try:
            _settle(refund, _ask_provider(refund), at)
        except (ProviderDown, providers.NotOffered) as fault:
            log.warning("refund not sent", extra={"refund": refund.pk, "fault": type(fault).__name__})
            if refund.tries >= TRIES:
                note_outcome(reference=refund.reference, state=RefundState.FAILED, by=_BY, at=at)
        except ProviderRefused as refusal:
            log.warning("refund refused by the provider", extra={"refund": refund.pk, "code": refusal.code})
            note_outcome(reference=refund.reference, state=RefundState.FAILED, by=_BY, at=at)
    return len(claimed)


@transaction.atomic
def _claim(at: datetime, limit: int) -> list[Refund]:
    """Booked before it is made; its number at the provider makes a second try harmless."""
    due = Refund.objects.filter(try_at__lte=at).order_by("try_at", "pk")
    rows = list(due.select_for_update(skip_locked=True, no_key=True, of=("self",)).select_related("payment")[:limit])
    for refund in rows:
        refund.tries += 1
        refund.try_at = at + pause_after(refund.tries)
        refund.save(update_fields=["tries", "try_at"])
    return rows


def _ask_provider(refund: Refund) -> RefundState:
    provider, back = providers.provider(refund.payment.provider), back_of(refund)
    state = provider.ask_refund(back) if refund.status == RefundStatus.SENT else RefundState.UNKNOWN
    return provider.refund(back) if state is RefundState.UNKNOWN else state


def back_of(refund: Refund) -> MoneyBack:
    """As a provider is told of it."""
    payment = refund.payment
    return MoneyBack(
        reference=refund.reference,
        transaction=payment.transaction,
        order_number=payment.order_number,
        amount=refund.amount,
        total=payment.amount,
    )


def _settle(refund: Refund, state: RefundState, at: datetime) -> None:
    if state is RefundState.UNDER_WAY and refund.status == RefundStatus.APPROVED:
        _note_sent(refund, at)
    elif state in {RefundState.DONE, RefundState.FAILED}:
        note_outcome(reference=refund.reference, state=state, by=_BY, at=at)


@transaction.atomic
def _note_sent(refund: Refund, at: datetime) -> None:
    held = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
    if held.status == RefundStatus.APPROVED:  # the callback may have been faster
        move(held, REFUND, "send", by=_BY, at=at, fields={"tries": 0, "try_at": at + in_business_time(pause_after(1))})


@transaction.atomic
def note_outcome(*, reference: str, state: RefundState, by: Actor, at: datetime) -> Refund | None:
    """What a provider says of a refund, by callback or when asked. Said again, it changes nothing; None for a number that is not ours."""
    rows = Refund.objects.select_for_update(no_key=True, of=("self",))
    refund = rows.select_related("payment__checkout__account", "reversal__top_up__account").filter(reference=reference).first()
    if refund is None or state not in {RefundState.DONE, RefundState.FAILED}:
        return refund
    verb = "confirm" if state is RefundState.DONE else "fail"
    if REFUND.find(verb, refund.status) is None:
        return refund
    facts = {"amount": refund.amount, "provider": refund.payment.provider}
    move(refund, REFUND, verb, by=by, at=at, fields={"ended_at": at, "try_at": None}, **facts)
    if verb == "confirm":
        note_gone(refund=refund, by=by, at=at)
    return refund


def note_gone(*, refund: Refund, by: Actor, at: datetime) -> None:
    """The money has left us, in the caller's transaction: out of the provider's book, or of the one it went ``out_of`` instead."""
    payment = refund.payment
    account = payment.checkout.account if payment.checkout else None
    book = book_of(refund.out_of or payment.provider)
    post(Posting.Kind.REFUND, [Line(Book.HELD, refund.amount, account=account), Line(book, -refund.amount, account=account)], by=by, at=at)
    note_used_up(payment=ProviderPayment.objects.select_for_update(no_key=True).get(pk=payment.pk))


def note_used_up(*, payment: ProviderPayment) -> None:
    """Say what became of held money once nothing of it is held any more, in the caller's transaction, which holds the row."""
    if payment.use == ProviderPayment.Use.HELD and not still_held(payment):
        was_used = payment.assignments.filter(status=AssignmentStatus.DONE).exists()
        payment.use = ProviderPayment.Use.ASSIGNED if was_used else ProviderPayment.Use.RETURNED
        payment.save(update_fields=["use"])


def heard_back(*, heard: RefundHeard, by: Actor, at: datetime) -> Refund | None:
    """A callback about a refund."""
    return note_outcome(reference=heard.reference, state=heard.state, by=by, at=at)
