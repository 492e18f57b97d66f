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

from ..forms import CountForm, ReopenForm
from ..operations.shifts import ShiftRefused
from ..queries.takings import ShiftNotFound
from ..states import ShiftStatus

PAGE = 25


@require_safe
@staff_with(Verb.COUNTERSIGN_SHIFT)
def shift_list(request: MemberRequest) -> HttpResponse:
    """Tills waiting for a signature, open ones, and those of the past."""
    seen = billing.queries.takings.shifts_to_see(request.user, business_now()).order_by("-opened_at", "-pk")
    waiting = seen.filter(status=ShiftStatus.COUNTED).order_by("counted_at", "pk")
    return render(
        request,
        "billing/shift_list.html",
        {
            "waiting": Paginator(waiting, PAGE).get_page(request.GET.get("waiting")),
            "open": Paginator(seen.filter(status=ShiftStatus.OPEN), PAGE).get_page(request.GET.get("open")),
            "page": Paginator(seen.filter(status=ShiftStatus.CLOSED), PAGE).get_page(request.GET.get("page")),
        },
    )


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def shift_detail(request: MemberRequest, number: int) -> HttpResponse:
    """One till: for its clerk, and for those who sign."""
    return _page(request, number)


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
        billing.operations.shifts.reopen_shift(shift=found, staff=staff, at=at, **form.cleaned_data)
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    except (ShiftRefused, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent back. The clerk counts again."))
    return redirect("billing:shift_detail", number)


@require_POST
@staff_with(Verb.COUNTERSIGN_SHIFT)
def shift_count_for_clerk(request: MemberRequest, number: int) -> HttpResponse:
    """Count the till of a clerk who has left."""
    form, at = CountForm(request.POST), business_now()
    if not form.is_valid():
        return _page(request, number, count_form=form)
    try:
        found = billing.queries.takings.get_shift(request.user, number, at=at)
        staff = accounts.queries.current_staff(request.user)
        given = {"counted": form.counted(), "reason": form.cleaned_data["reason"]}
        billing.operations.shifts.count_for_clerk(shift=found, staff=staff, **given, at=at)
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    except (ShiftRefused, WrongMove, StaleRow) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, number, count_form=form)
    messages.success(request, _("Counted. Somebody else has to sign for it now."))
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


def _page(request: MemberRequest, number: int, form: ReopenForm | None = None, count_form: CountForm | None = None) -> HttpResponse:
    try:
        sheet = billing.queries.takings.shift_sheet(request.user, number, at=business_now())
    except ShiftNotFound as refusal:
        raise Http404(str(refusal)) from None
    forms = {"form": form or ReopenForm(), "count_form": count_form or CountForm()}
    return render(request, "billing/shift_detail.html", {"sheet": sheet, **forms}, status=422 if count_form or form else 200)
