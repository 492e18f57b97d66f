"""Have us act for the applicant, and take it back: by the applicant, or before a colleague's eyes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from casework.operations import Ended, NotTaken

from ..forms.steward import MandateForm
from ..mandates import MandateDeed
from ..operations import mandates
from .doors import Door, cabinet_door, staff_door, tracked_door

_REFUSALS = (mandates.NotSigned, mandates.UnknownDeed, mandates.AlreadyGiven, mandates.NothingGiven, Ended, NotTaken, Forbidden)


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_mandate(request: MemberRequest, reference: str) -> HttpResponse:
    """In the cabinet, where one's own tick is a signature."""
    return _sign(request, cabinet_door(request, reference))


@never_cache
@require_http_methods(["GET", "POST"])
def tracked_mandate(request: HttpRequest) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _sign(request, door) if door else redirect("casework:track")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_mandate(request: MemberRequest, reference: str) -> HttpResponse:
    """The applicant signs on the colleague's screen, or on paper."""
    return _sign(request, staff_door(request, reference))


@never_cache
@require_POST
@customer_only
def cabinet_mandate_revoke(request: MemberRequest, reference: str) -> HttpResponse:
    """In the cabinet."""
    return _revoke(request, cabinet_door(request, reference))


@never_cache
@require_POST
def tracked_mandate_revoke(request: HttpRequest) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _revoke(request, door) if door else redirect("casework:track")


@never_cache
@require_POST
@staff_with(Verb.HANDLE_CASES)
def case_mandate_revoke(request: MemberRequest, reference: str) -> HttpResponse:
    """The applicant says so on the phone or at the counter."""
    return _revoke(request, staff_door(request, reference))


def _sign(request: HttpRequest, door: Door) -> HttpResponse:
    is_sent = request.method == "POST"
    first = {"deeds": MandateDeed.values}
    form = MandateForm(request.POST if is_sent else None, request.FILES if is_sent else None, initial=first, may_confirm=door.is_cabinet)
    if form.is_valid():
        try:
            mandates.give(application=door.application, signing=form.signing(), by=door.by, at=business_now())
        except _REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("We act for the applicant from now on.") if door.is_staff else _("Thank you. We act for you from now on.")
            )
            return redirect(door.back)
    context = {"door": door, "here": door.to("mandate"), "case": door.application.case, "form": form}
    return render(request, "connections/mandate.html", context, status=422 if form.errors else 200)


def _revoke(request: HttpRequest, door: Door) -> HttpResponse:
    try:
        mandates.revoke(application=door.application, by=door.by, at=business_now())
    except _REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: nobody acts in the applicant's place any more."))
    return redirect(door.back)
