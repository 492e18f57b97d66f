"""The day of a hall: how it stands, closing it, signing it, its report, the days before."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import accounts.queries
import billing.operations.hall_days
import billing.operations.reports
import billing.queries.hall_days
from accounts.clock import business_date, business_now
from accounts.models import Hall, Staff
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..day_forms import CompareForm, DepositForm
from ..forms import DayForm
from ..operations.hall_days import Compared
from ..operations.shifts import ShiftRefused
from ..queries.hall_days import DayNotFound

PAGE = 31


@require_safe
@staff_with(Verb.COUNTERSIGN_SHIFT)
def hall_day(request: MemberRequest) -> HttpResponse:
    """One day of one hall; today's of the reader's own when none is asked for."""
    halls, today = billing.queries.hall_days.halls_to_see(request.user), business_date(business_now())
    form = DayForm(request.GET or None, halls=halls, initial={"day": today})
    asked = form.is_valid()
    hall, day = (form.cleaned_data["hall"], form.cleaned_data["day"]) if asked else (halls.first(), today)
    if hall is None:
        raise Http404
    return _page(request, hall, day, form=form)


def _page(request: MemberRequest, hall: Hall, day: date, **forms: Any) -> HttpResponse:
    at, halls = business_now(), billing.queries.hall_days.halls_to_see(request.user)
    sheet = billing.queries.hall_days.day_sheet(hall, day)
    context = {
        "sheet": sheet,
        "form": DayForm(initial={"hall": hall.code, "day": day}, halls=halls),
        "comparing": CompareForm(),
        "depositing": DepositForm(),
        "page": Paginator(billing.queries.hall_days.closed_days(hall), PAGE).get_page(request.GET.get("page")),
        "unsigned": billing.queries.hall_days.unsigned_days(request.user)[:PAGE],
        "may_close": day <= business_date(at) and _may(request, Verb.CLOSE_HALL_DAY),
        "is_own": sheet.closed is not None and sheet.closed.closed_by.user_id == request.user.pk,
        **forms,
    }
    refused = any(form.errors for name, form in forms.items() if name != "form")
    return render(request, "billing/hall_day.html", context, status=422 if refused else 200)


def _may(request: MemberRequest, verb: Verb) -> bool:
    return bool(accounts.permissions.may(accounts.permissions.check_verb, request.user, verb, at=business_now()))


@require_POST
@staff_with(Verb.CLOSE_HALL_DAY)
def hall_day_close(request: MemberRequest) -> HttpResponse:
    """Close the day that the form names."""
    form = CompareForm(request.POST)

    def close(staff: Staff, hall: Hall, day: date) -> str:
        compared = Compared(**form.compared())
        billing.operations.hall_days.close_hall_day(hall=hall, day=day, staff=staff, compared=compared, at=business_now())
        return _("The day is closed. Its totals are fixed. Somebody else has to sign for it now.")

    return _act(request, close, comparing=form)


@require_POST
@staff_with(Verb.CLOSE_HALL_DAY)
def cash_deposit(request: MemberRequest) -> HttpResponse:
    """Note cash that was taken to the bank."""
    form = DepositForm(request.POST)

    def deposit(staff: Staff, hall: Hall, day: date) -> str:
        billing.operations.hall_days.deposit_cash(hall=hall, staff=staff, at=business_now(), **form.cleaned_data)
        return _("Noted: the cash is at the bank.")

    return _act(request, deposit, depositing=form)


@require_POST
@staff_with(Verb.COUNTERSIGN_SHIFT)
def hall_day_sign(request: MemberRequest) -> HttpResponse:
    """The second signature under a closed day."""

    def sign(staff: Staff, hall: Hall, day: date) -> str:
        closed = billing.queries.hall_days.closed_day(hall, day)
        billing.operations.hall_days.sign_hall_day(closed=closed, staff=staff, at=business_now())
        return _("Signed. The day is complete.")

    return _act(request, sign)


def _act(request: MemberRequest, act: Callable[[Staff, Hall, date], str], **forms: Any) -> HttpResponse:
    """Do something about the day that the form names; what was refused stands beside what was typed."""
    which = DayForm(request.POST, halls=billing.queries.hall_days.halls_to_see(request.user))
    if not which.is_valid():
        raise Http404
    hall, day = which.cleaned_data["hall"], which.cleaned_data["day"]
    if not all(form.is_valid() for form in forms.values()):
        return _page(request, hall, day, **forms)
    try:
        messages.success(request, act(accounts.queries.current_staff(request.user), hall, day))
    except DayNotFound as missing:
        raise Http404(str(missing)) from None
    except ShiftRefused as refusal:
        for form in forms.values():
            form.add_error(None, str(refusal))
            return _page(request, hall, day, **forms)
        messages.error(request, str(refusal))
    return redirect(f"{reverse('billing:hall_day')}?hall={hall.code}&day={day.isoformat()}")


@require_safe
@staff_with(Verb.COUNTERSIGN_SHIFT)
def day_report(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """The day's report as PDF."""
    try:
        hall = billing.queries.hall_days.halls_to_see(request.user).get(code=code)
    except Hall.DoesNotExist:
        raise Http404 from None
    pdf = billing.operations.reports.day_report(hall=hall, day=day)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{code}-{day}.pdf"'})
