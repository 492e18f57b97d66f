"""In the cabinet: an application that was sent without signing in is put here, with its reference and code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import casework.queries
import connections.operations.claiming
from accounts.clock import business_now
from accounts.throttles import may_ask
from accounts.views.guards import MemberRequest, customer_only
from casework import references
from casework.forms.intake import TrackForm
from casework.views.tracking import TRACK, case_in_sight

from ..models import Application
from ..operations.claiming import Claimed
from .draft_session import applied_of


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def claim(request: MemberRequest) -> HttpResponse:
    """What this browser has just sent or looked up needs no typing."""
    form = TrackForm(request.POST or None, initial=_at_hand(request))
    status = 422 if form.errors else 200
    if form.is_valid():
        if not may_ask(request, TRACK):
            return _page(request, form, status=429)
        application = _found(form)
        if application is not None:
            try:
                connections.operations.claiming.claim(application=application, by=request.user, at=business_now())
            except Claimed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your application is in your cabinet now."))
                return redirect("casework:request", reference=application.case.reference)
        else:
            form.add_error(None, _("We find no application with this reference and this code. Compare both with your slip or message."))
        status = 422
    return _page(request, form, status=status)


def _found(form: TrackForm) -> Application | None:
    given = form.cleaned_data
    case = casework.queries.tracked_case(references.tidy(given["reference"]), references.tidy(given["code"]))
    return Application.objects.select_related("case").filter(case=case).first() if case else None


def _at_hand(request: MemberRequest) -> dict[str, str]:
    sent = applied_of(request)
    case = sent.case if sent else case_in_sight(request)
    if case is None or case.kind != "connection" or case.asker_id is not None:
        return {}
    return {"reference": references.grouped(case.reference), "code": references.grouped(case.tracking_code)}


def _page(request: MemberRequest, form: TrackForm, *, status: int) -> HttpResponse:
    return render(request, "connections/claim.html", {"form": form, "too_often": status == 429}, status=status)
