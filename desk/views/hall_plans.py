"""Plan when a hall receives by appointment: hours of the week, services, gaps with the people they concern, and what lies outside now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_date, business_now
from accounts.models import Hall
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.hall_plans import GapForm, HallForm, HoursForm, ServiceForm
from ..hall_times import Time
from ..models import HallAppointment, HallGap, HallPlaces, HallService
from ..operations import hall_gaps, hall_plans
from ..operations.hall_gaps import BadGap
from ..operations.hall_plans import BadHoursByAppointment, Plan
from ..queries import hall_times as reads
from ..queries.appointment_choice import by_day
from ..queries.hall_appointments import booked_within, displaced_of, stranded
from .hall_days import own_hall

_PREVIEW = timedelta(days=14)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.EDIT_ROSTER)
def hall_plan(request: MemberRequest) -> HttpResponse:
    """The week of one hall, with a form for more hours."""
    hall, form = _hall(request), HoursForm(request.POST or None)
    if hall is not None and form.is_valid():
        try:
            hall_plans.plan_hours(hall=hall, plan=Plan(**form.cleaned_data), by=request.user, at=business_now())
        except BadHoursByAppointment as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("These hours can be booked now, while the hall is open."))
            return _back_to(hall)
    return _page(request, hall, hours=form)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def hall_hours_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody can book them any more."""
    row = get_object_or_404(HallPlaces.objects.select_related("hall"), pk=pk)
    hall_plans.drop_hours(hours=row, by=request.user, at=business_now())
    messages.success(request, _("These hours can be booked no more. What is booked stays booked."))
    return _back_to(row.hall)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def hall_service_offer(request: MemberRequest) -> HttpResponse:
    """What for, and how long it takes."""
    hall, form = _hall(request), ServiceForm(request.POST)
    if hall is None or not form.is_valid():
        return _page(request, hall, service=form)
    hall_plans.offer_service(hall=hall, **form.cleaned_data, by=request.user, at=business_now())
    messages.success(request, _("The changes are kept."))
    return _back_to(hall)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def hall_service_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody can come for it any more."""
    row = get_object_or_404(HallService.objects.select_related("hall"), pk=pk)
    hall_plans.withdraw_service(service=row, by=request.user, at=business_now())
    messages.success(request, _("Nobody can book this any more. What is booked stays booked."))
    return _back_to(row.hall)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def hall_gap_new(request: MemberRequest) -> HttpResponse:
    """First who had booked that time, with what is free instead; sent again with "sure" it is closed and they are told."""
    hall, form, at = _hall(request), GapForm(request.POST), business_now()
    if hall is None or not form.is_valid():
        return _page(request, hall, gap=form)
    try:
        hall_gaps.check_gap(starts_at=form.span()[0], ends_at=form.span()[1], at=at)
        concerned = list(booked_within(hall, *form.span()).filter(ends_at__gt=at))
        if concerned and "sure" not in request.POST:
            return _preview(request, hall, form, concerned, at)
        _gap, told = hall_gaps.close_hall(hall=hall, span=form.span(), reason=form.cleaned_data["reason"], by=request.user, at=at)
    except BadGap as refusal:
        form.add_error(None, str(refusal))
        return _page(request, hall, gap=form)
    messages.success(request, _("Nobody can book this time any more."))
    _say_told(request, told)
    return _back_to(hall)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def hall_gap_open(request: MemberRequest, pk: int) -> HttpResponse:
    """The time can be booked again."""
    row = get_object_or_404(HallGap.objects.select_related("hall"), pk=pk)
    hall_gaps.open_again(gap=row, by=request.user, at=business_now())
    messages.success(request, _("This time can be booked again."))
    return _back_to(row.hall)


@require_POST
@staff_with(Verb.EDIT_ROSTER)
def hall_stranded(request: MemberRequest) -> HttpResponse:
    """Tell those whose times lie outside of the hours now."""
    hall = _hall(request)
    if hall is not None:
        _say_told(request, hall_gaps.take_stranded_away(hall=hall, by=request.user, at=business_now()))
    return _back_to(hall)


def _say_told(request: MemberRequest, told: int) -> None:
    if told:
        said = ngettext(
            "%(number)s person is written to, with an apology and what is free instead. Ring them too: they are in the list below.",
            "%(number)s people are written to, with an apology and what is free instead. Ring them too: they are in the list below.",
            told,
        )
        messages.warning(request, said % {"number": told})


def _hall(request: MemberRequest) -> Hall | None:
    form = HallForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("hall") or own_hall(request)


def _back_to(hall: Hall | None) -> HttpResponse:
    return redirect(f"{reverse('desk:hall_plan')}?{urlencode({'hall': hall.code if hall else ''})}")


def _preview(request: MemberRequest, hall: Hall, form: GapForm, concerned: Sequence[HallAppointment], at: datetime) -> HttpResponse:
    rows = [(one, _free_instead(one, form, at)) for one in concerned]
    return render(request, "desk/appointments/gap.html", {"hall": hall, "form": form, "span": form.span(), "rows": rows})


def _free_instead(one: HallAppointment, form: GapForm, at: datetime) -> list[Time]:
    """The nearest free times that the gap leaves."""
    starts_at, ends_at = form.span()
    near = reads.alternatives(one.hall, one.minutes, one.starts_at, at, most=60)
    left = [free for free in near if free.ends_at <= starts_at or free.starts_at >= ends_at]
    return sorted(sorted(left, key=lambda free: abs(free.starts_at - one.starts_at))[:3])


def _page(request: MemberRequest, hall: Hall | None, **given: Any) -> HttpResponse:
    at = business_now()
    bound = [form for form in given.values() if form.errors]
    context = {"hall": hall, "hall_form": HallForm(initial={"hall": hall}), "now": at, **_forms(given)}
    if hall is not None:
        planned = list(HallPlaces.objects.filter(hall=hall).order_by("weekday", "opens"))
        gaps, today = list(reads.gaps_from(hall, at)), business_date(at)
        closers = reads.who_closed(gaps)
        context |= {
            "week": [(name, [row for row in planned if row.weekday == day]) for day, name in WEEKDAYS.items()],
            "has_hours": bool(planned),
            "services": list(reads.services_of(hall)),
            "gaps": [(gap, closers.get(gap.pk, "")) for gap in gaps],
            "stranded": stranded(hall, at),
            "displaced": list(displaced_of(hall)),
            "days": by_day(reads.times_between(hall, 30, (today, today + _PREVIEW), at)),
        }
    return render(request, "desk/appointments/plan.html", context, status=422 if bound else 200)


def _forms(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "form": given.get("hours") or HoursForm(),
        "service_form": given.get("service") or ServiceForm(),
        "gap_form": given.get("gap") or GapForm(),
    }
