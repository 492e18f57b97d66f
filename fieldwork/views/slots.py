"""Plan the times that customers can choose: a week's windows of an area for a purpose, closed days, and what is free in two weeks."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_date, business_now
from accounts.models import ServiceArea
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.appointments import WEEKDAYS, AreaForm, BlackoutForm, PlanForm
from ..models import Blackout, SlotPlan, VisitPurpose
from ..operations import slots
from ..operations.slots import BadClosure, BadWindow, Plan
from ..queries import slots as reads
from ..queries.appointment_page import by_day


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_CREWS)
def slot_plan(request: MemberRequest) -> HttpResponse:
    """The week of one area and purpose, with a form for more windows."""
    area, purpose = _asked_for(request)
    form = PlanForm(request.POST or None)
    if area is not None and form.is_valid():
        try:
            planned = slots.plan_slots(
                service_area=area, purpose=purpose, plan=Plan(**form.cleaned_data), by=request.user, at=business_now()
            )
        except BadWindow as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(number)s time can be chosen now.", "%(number)s times can be chosen now.", len(planned))
            messages.success(request, said % {"number": len(planned)})
            return _back_to(area, purpose)
    return _page(request, area, purpose, form=form)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def slot_capacity(request: MemberRequest, pk: int) -> HttpResponse:
    """More or fewer visits at once."""
    plan = get_object_or_404(SlotPlan, pk=pk)
    text = request.POST.get("capacity", "")
    capacity = int(text) if text.isdecimal() and len(text) < 7 else 0
    try:
        slots.change_capacity(plan=plan, capacity=capacity, by=request.user, at=business_now())
    except BadWindow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The changes are kept."))
    return _back_to(plan.service_area, plan.purpose)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def slot_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody can choose it any more."""
    plan = get_object_or_404(SlotPlan, pk=pk)
    slots.drop_slot(plan=plan, by=request.user, at=business_now())
    messages.success(request, _("This time can be chosen no more. What is agreed stays agreed."))
    return _back_to(plan.service_area, plan.purpose)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def blackout_new(request: MemberRequest) -> HttpResponse:
    """Close days, here or everywhere."""
    area, purpose = _asked_for(request)
    form = BlackoutForm(request.POST)
    if area is None or not form.is_valid():
        return _page(request, area, purpose, closing=form)
    given = form.cleaned_data
    try:
        blackout = slots.black_out(
            service_area=None if given["everywhere"] else area,
            days=(given["first_day"], given["last_day"]),
            reason=given["reason"],
            by=request.user,
            at=business_now(),
        )
    except BadClosure as refusal:
        form.add_error(None, str(refusal))
        return _page(request, area, purpose, closing=form)
    _say_closed(request, reads.standing_in([blackout])[blackout.pk])
    return _back_to(area, purpose)


@require_POST
@staff_with(Verb.PLAN_CREWS)
def blackout_lift(request: MemberRequest, pk: int) -> HttpResponse:
    """People can come again on these days."""
    area, purpose = _asked_for(request)
    slots.lift_blackout(blackout=get_object_or_404(Blackout, pk=pk), by=request.user, at=business_now())
    messages.success(request, _("These days can be chosen again."))
    return _back_to(area, purpose)


def _say_closed(request: MemberRequest, standing: int) -> None:
    messages.success(request, _("Nobody can choose these days any more."))
    if standing:
        said = ngettext(
            "%(number)s appointment stands on these days: move it, or somebody waits in vain.",
            "%(number)s appointments stand on these days: move them, or people wait in vain.",
            standing,
        )
        messages.warning(request, said % {"number": standing})


def _asked_for(request: MemberRequest) -> tuple[ServiceArea | None, str]:
    """The area and the purpose of the address; the first ones for what is none."""
    form = AreaForm(request.GET)
    form.is_valid()
    area = form.cleaned_data.get("area") or ServiceArea.objects.order_by("name").first()
    return area, str(form.cleaned_data.get("purpose") or VisitPurpose.REPAIR)


def _back_to(area: ServiceArea | None, purpose: str) -> HttpResponse:
    query = urlencode({"area": area.pk if area else "", "purpose": purpose})
    return redirect(f"{reverse('fieldwork:slot_plan')}?{query}")


def _page(
    request: MemberRequest, area: ServiceArea | None, purpose: str, *, form: PlanForm | None = None, closing: BlackoutForm | None = None
) -> HttpResponse:
    at = business_now()
    plans = list(reads.plans_of(area, purpose)) if area else []
    week = [(name, [plan for plan in plans if plan.weekday == int(day)]) for day, name in WEEKDAYS]
    closed = [one for one in reads.blackouts_from(business_date(at)) if one.service_area in {None, area}]
    standing, closers = reads.standing_in(closed), reads.who_closed(closed)
    context = {
        "area": area,
        "purpose": purpose,
        "area_form": AreaForm(initial={"area": area, "purpose": purpose}),
        "week": week,
        "has_plans": bool(plans),
        "form": form or PlanForm(),
        "closing": closing or BlackoutForm(),
        "closed": [(one, standing[one.pk], closers.get(one.pk, "")) for one in closed],
        "days": by_day(reads.preview(area, purpose, at)) if area else [],
        "now": at,
    }
    has_errors = bool((form and form.errors) or (closing and closing.errors))
    return render(request, "fieldwork/appointments/plan.html", context, status=422 if has_errors else 200)
