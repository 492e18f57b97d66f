"""The crews' roster, a week at a time."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_date, business_now
from accounts.operations.periods import BadPeriod
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations
from ..forms.crews import TurnForm
from ..models import Crew, CrewShift
from ..queries import crew_plans

_WEEK = timedelta(days=7)
#: Weeks further away than this are a strange address, not a question.
_FAR = timedelta(days=1_000)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_CREWS)
def roster(request: MemberRequest) -> HttpResponse:
    """A week of all crews; a form for one more turn."""
    at = business_now()
    today = business_date(at)
    monday = _monday(request.GET.get("week", ""), today)
    form = TurnForm(request.POST or None, initial={"day": max(monday, today), "crew": _asked_for(request)})
    if form.is_valid():
        given = form.cleaned_data
        try:
            turn = operations.Turn(*form.moments(), is_on_call=given["is_on_call"])
            shifts = operations.plan_shift(crew=given["crew"], turn=turn, weeks=given["weeks"], by=request.user, at=at)
        except (BadPeriod, operations.CrewRetired) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(number)s turn is on the roster.", "%(number)s turns are on the roster.", len(shifts))
            messages.success(request, said % {"number": len(shifts)})
            return _back_to(given["day"])
    days = crew_plans.roster_week(monday)
    weeks = {"monday": monday, "sunday": monday + timedelta(days=6), "before": monday - _WEEK, "after": monday + _WEEK}
    context = {"days": days, "is_empty": not any(day.shifts for day in days), "form": form, "today": today, "now": at, **weeks}
    return render(request, "fieldwork/crews/roster.html", context, status=422 if form.errors else 200)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def shift_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a turn off the roster; one that runs ends now."""
    shift = get_object_or_404(CrewShift, pk=pk)
    try:
        operations.drop_shift(shift=shift, by=request.user, at=business_now())
    except BadPeriod as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The turn is off the roster."))
    return _back_to(business_date(shift.starts_at))


def _back_to(day: date) -> HttpResponse:
    return redirect(f"{reverse('fieldwork:crew_roster')}?{urlencode({'week': crew_plans.week_of(day).isoformat()})}")


def _monday(text: str, today: date) -> date:
    """The week of any day in an address; this week for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    return crew_plans.week_of(day if abs(day - today) < _FAR else today)


def _asked_for(request: MemberRequest) -> Crew | None:
    return Crew.objects.filter(code=request.GET.get("crew", ""), retired_at=None).first()
