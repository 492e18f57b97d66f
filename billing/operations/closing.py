"""The end of a supply relation, seen from the money: nothing that only an open account can settle may be left.

Credit, and money that is on its way back, is owed to the customer after the closing too, and is paid out then.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

import accounts.operations
from accounts.actors import Actor
from accounts.models import Account

from .. import permissions
from ..bill_refusals import BillStillOpen, FinalBillMissing
from ..models import Bill, HeldAssignment, Reversal
from ..queries.final_bills import is_billed_to_the_end
from ..queries.purchases import unwritten
from ..queries.readings import read_meter
from ..refusals import AssignmentWaiting, Refused, StillUnwritten, WaitingReversal
from ..states import AssignmentStatus, BillStatus


@transaction.atomic
def close_account(*, account: Account, by: Actor, at: datetime) -> Account:
    """Close an account for good. The customer keeps reading it in the cabinet.

    Raises Forbidden, the first of ``obstacles``, and what ``accounts.operations.close_account`` raises.
    """
    permissions.check_may_close_accounts(by, at=at)
    # The lock a sale takes too: none can come between the look and the closing.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    for obstacle in obstacles(account=account):
        raise obstacle
    return accounts.operations.close_account(account=account, by=by, at=at)


def obstacles(*, account: Account) -> Iterator[Refused]:
    """What stands in the way of closing an account, one after the other, as what would be raised.

    StillUnwritten while volume is paid or credited and not known to be on a card, WaitingReversal while a wish to take a purchase
    back is open, FinalBillMissing where a meter is read and gas is not billed up to its last reading, BillStillOpen while a bill is
    to be paid, AssignmentWaiting while held money is asked for it: a closed account takes none.
    """
    waiting = unwritten(account).first()
    if waiting is not None:
        yield StillUnwritten(waiting.reference)
    asked = Reversal.objects.filter(top_up__account=account, status__in=[Reversal.Status.ASKED, Reversal.Status.APPROVED])
    reversal = asked.select_related("top_up").first()
    if reversal is not None:
        yield WaitingReversal(reversal.top_up.reference)
    if read_meter(account) is not None and not is_billed_to_the_end(account):
        yield FinalBillMissing()
    for number in Bill.objects.filter(account=account, status=BillStatus.OPEN).order_by("month").values_list("number", flat=True):
        yield BillStillOpen(number)
    wished = HeldAssignment.objects.filter(account=account, status=AssignmentStatus.ASKED).order_by("pk")
    for reference in wished.values_list("reference", flat=True):
        yield AssignmentWaiting(reference)
