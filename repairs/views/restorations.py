"""Taking down that somebody's gas is to be turned on again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import repairs.operations.restoring
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with
from casework.operations import Opening

from ..forms.restorations import RestorationForm
from ..states import RESTORATION


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES, Verb.FIND_ACCOUNTS)
def restoration_new(request: MemberRequest, number: str) -> HttpResponse:
    """Its time runs from acceptance, or from when work starts again after the hour at which we accept for the day."""
    account = account_or_404(request.user, number)
    form = RestorationForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        opening = Opening(kind=RESTORATION.kind, subject="", account=account, channel=given["channel"], urgency=given["urgency"])
        row = repairs.operations.restoring.ask_restoration(
            opening=opening, cause=given["cause"], text=given["text"], by=request.user, at=business_now()
        )
        messages.success(request, _("Accepted. A crew is asked for."))
        return redirect("casework:case", reference=row.case.reference)
    return render(request, "repairs/restoration_new.html", {"form": form, "account": account}, status=422 if form.errors else 200)
