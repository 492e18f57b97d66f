"""Whom no message has reached, and ringing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..operations import outage_calls as operations
from ..operations.outage_refusals import BadPlan
from ..queries import outage_messages
from .outage_guards import outage_or_404


@require_safe
@staff_with(Verb.HANDLE_CASES)
def messages_missed(request: MemberRequest, reference: str) -> HttpResponse:
    """Whom no message has reached."""
    found = outage_or_404(reference)
    context = {"outage": found, "states": outage_messages.delivery(found), "missed": outage_messages.not_delivered(found)}
    return render(request, "repairs/outage_messages.html", context)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def ring_missed(request: MemberRequest, reference: str) -> HttpResponse:
    """Whoever no message could reach is rung."""
    found = outage_or_404(reference)
    try:
        count = operations.ring_missed(outage=found, by=request.user, at=business_now())
    except BadPlan as refusal:
        messages.error(request, str(refusal))
        return redirect("repairs:outage_messages", found.reference)
    said = ngettext("%(count)s call was added.", "%(count)s calls were added.", count)
    messages.success(request, said % {"count": count})
    return redirect("repairs:outage_calls", found.reference)
