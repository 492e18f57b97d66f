from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import desk.queries.account_overview
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def account(request: MemberRequest, number: str) -> HttpResponse:
    """The whole view of an account for staff."""
    found = account_or_404(request.user, number)
    return render(request, "desk/account.html", desk.queries.account_overview.overview(found, user=request.user, at=business_now()))
