"""Credit of an account: what it is, asking to pay it out, and the second signature."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import billing.operations.credit_payouts
import billing.queries.credit_payouts
import billing.queries.ledger
from accounts.clock import business_now
from accounts.models import Account
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..models import CreditPayout
from ..queries.credit_payouts import PayoutNotFound
from ..queries.names import names_of
from ..refund_forms import PayoutApprovalForm, PayoutWishForm
from ..refusals import Refused


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def account_credit(request: MemberRequest, number: str) -> HttpResponse:
    """What the account has, and what was paid out of it."""
    return _page(request, account_or_404(request.user, number), PayoutWishForm())


def _page(request: MemberRequest, account: Account, form: PayoutWishForm) -> HttpResponse:
    may, at = accounts.permissions.may, business_now()
    payouts = list(billing.queries.credit_payouts.payouts_of(account)[:50])
    names = names_of([one.asked_by for one in payouts])
    context = {
        "account": account,
        "credit": billing.queries.ledger.credit_of(account),
        "payouts": [
            (one, names.get(one.asked_by, ""), may(permissions.check_may_decide_payout, request.user, one, at=at)) for one in payouts
        ],
        "is_asked": any(one.is_waiting for one in payouts),
        "may_ask": may(permissions.check_may_ask_refund, request.user, at=at),
        "form": form,
    }
    return render(request, "billing/account_credit.html", context, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.REQUEST_REVERSAL)
def payout_ask(request: MemberRequest, number: str) -> HttpResponse:
    """Wish to pay out credit."""
    account = account_or_404(request.user, number)
    form = PayoutWishForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form)
    try:
        billing.operations.credit_payouts.ask_payout(account=account, by=request.user, at=business_now(), **form.cleaned_data)
    except (Refused, Forbidden) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, account, form)
    messages.success(request, _("Asked: somebody else approves it and orders the transfer."))
    return redirect("billing:account_credit", number)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def payout_approve(request: MemberRequest, reference: str) -> HttpResponse:
    """The transfer is ordered at the bank."""
    payout, form = _find(reference), PayoutApprovalForm(request.POST)
    slip = form.cleaned_data["slip"] if form.is_valid() else ""
    try:
        billing.operations.credit_payouts.approve_payout(payout=payout, slip=slip, by=request.user, at=business_now())
    except (Refused, WrongMove, StaleRow, Forbidden) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. The credit is paid out, and the customer is told."))
    return redirect("billing:account_credit", payout.account.number)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def payout_refuse(request: MemberRequest, reference: str) -> HttpResponse:
    """The credit stays."""
    payout = _find(reference)
    try:
        billing.operations.credit_payouts.refuse_payout(payout=payout, by=request.user, at=business_now())
    except (Refused, WrongMove, StaleRow, Forbidden) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Refused. The credit stays."))
    return redirect("billing:account_credit", payout.account.number)


def _find(reference: str) -> CreditPayout:
    try:
        return billing.queries.credit_payouts.find_payout(reference)
    except PayoutNotFound as missing:
        raise Http404(str(missing)) from None
