"""Whoever signs for tills: the list, one till, the second signature, sending it back, its report."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.queries
import billing.operations.reports
import billing.operations.shifts
import billing.queries.takings
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..forms import ReopenForm
from ..operations.shifts import ShiftRefused
from ..queries.takings import ShiftNotFound
from ..states import ShiftStatus

PAGE = 25


@require_safe
@staff_with(Verb.COUNTERSIGN_SHIFT)
def shift_list(request: MemberRequest) -> HttpResponse:
    """Tills waiting for a signature, open ones, and those of the past."""
    seen = billing.queries.takings.shifts_to_see(request.user, business_now()).order_by("-opened_at", "-pk")
    return render(
        request,
        "billing/shift_list.html",
        {
            "waiting": seen.filter(status=ShiftStatus.COUNTED),
            "open": seen.filter(status=ShiftStatus.OPEN),
            "page": Paginator(seen.filter(status=ShiftStatus.CLOSED), PAGE).get_page(request.GET.get("page")),
        },
    )


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def shift_detail(request: MemberRequest, number: int) -> HttpResponse:
    """One till: for its clerk, and for those who sign."""
    return _page(request, number, ReopenForm())


@require_POST
@staff_with(Verb.COUNTERSIGN_SHIFT)
def shift_sign(request: MemberRequest, number: int) -> HttpResponse:
    """The second signature, on the signer's own screen."""
    at = business_now()
    try:
        found = billing.queries.takings.get_shift(request.user, number, at=at)
        billing.operations.shifts.countersign_shift(shift=found, staff=accounts.queries.current_staff(request.user), at=at)
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    except (ShiftRefused, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed. The shift is closed for good."))
    return redirect("billing:shift_detail", number)


@require_POST
@staff_with(Verb.COUNTERSIGN_SHIFT)
def shift_reopen(request: MemberRequest, number: int) -> HttpResponse:
    """Send a counted till back to its clerk, saying why."""
    form, at = ReopenForm(request.POST), business_now()
    if not form.is_valid():
        return _page(request, number, form)
    try:
        found = billing.queries.takings.get_shift(request.user, number, at=at)
        staff = accounts.queries.current_staff(request.user)
        billing.operations.shifts.reopen_shift(shift=found, staff=staff, reason=form.cleaned_data["reason"], at=at)
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    except (ShiftRefused, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent back. The clerk counts again."))
    return redirect("billing:shift_detail", number)


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def shift_report(request: MemberRequest, number: int) -> HttpResponse:
    """The till's report as PDF."""
    try:
        pdf = billing.operations.reports.shift_report(user=request.user, number=number, at=business_now())
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="shift-{number}.pdf"'})


def _page(request: MemberRequest, number: int, form: ReopenForm) -> HttpResponse:
    try:
        sheet = billing.queries.takings.shift_sheet(request.user, number, at=business_now())
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    return render(request, "billing/shift_detail.html", {"sheet": sheet, "form": form})
