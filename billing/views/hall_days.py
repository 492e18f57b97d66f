"""The day of a hall: how it stands, closing it, its report, the days before."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.queries
import billing.operations.hall_days
import billing.operations.reports
import billing.queries.takings
from accounts.clock import business_date, business_now
from accounts.models import Hall
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms import DayForm
from ..operations.shifts import ShiftRefused

PAGE = 31


@require_safe
@staff_with(Verb.CLOSE_HALL_DAY)
def hall_day(request: MemberRequest) -> HttpResponse:
    """One day of one hall; today's of the reader's own when none is asked for."""
    halls, today = billing.queries.takings.halls_to_see(request.user), business_date(business_now())
    form = DayForm(request.GET or None, halls=halls, initial={"day": today})
    asked = form.is_valid()
    hall, day = (form.cleaned_data["hall"], form.cleaned_data["day"]) if asked else (halls.first(), today)
    if hall is None:
        raise Http404
    days = Paginator(billing.queries.takings.closed_days(hall), PAGE).get_page(request.GET.get("page"))
    sheet = billing.queries.takings.day_sheet(hall, day)
    return render(request, "billing/hall_day.html", {"sheet": sheet, "form": form, "page": days, "may_close": day <= today})


@require_POST
@staff_with(Verb.CLOSE_HALL_DAY)
def hall_day_close(request: MemberRequest) -> HttpResponse:
    """Close the day that the form names."""
    form = DayForm(request.POST, halls=billing.queries.takings.halls_to_see(request.user))
    if not form.is_valid():
        raise Http404
    hall, day = form.cleaned_data["hall"], form.cleaned_data["day"]
    try:
        staff = accounts.queries.current_staff(request.user)
        billing.operations.hall_days.close_hall_day(hall=hall, day=day, staff=staff, at=business_now())
    except ShiftRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The day is closed. Its totals are fixed."))
    return redirect(f"{reverse('billing:hall_day')}?hall={hall.code}&day={day.isoformat()}")


@require_safe
@staff_with(Verb.CLOSE_HALL_DAY)
def day_report(request: MemberRequest, code: str, day: date) -> HttpResponse:
    """The day's report as PDF."""
    try:
        hall = billing.queries.takings.halls_to_see(request.user).get(code=code)
    except Hall.DoesNotExist:
        raise Http404 from None
    pdf = billing.operations.reports.day_report(hall=hall, day=day)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{code}-{day}.pdf"'})
