"""Interruptions for staff: the list, one with everything about it, and what is done with it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import may, verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import references
from casework.models import Case
from casework.operations import StaleRow, WrongMove

from .. import outage_permissions
from ..forms.outages import EndForm, TicketForm, UntilForm, WhyForm
from ..models import Outage, OutageTicket, OutageWish
from ..operations import outage_exceptions, outage_plans, outage_previews, outage_runs, outage_tickets
from ..operations.outage_refusals import (
    AlreadyAsked,
    BadPlan,
    NightRestoration,
    NotAttachable,
    NothingToDecide,
    NoticeTooLate,
    TooEarly,
)
from ..queries import outage_calls, outage_messages, outage_page, outages
from .outage_guards import outage_or_404

_REFUSALS = (BadPlan, NoticeTooLate, NightRestoration, TooEarly, AlreadyAsked, NothingToDecide, NotAttachable, WrongMove, StaleRow)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def outage_list(request: MemberRequest) -> HttpResponse:
    """What is not over, and the latest that are."""
    at = business_now()
    context = {
        "standing": outages.standing(),
        "past": outages.past(),
        "calls": outage_calls.count_waiting(at),
        "may_plan": may(outage_permissions.check_may_plan, request.user, at=at),
        "now": at,
    }
    return render(request, "repairs/outage_list.html", context)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def outage(request: MemberRequest, reference: str) -> HttpResponse:
    """One interruption."""
    at = business_now()
    found = outage_or_404(reference)
    page = outage_page.page_of(found, at=at)
    forms = {
        "until": UntilForm(auto_id="promise_%s", initial={"until": timezone.localtime(found.promised_until)}),
        "end": EndForm(auto_id="end_%s", initial={"restored_at": timezone.localtime(at)}),
        "cancel": WhyForm(auto_id="cancel_%s"),
        "short": WhyForm(auto_id="short_%s"),
        "night": WhyForm(auto_id="night_%s"),
        "ticket": TicketForm(auto_id="ticket_%s"),
    }
    allowed = {
        "may_plan": may(outage_permissions.check_may_plan, request.user, at=at),
        "may_announce": outage_previews.may_announce(outage=found, by=request.user, at=at),
        "may_begin": outage_previews.may_begin(outage=found, by=request.user, at=at),
        "may_end": outage_previews.may_end(outage=found, by=request.user, at=at),
        "may_decide": Verb.APPROVE_OUTAGES in verbs_of(request.user, at),
    }
    return render(request, "repairs/outage.html", {**page, **allowed, "forms": forms})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.PLAN_OUTAGES)
def announce(request: MemberRequest, reference: str) -> HttpResponse:
    """How many are told what, before anybody is; then it is done."""
    at = business_now()
    found = outage_or_404(reference)
    if request.method == "POST":
        done = _("Announced. Messages are going out; this page shows how they get on.")
        return _act(request, found, done, lambda: outage_plans.announce(outage=found, by=request.user, at=at))
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
    return _act(request, found, _("Gas is off. The clock runs."), lambda: outage_runs.begin(outage=found, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def promise(request: MemberRequest, reference: str) -> HttpResponse:
    """Tell customers another hour."""
    found, at, form = outage_or_404(reference), business_now(), UntilForm(request.POST)
    if not form.is_valid():
        return _refuse(request, found, _("Write the day and the hour."))
    until = form.cleaned_data["until"]
    done = _("Customers are being told the new hour.")
    return _act(request, found, done, lambda: outage_runs.promise_again(outage=found, until=until, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def end(request: MemberRequest, reference: str) -> HttpResponse:
    """Gas is on again."""
    found, at, form = outage_or_404(reference), business_now(), EndForm(request.POST)
    if not form.is_valid():
        return _refuse(request, found, _("Write the day and the hour."))
    # Typed to the minute: "just now" must not lie ahead, and a minute that began before gas went off is the one in which it did.
    restored_at = min(form.cleaned_data["restored_at"], at)
    if found.began_at and restored_at < found.began_at and restored_at >= found.began_at.replace(second=0, microsecond=0):
        restored_at = found.began_at
    done = _("Gas is on again. Customers are being told how to light it safely.")
    return _act(request, found, done, lambda: outage_runs.end(outage=found, restored_at=restored_at, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def cancel(request: MemberRequest, reference: str) -> HttpResponse:
    found, at, why = outage_or_404(reference), business_now(), request.POST.get("reason", "")
    return _act(request, found, _("Called off."), lambda: outage_plans.call_off(outage=found, reason=why, by=request.user, at=at))


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def ask_exception(request: MemberRequest, reference: str) -> HttpResponse:
    """Ask somebody else to agree to less notice, or to gas on at night."""
    found, at, why = outage_or_404(reference), business_now(), request.POST.get("reason", "")
    what = request.POST.get("what", "")
    if what not in OutageWish.What.values:
        return _refuse(request, found, _("There is nothing to agree to here."))
    done = _("Asked. Whoever may agree has been told; nothing is done until then.")
    return _act(request, found, done, lambda: outage_exceptions.ask_exception(outage=found, what=what, reason=why, by=request.user, at=at))


@require_POST
@staff_with(Verb.APPROVE_OUTAGES)
def approve_exception(request: MemberRequest, pk: int) -> HttpResponse:
    wish, at, said = _wish(pk), business_now(), request.POST.get("decision", "")
    done = _("Approved. Who asked is told.")
    return _act(request, None, done, lambda: outage_exceptions.approve_exception(wish=wish, decision=said, by=request.user, at=at))


@require_POST
@staff_with(Verb.APPROVE_OUTAGES)
def refuse_exception(request: MemberRequest, pk: int) -> HttpResponse:
    wish, at, said = _wish(pk), business_now(), request.POST.get("decision", "")
    done = _("Refused. Who asked is told.")
    return _act(request, None, done, lambda: outage_exceptions.refuse_exception(wish=wish, decision=said, by=request.user, at=at))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def attach(request: MemberRequest, reference: str) -> HttpResponse:
    """This repair belongs to it."""
    found, at = outage_or_404(reference), business_now()
    case = Case.objects.filter(reference=references.tidy(request.POST.get("reference", ""))).select_related("timeline").first()
    if case is None:
        return _refuse(request, found, _("There is no case with this reference."))
    done = _("The repair belongs to this interruption now.")
    return _act(request, found, done, lambda: outage_tickets.attach(outage=found, case=case, by=request.user, at=at))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def detach(request: MemberRequest, pk: int) -> HttpResponse:
    """That repair has another cause."""
    ticket = get_object_or_404(OutageTicket.objects.select_related("case", "outage"), pk=pk)
    at, done = business_now(), _("The repair no longer belongs to this interruption.")
    return _act(request, ticket.outage, done, lambda: outage_tickets.detach(ticket=ticket, by=request.user, at=at))


@require_safe
@staff_with(Verb.HANDLE_CASES)
def messages_missed(request: MemberRequest, reference: str) -> HttpResponse:
    """Whom no message has reached."""
    found = outage_or_404(reference)
    context = {"outage": found, "states": outage_messages.delivery(found), "missed": outage_messages.not_delivered(found)}
    return render(request, "repairs/outage_messages.html", context)


def _wish(pk: int) -> OutageWish:
    found: OutageWish = get_object_or_404(OutageWish.objects.select_related("outage__timeline"), pk=pk)
    return found


def _act(request: MemberRequest, found: Outage | None, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("repairs:outage", found.reference) if found is not None else redirect("sla:approvals")


def _refuse(request: MemberRequest, found: Outage, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("repairs:outage", found.reference)
