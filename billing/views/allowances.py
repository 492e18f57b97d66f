"""What a household proved: more persons, or free volume. Everybody at the desk sees it; some may grant and end it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import billing.operations
import billing.queries.allowances
from accounts.clock import business_date, business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with

from .. import permissions
from ..forms import AllowanceForm
from ..queries.allowances import AllowanceNotFound
from ..refusals import BadAllowance


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def allowance_list(request: MemberRequest, number: str) -> HttpResponse:
    """All of an account, with what they do to its tiers; a form for a new one."""
    account = account_or_404(request.user, number)
    return _page(request, account, AllowanceForm(initial={"valid_from": business_date(business_now())}))


@require_POST
@staff_with(Verb.APPROVE_ALLOWANCES)
def allowance_grant(request: MemberRequest, number: str) -> HttpResponse:
    account, form = account_or_404(request.user, number), AllowanceForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form)
    try:
        new = billing.operations.NewAllowance(**form.allowance())
        billing.operations.grant_allowance(account=account, new=new, by=request.user, at=business_now())
    except BadAllowance as refusal:
        form.refuse(refusal)
        return _page(request, account, form)
    messages.success(request, _("The allowance is granted. It counts from the next purchase on."))
    return redirect("billing:allowance_list", number)


@require_POST
@staff_with(Verb.APPROVE_ALLOWANCES)
def allowance_end(request: MemberRequest, number: str, key: int) -> HttpResponse:
    try:
        allowance = billing.queries.allowances.allowance_of(account_or_404(request.user, number), key)
    except AllowanceNotFound as unknown:
        raise Http404(str(unknown)) from None
    billing.operations.end_allowance(allowance=allowance, by=request.user, at=business_now())
    messages.success(request, _("The allowance has ended. What was bought stays as it was sold."))
    return redirect("billing:allowance_list", number)


def _page(request: MemberRequest, account: Account, form: AllowanceForm) -> HttpResponse:
    at = business_now()
    may_grant = accounts.permissions.may(permissions.check_may_grant_allowances, request.user, at=at)
    sheet = billing.queries.allowances.allowance_sheet(account, at=at)
    return render(request, "billing/allowance_list.html", {"account": account, "form": form, "sheet": sheet, "may_grant": may_grant})
