"""Write the plan of an interruption: choose places from the tree, see whom it touches before anybody is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.models import Territory
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..forms.outages import PlanForm, WidenForm
from ..models import Outage
from ..models.outage import OutageKind
from ..operations import outage_plans, outage_previews, outage_runs
from ..operations.outage_plans import Plan
from ..operations.outage_refusals import BadPlan, NightRestoration, NoticeTooLate
from ..outage_rules import NOTICE, morning_after
from ..queries import outage_places
from ..queries.outage_reach import outermost, reach_of
from .outage_guards import outage_or_404

_USUAL = timedelta(hours=4)
#: Which field of the form a refusal belongs to; the others stand above it.
_FIELDS = {"places": "places", "reason": "reason", "starts_at": "starts_at", "until": "until"}


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_OUTAGES)
def plan_new(request: MemberRequest) -> HttpResponse:
    """Planned works: a draft first; announcing comes after."""
    at = business_now()
    form = PlanForm(request.POST or None, initial=_tomorrow(at))
    if _is_sent(request, form):
        outage = _try(form, lambda: outage_plans.plan_outage(plan=_plan(form, at), by=request.user, at=at))
        if outage is not None:
            messages.success(request, _("Planned. Nobody has been told yet: look at whom it touches, then announce it."))
            return redirect("repairs:outage", outage.reference)
    return _page(request, form, {"title": _("Plan an interruption"), "label": _("Write the plan down")})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_OUTAGES)
def accident_new(request: MemberRequest) -> HttpResponse:
    """Gas is off now: one form, counted before it is sent."""
    at = business_now()
    form = PlanForm(request.POST or None, is_accident=True, initial={"until": _daylight(at + _USUAL)})
    if _is_sent(request, form):
        outage = _try(form, lambda: outage_runs.declare_accident(plan=_plan(form, at), by=request.user, at=at))
        if outage is not None:
            messages.success(request, _("The clock runs, and customers are being told."))
            return redirect("repairs:outage", outage.reference)
    return _page(request, form, {"title": _("Gas is off after an accident"), "label": _("Gas is off: start the clock and tell customers")})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_OUTAGES)
def plan_change(request: MemberRequest, reference: str) -> HttpResponse:
    """Another plan, or the word that reports were right: it is an accident."""
    at = business_now()
    outage = outage_or_404(reference)
    first = {
        "places": list(outage.territories.all()),
        "reason": outage.reason,
        "starts_at": outage.starts_at,
        "until": outage.promised_until,
    }
    if outage.is_proposed:
        first["until"] = _daylight(at + _USUAL)
    form = PlanForm(request.POST or None, is_accident=outage.is_accident, initial=first)
    if _is_sent(request, form):
        act = outage_runs.confirm_accident if outage.is_accident else outage_plans.change_plan
        done = _try(form, lambda: act(outage=outage, plan=_plan(form, at), by=request.user, at=at))
        if done is not None:
            messages.success(
                request, _("The clock runs, and customers are being told.") if outage.is_accident else _("The plan is changed.")
            )
            return redirect("repairs:outage", outage.reference)
    label = _("It is an accident: start the clock and tell customers") if outage.is_accident else _("Change the plan")
    title = _("Confirm the accident") if outage.is_accident else _("Change the plan")
    return _page(request, form, {"title": title, "label": label, "outage": outage})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_OUTAGES)
def widen(request: MemberRequest, reference: str) -> HttpResponse:
    """The accident touches more places than was thought."""
    at, outage = business_now(), outage_or_404(reference)
    form = WidenForm(request.POST or None, initial={"places": list(outage.territories.all())})
    if _is_sent(request, form):
        places = list(form.cleaned_data["places"])
        if _try(form, lambda: outage_runs.widen(outage=outage, places=places, by=request.user, at=at)) is not None:
            messages.success(request, _("Customers there are being told too."))
            return redirect("repairs:outage", outage.reference)
    label = _("These places too: tell their customers")
    return _page(request, form, {"title": _("More places are without gas"), "label": label, "outage": outage})


def _is_sent(request: MemberRequest, form: PlanForm) -> bool:
    """Whether this is to be done; walking through the tree and counting only show the form again."""
    if "send" in request.POST:
        return form.is_valid()
    for field in form.fields.values():
        field.required = False  # who still looks for places has not forgotten the rest
    return False


def _plan(form: PlanForm, at: datetime) -> Plan:
    typed = form.cleaned_data
    return Plan(places=list(typed["places"]), reason=typed["reason"], starts_at=typed.get("starts_at") or at, until=typed["until"])


def _try(form: PlanForm, act: Any) -> Outage | None:
    try:
        return act()  # type: ignore[no-any-return]
    except BadPlan as refusal:
        form.add_error(_FIELDS.get(refusal.code) if refusal.code in form.fields else None, str(refusal))
    except NightRestoration as refusal:
        form.add_error("until", str(refusal))
    except NoticeTooLate as refusal:
        form.add_error("starts_at", str(refusal))
    except (WrongMove, StaleRow) as refusal:
        form.add_error(None, str(refusal))
    return None


def _page(request: MemberRequest, form: PlanForm, context: Mapping[str, Any]) -> HttpResponse:
    is_sent = request.method == "POST" and "send" in request.POST
    chosen = outermost(form.chosen())
    # A plan that has its places begins beside them.
    first = chosen[0].parent_id if chosen and request.method == "GET" else ""
    here = str(request.POST.get("go") or request.POST.get("here") or first or "")
    sought = request.POST.get("sought", "").strip() if "look" in request.POST else ""
    shown = {
        "form": form,
        "shows_errors": is_sent,
        "tree": outage_places.branch(int(here) if here.isdecimal() else None, sought),
        "chosen": outage_places.named(chosen),
        "chosen_keys": {place.pk for place in chosen},
        "reach": reach_of([place.path for place in chosen]) if chosen else None,
        "preview": _preview(form, chosen),
    }
    return render(request, "repairs/outage_plan.html", {**shown, **context}, status=422 if is_sent else 200)


def _preview(form: PlanForm, chosen: Sequence[Territory]) -> outage_previews.Preview | None:
    """What customers would read, once places, reason and hour are there, right or not yet."""
    typed = form.cleaned_data if form.is_bound and form.errors is not None else form.initial
    if not (chosen and typed.get("reason") and typed.get("until")):
        return None
    at = business_now()
    plan = Plan(places=chosen, reason=typed["reason"], starts_at=typed.get("starts_at") or at, until=typed["until"])
    return outage_previews.preview_plan(plan=plan, kind=OutageKind.ACCIDENT if form.is_accident else OutageKind.PLANNED, at=at)


def _tomorrow(at: datetime) -> dict[str, datetime]:
    """The first whole hour that leaves customers their two days, and a usual length of works."""
    local = timezone.localtime(at + NOTICE + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    start = morning_after(local, night=settings.OUTAGE_NIGHT, zone=settings.TIME_ZONE) or local
    return {"starts_at": timezone.localtime(start), "until": _daylight(start + _USUAL)}


def _daylight(moment: datetime) -> datetime:
    """The moment, or the end of the night it falls into."""
    return timezone.localtime(morning_after(moment, night=settings.OUTAGE_NIGHT, zone=settings.TIME_ZONE) or moment)
