"""The applicant, or whoever speaks with them, chooses when somebody comes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from fieldwork.forms.appointments import ChooseForm
from fieldwork.operations import appointments
from fieldwork.views.appointments import REFUSALS

from ..operations import visits
from ..queries import visits as reads
from .doors import Door, cabinet_door, staff_door, tracked_door


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_visit(request: MemberRequest, reference: str, purpose: str) -> HttpResponse:
    """In the cabinet."""
    return _choose(request, cabinet_door(request, reference), purpose)


@never_cache
@require_http_methods(["GET", "POST"])
def tracked_visit(request: HttpRequest, purpose: str) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _choose(request, door, purpose) if door else redirect("casework:track")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_visit(request: MemberRequest, reference: str, purpose: str) -> HttpResponse:
    """On the phone and at the counter."""
    return _choose(request, staff_door(request, reference), purpose)


def _choose(request: HttpRequest, door: Door, purpose: str) -> HttpResponse:
    at, application = business_now(), door.application
    if purpose not in reads.bookable(application):
        messages.error(request, _("Nobody has to come for this now, or somebody is asked for already."))
        return redirect(door.back)
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            visits.book(application=application, purpose=purpose, starts_at=form.cleaned_data["starts_at"], by=door.by, at=at)
        except REFUSALS as refusal:
            form.add_error("starts_at" if isinstance(refusal, appointments.SlotTaken | appointments.NoSuchSlot) else None, str(refusal))
        else:
            messages.success(request, _("The time is agreed."))
            return redirect(door.back)
    context = {
        "door": {"here": door.to("visit", purpose), "back": door.back, "is_staff": door.is_staff},
        "case": application.case,
        "choice": reads.times_for(application, purpose, at),
        "what": reads.called(purpose),
        "form": form,
        "chosen": form.data.get("starts_at", ""),
        "is_arranging": True,
    }
    return render(request, "connections/visit_book.html", context, status=422 if form.errors else 200)
