"""Fetch an interruption, or say that there is none; do something with it, or say why not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts.views.guards import MemberRequest
from casework.operations import StaleRow, WrongMove

from ..models import Outage
from ..operations import outage_refusals as no
from ..queries import outages

_REFUSALS = (
    *(no.BadPlan, no.NoticeTooLate, no.NightRestoration, no.TooEarly, no.AlreadyAsked, no.NothingToDecide, no.NotAttachable),
    *(WrongMove, StaleRow),
)


def outage_or_404(reference: str) -> Outage:
    """The interruption of this reference, however it was typed."""
    try:
        return outages.get_outage(reference)
    except outages.OutageNotFound:
        raise Http404 from None


def act_on(request: MemberRequest, found: Outage | None, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do it, or say why not; back to its page, or to the approvals."""
    try:
        act()
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("repairs:outage", found.reference) if found is not None else redirect("sla:approvals")


def refuse(request: MemberRequest, found: Outage, sentence: str) -> HttpResponse:
    """Back to its page with a sentence."""
    messages.error(request, sentence)
    return redirect("repairs:outage", found.reference)
