"""Interruptions for staff: the list, and one with everything about it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import may, verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import outage_permissions
from ..forms.outage_acts import EndForm, TicketForm, UntilForm, WhyForm
from ..operations import outage_previews
from ..queries import outage_calls, outage_page, outages
from .outage_guards import outage_or_404


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
    # Before anybody is told, whoever plans reads what they would be told.
    page["preview"] = outage_previews.preview(outage=found, at=at) if found.is_draft and allowed["may_plan"] else None
    return render(request, "repairs/outage.html", {**page, **allowed, "forms": forms})
