"""Taking a request down for somebody: from their account, or for a passer-by."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import casework.operations
from accounts.clock import business_now
from accounts.models import Account
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, account_or_404, staff_with

from .. import references
from ..forms.intake import IntakeForm
from ..operations import NothingSaid, Opening
from ..states import GENERAL_REQUEST


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_new(request: MemberRequest) -> HttpResponse:
    """For a passer-by, or before it is known whose it is."""
    return _take_down(request, None)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES, Verb.FIND_ACCOUNTS)
def case_new_for(request: MemberRequest, number: str) -> HttpResponse:
    """For the customer of an account."""
    return _take_down(request, account_or_404(request.user, number))


def _take_down(request: MemberRequest, account: Account | None) -> HttpResponse:
    form = IntakeForm(request.POST or None, account=account, language=get_language() or "")
    if form.is_valid():
        try:
            row = casework.operations.open_request(
                opening=_opening(form, account),
                topic=form.cleaned_data["topic"],
                text=form.cleaned_data["text"],
                by=request.user,
                at=business_now(),
            )
        except NothingSaid as refusal:
            form.add_error("text", str(refusal))
        else:
            said = _("Taken down. Reference %(reference)s; say it to the customer, and the code %(code)s for looking up how it stands.")
            reference, code = references.grouped(row.case.reference), references.grouped(row.case.tracking_code)
            slip = reverse("desk:slip", args=[row.case.reference])
            told = said % {"reference": reference, "code": code}
            messages.success(request, format_html('{} <a href="{}">{}</a>', told, slip, _("Print the slip")))
            return redirect("casework:case", reference=row.case.reference)
    return render(request, "casework/case_new.html", {"form": form, "account": account}, status=422 if form.errors else 200)


def _opening(form: IntakeForm, account: Account | None) -> Opening:
    given = form.cleaned_data
    return Opening(
        kind=GENERAL_REQUEST.kind,
        subject="",
        account=account,
        channel=given["channel"],
        urgency=given["urgency"],
        contact_name=given["contact_name"],
        contact_phone=str(given["contact_phone"] or ""),
        language=given["language"],
        origin=given["origin"],
    )
