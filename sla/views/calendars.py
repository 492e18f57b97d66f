"""Working time for staff: calendars with their weeks and special days, and what may be entered."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_date, business_now
from accounts.permissions import may
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import forms, permissions
from ..models import CalendarDay
from ..operations import calendars as operations
from ..queries import calendar_stories, working_time, years
from ..queries.calendars import UnknownCalendar


@require_safe
@staff_with(Verb.SEE_PROMISES)
def calendar_list(request: MemberRequest) -> HttpResponse:
    at = business_now()
    edit = may(permissions.check_may_edit_promises, request.user, at=at)
    context = {"lines": working_time.calendar_lines(at), "missing": years.missing_years(at), "may_edit": edit}
    return render(request, "sla/calendar_list.html", context)


@require_safe
@staff_with(Verb.SEE_PROMISES)
def calendar_detail(request: MemberRequest, key: str) -> HttpResponse:
    """One calendar with the special days of a year."""
    return _detail(request, key, forms.SpecialDayForm())


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def day_enter(request: MemberRequest, key: str) -> HttpResponse:
    """Enter a day that is not as the week says."""
    form = forms.SpecialDayForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        override = operations.Override(
            day=typed["day"],
            is_working=typed["work"] != "closed",
            windows=typed["windows"] if typed["work"] == "windows" else None,
            name=typed["name"],
            reason=typed["reason"],
        )
        try:
            operations.enter_special_day(calendar=key, override=override, by=request.user, at=business_now())
        except operations.BadCalendar as refusal:
            form.add_error("windows" if refusal.code == "windows" else None, str(refusal))
        else:
            messages.success(request, _("The day is entered and counts from now on."))
            return redirect("sla:calendar_detail", key=key)
    return _detail(request, key, form)


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def day_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CalendarDay.objects.exclude(calendar=""), pk=pk)
    operations.take_back_special_day(row=row, by=request.user, at=business_now())
    messages.success(request, _("The day is again as the week says."))
    return redirect("sla:calendar_detail", key=row.calendar)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_PROMISES)
def hours_new(request: MemberRequest, key: str) -> HttpResponse:
    """Write the next version of a calendar: other hours from a moment on."""
    at = business_now()
    story = _story(key, business_date(at).year, at)
    if story.is_of_a_hall:
        raise Http404
    form = forms.HoursForm(story.line.row.weekly, request.POST or None)
    if form.is_valid():
        new = operations.NewHours(weekly=form.weekly(), effective_from=form.cleaned_data["effective_from"])
        try:
            operations.write_calendar(calendar=key, new=new, by=request.user, at=at)
        except operations.BadCalendar as refusal:
            form.add_error("effective_from" if refusal.code in {"past", "taken"} else None, str(refusal))
        else:
            messages.success(request, _("The new hours are written."))
            return redirect("sla:calendar_detail", key=key)
    return render(request, "sla/hours_new.html", {"story": story, "form": form}, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def year_confirm(request: MemberRequest, country: str, year: int) -> HttpResponse:
    """Say that all days of a country's year are entered."""
    try:
        operations.confirm_year(country=country, year=year, by=request.user, at=business_now())
    except operations.BadCalendar as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The year counts as known from now on."))
    return redirect("sla:calendar_list")


def _detail(request: MemberRequest, key: str, form: forms.SpecialDayForm) -> HttpResponse:
    at = business_now()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2999 else business_date(at).year
    edit = may(permissions.check_may_edit_promises, request.user, at=at)
    context = {"story": _story(key, year, at), "form": form, "may_edit": edit, "years": (year - 1, year + 1)}
    return render(request, "sla/calendar_detail.html", context, status=422 if form.errors else 200)


def _story(key: str, year: int, at: datetime) -> calendar_stories.CalendarStory:
    try:
        return calendar_stories.calendar_story(key, year, at)
    except UnknownCalendar:
        raise Http404 from None
