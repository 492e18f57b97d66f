"""The end of an account at a counter: what is still to be settled, the final bill, the closing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import billing.operations.bills
import billing.operations.closing
import billing.queries.final_bills
import billing.queries.ledger
import billing.queries.readings
from accounts.clock import business_now
from accounts.models import Account
from accounts.operations import AccountClosed
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with

from ..bill_refusals import CannotBill
from ..refusals import Refused


@require_safe
@staff_with(Verb.EDIT_CUSTOMERS)
def account_ending(request: MemberRequest, number: str) -> HttpResponse:
    """What stands in the way of closing, in order."""
    account = account_or_404(request.user, number)
    last = billing.queries.final_bills.last_bill(account)
    context = {
        "account": account,
        "obstacles": [str(each) for each in billing.operations.closing.obstacles(account=account)],
        "meter": billing.queries.readings.read_meter(account),
        "final": last if last and last.is_final else None,
        "is_billed": billing.queries.final_bills.is_billed_to_the_end(account),
        "credit": billing.queries.ledger.credit_of(account),
    }
    return render(request, "billing/account_ending.html", context)


@require_POST
@staff_with(Verb.EDIT_CUSTOMERS)
def final_bill_make(request: MemberRequest, number: str) -> HttpResponse:
    """Bill all gas up to the final reading."""

    def make(account: Account) -> str:
        bill = billing.operations.bills.bill_final(account=account, by=request.user, at=business_now())
        return _("Final bill %(number)s is made.") % {"number": bill.number}

    return _act(request, number, make)


@require_POST
@staff_with(Verb.EDIT_CUSTOMERS)
def account_close(request: MemberRequest, number: str) -> HttpResponse:
    """Close the account for good."""

    def close(account: Account) -> str:
        billing.operations.closing.close_account(account=account, by=request.user, at=business_now())
        return _("The account is closed. The customer keeps reading it in the cabinet.")

    return _act(request, number, close)


def _act(request: MemberRequest, number: str, act: Callable[[Account], str]) -> HttpResponse:
    account = account_or_404(request.user, number)
    try:
        messages.success(request, act(account))
    except (Refused, CannotBill, AccountClosed) as refusal:
        messages.error(request, str(refusal))
    return redirect("billing:account_ending", number)
