"""The end of a supply relation, seen from the money: nothing may be owed either way."""

from datetime import datetime

from django.db import transaction

import accounts.operations
from accounts.actors import Actor
from accounts.models import Account

from ..bill_refusals import BillStillOpen
from ..models import Bill, Reversal
from ..queries.purchases import unwritten
from ..refusals import StillUnwritten, WaitingReversal
from ..states import BillStatus


@transaction.atomic
def close_account(*, account: Account, by: Actor, at: datetime) -> Account:
    """Close an account for good. The customer keeps reading it in the cabinet.

    Raises StillUnwritten while volume is paid or credited and not known to be on a card, WaitingReversal while a wish to
    take a purchase back is open, BillStillOpen while a bill is to be paid, and what ``accounts.operations.close_account`` raises.
    """
    # The lock a sale takes too: none can come between the look and the closing.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    waiting = unwritten(account).first()
    if waiting is not None:
        raise StillUnwritten(waiting.reference)
    asked = Reversal.objects.filter(top_up__account=account, status__in=[Reversal.Status.ASKED, Reversal.Status.APPROVED])
    reversal = asked.select_related("top_up").first()
    if reversal is not None:
        raise WaitingReversal(reversal.top_up.reference)
    bill = Bill.objects.filter(account=account, status=BillStatus.OPEN).order_by("month").first()
    if bill is not None:
        raise BillStillOpen(bill.number)
    return accounts.operations.close_account(account=account, by=by, at=at)
