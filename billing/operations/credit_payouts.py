"""Credit of an account that is paid out: one person asks, another approves and orders the transfer at our bank.

Credit is owed to the customer and lowers the next bill; where no bill will come (the account has ended, the meter is paid in advance) it
would lie here for ever. Nothing is booked before the second person has the bank's number of the transfer.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import notices.operations
from accounts.actors import Actor
from accounts.models import Account
from casework.operations import Step, move, open_timeline

from .. import permissions, references, wording
from ..credit_states import CREDIT_PAYOUT
from ..models import Book, CreditPayout, Posting
from ..queries.ledger import credit_of
from ..refusals import Refused
from .ledger import Line, post
from .payment_letters import ours


class NotSoMuchCredit(Refused):
    """The account has less."""

    code = "not_so_much_credit"

    def __init__(self, credit: int) -> None:
        self.credit = credit
        super().__init__(_("The account has a credit of %(amount)s.") % {"amount": wording.money(credit)})


class PayoutWaiting(Refused):
    """Somebody has asked, and it is not decided."""

    code = "payout_waiting"

    def __init__(self) -> None:
        super().__init__(_("Paying out credit of this account is asked for already. It is decided first."))


class SlipMissing(Refused):
    """What was ordered at the bank has a number there."""

    code = "slip_missing"

    def __init__(self) -> None:
        super().__init__(_("Order the transfer at the bank first, and enter its number."))


@transaction.atomic
def ask_payout(*, account: Account, amount: int = 0, because: str, by: Actor, at: datetime) -> CreditPayout:
    """Wish to pay out credit (minor units; 0: all of it). Raises Forbidden, PayoutWaiting, NotSoMuchCredit."""
    permissions.check_may_ask_refund(by, at=at)
    # The lock under which bills use credit up.
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    amount = amount or credit_of(account)
    _check_credit(account, amount)
    try:
        with transaction.atomic():
            return CreditPayout.objects.create(
                reference=references.new_reference("G"),
                account=account,
                amount=amount,
                because=CreditPayout.Because(because),
                asked_by=by.actor_label,
                asked_at=at,
                timeline=open_timeline(kind=CREDIT_PAYOUT.kind, steps=[_asked(account, amount, because)], by=by, at=at),
            )
    except IntegrityError:
        raise PayoutWaiting from None


def _asked(account: Account, amount: int, because: str) -> Step:
    return Step("credit_payout.ask", {"account": account.number, "amount": amount, "because": because})


def _check_credit(account: Account, amount: int) -> None:
    credit = credit_of(account)
    if not 0 < amount <= credit:
        raise NotSoMuchCredit(max(credit, 0))


@transaction.atomic
def approve_payout(*, payout: CreditPayout, slip: str, by: Actor, at: datetime) -> CreditPayout:
    """The transfer is ordered, under this number of the bank: the credit is gone, and the customer hears so.

    Raises OwnReversal for whoever asked, AboveYourLevel, Forbidden, SlipMissing, WrongMove when it is decided; NotSoMuchCredit where a
    bill used it up meanwhile: then nothing was decided either.
    """
    permissions.check_may_decide_payout(by, payout, at=at)
    if not slip.strip():
        raise SlipMissing
    account = Account.objects.select_for_update(no_key=True, of=("self",)).select_related("customer").get(pk=payout.account_id)
    if payout.is_waiting:
        _check_credit(account, payout.amount)
    lines = [Line(Book.CREDIT, payout.amount, account=account), Line(Book.BANK, -payout.amount, account=account)]
    posting = post(Posting.Kind.PAID_OUT, lines, by=by, at=at)
    fields = {"decided_by": by.actor_label, "decided_at": at, "slip": slip.strip(), "posting": posting}
    move(payout, CREDIT_PAYOUT, "approve", by=by, at=at, fields=fields, amount=payout.amount)
    context = {**ours(), "account": account.number, "amount": payout.amount}
    key = f"credit_payout:{payout.reference}"
    notices.operations.owe_to_customer(kind="credit_paid_out", key=key, customer=account.customer, context=context, at=at)
    return payout


@transaction.atomic
def refuse_payout(*, payout: CreditPayout, by: Actor, at: datetime) -> CreditPayout:
    """The credit stays. Raises OwnReversal for whoever asked, AboveYourLevel, Forbidden, WrongMove when it is decided."""
    permissions.check_may_decide_payout(by, payout, at=at)
    move(payout, CREDIT_PAYOUT, "refuse", by=by, at=at, fields={"decided_by": by.actor_label, "decided_at": at})
    return payout
