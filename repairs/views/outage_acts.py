"""What is done with an interruption: announced, begun, told another hour, ended, called off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.outage_acts import EndForm, UntilForm
from ..operations import outage_plans, outage_previews, outage_runs
from .outage_guards import act_on, outage_or_404, refuse


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_OUTAGES)
def announce(request: MemberRequest, reference: str) -> HttpResponse:
    """How many are told what, before anybody is; then it is done."""
    at = business_now()
    found = outage_or_404(reference)
    if request.method == "POST":
        done = _("Announced. Messages are going out; this page shows how they get on.")
        return act_on(request, found, done, lambda: outage_plans.announce(outage=found, by=request.user, at=at))
    context = {
        "outage": found,
        "preview": outage_previews.preview(outage=found, at=at),
        "may_announce": outage_previews.may_announce(outage=found, by=request.user, at=at),
        "now": at,
    }
    return render(request, "repairs/outage_announce.html", context)


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def begin(request: MemberRequest, reference: str) -> HttpResponse:
    found, at = outage_or_404(reference), business_now()
    return act_on(request, found, _("Gas is off. The clock runs."), lambda: outage_runs.begin(outage=found, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def promise(request: MemberRequest, reference: str) -> HttpResponse:
    """Tell customers another hour."""
    found, at, form = outage_or_404(reference), business_now(), UntilForm(request.POST)
    if not form.is_valid():
        return refuse(request, found, _("Write the day and the hour."))
    until = form.cleaned_data["until"]
    done = _("Customers are being told the new hour.")
    return act_on(request, found, done, lambda: outage_runs.promise_again(outage=found, until=until, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def end(request: MemberRequest, reference: str) -> HttpResponse:
    """Gas is on again."""
    found, at, form = outage_or_404(reference), business_now(), EndForm(request.POST)
    if not form.is_valid():
        return refuse(request, found, _("Write the day and the hour."))
    # Typed to the minute: "just now" must not lie ahead, and a minute that began before gas went off is the one in which it did.
    restored_at = min(form.cleaned_data["restored_at"], at)
    if found.began_at and restored_at < found.began_at and restored_at >= found.began_at.replace(second=0, microsecond=0):
        restored_at = found.began_at
    done = _("Gas is on again. Customers are being told how to light it safely.")
    return act_on(request, found, done, lambda: outage_runs.end(outage=found, restored_at=restored_at, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def cancel(request: MemberRequest, reference: str) -> HttpResponse:
    found, at, why = outage_or_404(reference), business_now(), request.POST.get("reason", "")
    return act_on(request, found, _("Called off."), lambda: outage_plans.call_off(outage=found, reason=why, by=request.user, at=at))
