"""Exceptions: ask somebody else to agree, and decide."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import OutageWish
from ..operations import outage_exceptions
from .outage_guards import act_on, outage_or_404, refuse


@require_POST
@staff_with(Verb.PLAN_OUTAGES)
def ask_exception(request: MemberRequest, reference: str) -> HttpResponse:
    """Ask somebody else to agree to less notice, or to gas on at night."""
    found, at, why = outage_or_404(reference), business_now(), request.POST.get("reason", "")
    what = request.POST.get("what", "")
    if what not in OutageWish.What.values:
        return refuse(request, found, _("There is nothing to agree to here."))
    done = _("Asked. Whoever may agree has been told; nothing is done until then.")
    return act_on(
        request, found, done, lambda: outage_exceptions.ask_exception(outage=found, what=what, reason=why, by=request.user, at=at)
    )


@require_POST
@staff_with(Verb.APPROVE_OUTAGES)
def approve_exception(request: MemberRequest, pk: int) -> HttpResponse:
    wish, at, said = _wish(pk), business_now(), request.POST.get("decision", "")
    done = _("Approved. Who asked is told.")
    return act_on(request, None, done, lambda: outage_exceptions.approve_exception(wish=wish, decision=said, by=request.user, at=at))


@require_POST
@staff_with(Verb.APPROVE_OUTAGES)
def refuse_exception(request: MemberRequest, pk: int) -> HttpResponse:
    wish, at, said = _wish(pk), business_now(), request.POST.get("decision", "")
    done = _("Refused. Who asked is told.")
    return act_on(request, None, done, lambda: outage_exceptions.refuse_exception(wish=wish, decision=said, by=request.user, at=at))


def _wish(pk: int) -> OutageWish:
    found: OutageWish = get_object_or_404(OutageWish.objects.select_related("outage__timeline"), pk=pk)
    return found
