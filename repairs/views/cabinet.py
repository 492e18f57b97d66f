"""The customer reports a fault at home: we know who and where."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import repairs.operations.following
import repairs.operations.reporting
import repairs.operations.standing_alone
from accounts.clock import business_now
from accounts.views.guards import MemberRequest, customer_only
from casework import permissions
from casework.models import Channel
from repairs.operations.reporting import Report

from ..forms.cabinet import CabinetReportForm
from ..operations.following import NotAlike
from ..operations.standing_alone import NotFollowing
from ..queries.reported import lead_of
from ..safety import STEPS
from .guards import repair_or_404
from .reporter import mark_device, source_of


@require_http_methods(["GET", "POST"])
@customer_only
def repair_new(request: MemberRequest) -> HttpResponse:
    """The steps first, then three things. Without an account of one's own the public page takes it."""
    own = permissions.household_accounts(request.user)
    if not own.exists():
        return redirect("repairs:report")
    form = CabinetReportForm(request.POST or None, accounts=own)
    if form.is_valid():
        given, phone = form.cleaned_data, str(request.user.phone or "")
        report = Report(
            fault=given["fault"],
            channel=Channel.CABINET,
            text=given["text"],
            account=given["account"],
            phone=phone,
            language=get_language() or "",
            asker=request.user,
            source=source_of(request, phone),
        )
        repair = repairs.operations.reporting.report(report=report, by=request.user, at=business_now())
        messages.success(request, _("We have your report. Here you see how it goes."))
        return mark_device(request, redirect("casework:request", reference=repair.case.reference))
    answer = render(request, "repairs/cabinet_new.html", {"form": form, "steps": STEPS}, status=422 if form.errors else 200)
    return mark_device(request, answer)


@require_POST
@customer_only
def repair_follow(request: MemberRequest, reference: str) -> HttpResponse:
    """It is the trouble that a neighbour reported before."""
    repair, at = repair_or_404(request.user, reference), business_now()
    lead = lead_of(repair, at=at)
    try:
        if lead is None:
            raise NotAlike
        repairs.operations.following.follow(repair=repair, lead=lead, by=request.user, at=at)
    except NotAlike as refusal:
        messages.error(request, str(refusal))
    return redirect("casework:request", reference=repair.case.reference)


@require_POST
@customer_only
def repair_alone(request: MemberRequest, reference: str) -> HttpResponse:
    """It is another trouble after all."""
    repair = repair_or_404(request.user, reference)
    try:
        repairs.operations.standing_alone.stand_alone(repair=repair, by=request.user, at=business_now())
    except NotFollowing as refusal:
        messages.error(request, str(refusal))
    return redirect("casework:request", reference=repair.case.reference)
