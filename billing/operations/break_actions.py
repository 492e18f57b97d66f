"""Settle a break: asked by one person, approved by another; or handed on to what has approvals of its own.

Note [Who answers for what]
    Writing off, saying that nothing is missing, and taking a payment into our books that only a file handed in by a person tells of,
    need somebody with the right to approve, and never the one who asked. A refund, a purchase taken back and held money that is used
    are asked for here and decided where they always are. A recharge that is sent to its meter once more moves no money.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

import billing.operations.held_money
import billing.operations.meter_commands
import billing.operations.refunds
import billing.operations.reversals
from accounts.actors import Actor
from casework.operations import Step, amend, move

from .. import permissions
from ..break_refusals import NotThisWay
from ..break_remedies import needs_approval, remedies
from ..models import Book, Break, MeterCommand, Posting, ProviderPayment, Refund, Reversal, StatementLine
from ..providers.protocol import Heard
from ..queries.held_money import find_target, left_of
from ..queries.provider_books import book_of
from ..refusals import ReasonMissing
from ..states import BREAK, BreakStatus, CommandStatus, RefundStatus
from .breaks import BY, settle
from .ledger import Line, post
from .provider_payments import take


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants done, and why. ``target`` and ``because`` for money that is to be used: for what, and how we know."""

    action: Break.Action
    note: str = ""
    target: str = ""
    because: str = ""


@transaction.atomic
def act(*, found: Break, wish: Wish, by: Actor, at: datetime) -> Break:
    """Ask for approval, or begin what has its own.

    Raises Forbidden, NotThisWay, ReasonMissing, TargetNotFound and what refunds, reversals, assignments and commands raise; WrongMove,
    StaleRow.
    """
    permissions.check_may_reconcile(by, at=at)
    found = _held(found)
    if wish.action not in remedies(found):
        raise NotThisWay
    if wish.action in {Break.Action.WRITE_OFF, Break.Action.EXPLAIN} and not wish.note.strip():
        raise ReasonMissing
    said = {"action": wish.action, "note": wish.note.strip(), "asked_by": by.actor_label, "asked_at": at}
    said |= {"decided_by": "", "decided_at": None}
    if needs_approval(found, wish.action):
        move(found, BREAK, "ask", by=by, at=at, fields=said, action=wish.action.value)
        return found
    began = _begin(found, wish, by=by, at=at)
    move(found, BREAK, "begin", by=by, at=at, fields={**said, **began}, action=wish.action.value)
    return found


def _begin(found: Break, wish: Wish, *, by: Actor, at: datetime) -> dict[str, object]:
    """Start what is decided elsewhere; what is to be remembered of it."""
    if wish.action is Break.Action.DELIVER:
        command = MeterCommand.objects.filter(top_up=found.top_up_id, status=CommandStatus.EXPIRED).order_by("-pk").first()
        if command is None:
            raise NotThisWay
        billing.operations.meter_commands.requeue(command=command, by=BY, at=at)
        return {}
    if found.top_up is not None:
        reason = wish.note or str(found.get_kind_display())
        cause = Reversal.Cause.NOT_DELIVERED
        billing.operations.reversals.ask_reversal(top_up=found.top_up, cause=cause, reason=reason[:200], by=by, at=at)
        return {}
    assert found.payment is not None
    if wish.action is Break.Action.ASSIGN:
        target, left = find_target(wish.target), left_of(found.payment)
        amount = left if target.costs is None else target.costs
        billing.operations.held_money.ask_assignment(
            payment=found.payment, target=target, amount=amount, because=wish.because, by=by, at=at
        )
        return {}
    left, reason = left_of(found.payment), Refund.Reason.UNCLAIMED
    return {"refund": billing.operations.refunds.ask_refund(payment=found.payment, amount=left, reason=reason, by=by, at=at)}


@transaction.atomic
def decide(*, found: Break, approve: bool, by: Actor, at: datetime) -> Break:
    """Approve what was asked, and carry it out; or refuse, and it is open again.

    Raises OwnReversal for whoever asked, Forbidden, WrongMove, StaleRow.
    """
    found = _held(found)
    permissions.check_may_decide_break(by, found, at=at)
    decided = {"decided_by": by.actor_label, "decided_at": at}
    if not approve:
        move(found, BREAK, "refuse", by=by, at=at, fields=decided, action=found.action)
        return found
    move(found, BREAK, "approve", by=by, at=at, fields=decided, action=found.action)
    if found.action == Break.Action.DELIVER:
        book_payment(found, by=by, at=at)
    elif found.action == Break.Action.WRITE_OFF:
        # Gas that was given away is a loss of gas: no book ever held money for it.
        posting = None if found.kind == Break.Kind.TAKEN_BACK else _write_off(found, by=by, at=at)
        settle(found, because="written_off", posting=posting, by=by, at=at)
    else:
        settle(found, because="explained", by=by, at=at)
    return found


def take_in(*, found: Break, line: StatementLine | None, at: datetime) -> None:
    """A payment that the provider itself told us of, in a bill that we fetched: into our books at once, in the caller's transaction.

    Where a person had asked for it, that is the approval.
    """
    fields: dict[str, object] = {"action": Break.Action.DELIVER, "line": line}
    verb = "begin"
    if found.status == BreakStatus.ASKED:
        verb, fields = "approve", {**fields, "decided_by": BY.actor_label, "decided_at": at}
    move(found, BREAK, verb, by=BY, at=at, fields=fields, action=Break.Action.DELIVER.value)
    book_payment(found, by=BY, at=at)


def book_payment(found: Break, *, by: Actor, at: datetime) -> None:
    """Through the one door for money: credited, it is settled; held for a plain reason, it goes back by itself; else a person looks."""
    line = found.line
    assert line is not None
    numbers = {"transaction": line.transaction, "order_number": line.order_number}
    heard = Heard(**numbers, amount=line.amount, currency=settings.CURRENCY, paid_at=line.at)
    way = ProviderPayment.HeardBy.STATEMENT
    payment = take(provider=line.provider, heard=heard, heard_by=way, by=by, at=at)
    top_up = payment.checkout.top_up if payment.checkout else None
    if payment.use == ProviderPayment.Use.CREDITED:
        settle(found, because="delivered", payment=payment, top_up=top_up, by=by, at=at)
    else:
        back = payment.refunds.exclude(status=RefundStatus.REFUSED).order_by("-pk").first()
        columns: dict[str, object] = {"payment": payment, "refund": back}
        columns |= {"action": Break.Action.REFUND} if back else {}
        amend(found, fields=columns, steps=[Step("break.money_held", {"payment": payment.pk})], by=BY, at=at)
        if back is None:
            move(found, BREAK, "come_back", by=BY, at=at)


def _write_off(found: Break, *, by: Actor, at: datetime) -> Posting:
    """What our book of the provider says too much is a loss; what it says too little, a gain."""
    lines = [Line(book_of(found.provider), -found.gap), Line(Book.WRITTEN_OFF, found.gap)]
    return post(Posting.Kind.WRITE_OFF, lines, by=by, at=at)


def _held(found: Break) -> Break:
    rows = Break.objects.select_for_update(no_key=True, of=("self",)).select_related("line", "payment__checkout", "refund", "top_up__meter")
    held = rows.get(pk=found.pk)
    held.version = found.version
    return held
