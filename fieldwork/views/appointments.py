"""A time for a visit: chosen, moved and given up by the customer (cabinet or tracking page) and by whoever handles the case.

All three doors lead to the same page. A form left open is refused with the list as it is now (see Note [The last place]).
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from casework.models import Case
from casework.operations import StaleRow
from casework.permissions import VISITOR
from casework.views.guards import case_or_404
from casework.views.tracking import case_in_sight

from ..forms.appointments import ChooseForm, PurposeForm
from ..models import Booking
from ..operations import appointments, arranging
from ..queries.appointment_page import Choice, choice

REFUSALS = (
    *(appointments.NotToBeBooked, appointments.AlreadyAgreed, appointments.NothingAgreed),
    *(appointments.NoSuchSlot, appointments.SlotTaken, StaleRow),
)


@dataclass(frozen=True)
class _Door:
    """Through which somebody came: for which case, as whom, and the addresses of this page, its other button, and the way back."""

    case: Case
    by: Actor
    here: str
    give_up: str
    back: str
    is_staff: bool = False


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_appointment(request: MemberRequest, reference: str) -> HttpResponse:
    """In the cabinet."""
    return _choose(request, _cabinet(request, reference))


@never_cache
@require_POST
@customer_only
def cabinet_appointment_cancel(request: MemberRequest, reference: str) -> HttpResponse:
    """The customer waits at no time any more."""
    return _give_up(request, _cabinet(request, reference))


@never_cache
@require_http_methods(["GET", "POST"])
def tracked_appointment(request: HttpRequest) -> HttpResponse:
    """For whoever looked the case up with reference and code just now."""
    case = case_in_sight(request)
    return _choose(request, _tracked(case)) if case else redirect("casework:track")


@never_cache
@require_POST
def tracked_appointment_cancel(request: HttpRequest) -> HttpResponse:
    """The same, without a sign-in."""
    case = case_in_sight(request)
    return _give_up(request, _tracked(case)) if case else redirect("casework:track")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def case_appointment(request: MemberRequest, reference: str) -> HttpResponse:
    """At the counter and on the phone; also a visit for a matter that sends nobody by itself."""
    door = _staff(request, reference)
    purpose = PurposeForm(request.GET)
    wanted = purpose.cleaned_data["purpose"] if purpose.is_valid() else ""
    why = arranging.why_not(door.case) if wanted else ""
    if why and request.method == "POST":
        # What was chosen was for a visit of this purpose, not for the one that somebody has asked for meanwhile.
        messages.error(request, why)
        return redirect(door.here)
    return _choose(request, door, purpose="" if why else wanted)


@never_cache
@require_POST
@staff_with(Verb.HANDLE_CASES)
def case_appointment_cancel(request: MemberRequest, reference: str) -> HttpResponse:
    """The customer says that no time is needed."""
    return _give_up(request, _staff(request, reference))


def _choose(request: HttpRequest, door: _Door, *, purpose: str = "") -> HttpResponse:
    at = business_now()
    found, form = choice(door.case, at, purpose=purpose), ChooseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _agree(door, found, form.cleaned_data, at=at)
        except REFUSALS as refusal:
            form.add_error("starts_at" if isinstance(refusal, appointments.SlotTaken | appointments.NoSuchSlot) else None, str(refusal))
            found = choice(door.case, at, purpose=purpose)
        else:
            messages.success(request, _("The time is agreed."))
            return redirect(door.back)
    return _page(request, door, found, form, purpose)


def _agree(door: _Door, found: Choice, given: dict[str, Any], *, at: Any) -> Booking:
    """One of three: a visit with its time, another time, the first one."""
    when = {"starts_at": given["starts_at"], "at": at}
    if found.visit is None and door.is_staff:
        return arranging.arrange(case=door.case, purpose=found.purpose, by=door.by, **when)  # type: ignore[arg-type]
    if given["version"] is not None and given["version"] != found.version:
        raise StaleRow
    act = appointments.move if found.booking else appointments.agree
    return act(case=door.case, by=door.by, **when)


def _give_up(request: HttpRequest, door: _Door) -> HttpResponse:
    try:
        appointments.cancel(case=door.case, by=door.by, at=business_now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("No time is agreed any more. Somebody is still sent, as soon as a crew is free."))
    return redirect(door.back)


def _page(request: HttpRequest, door: _Door, found: Choice, form: ChooseForm, purpose: str) -> HttpResponse:
    may_arrange = door.is_staff and not arranging.why_not(door.case)
    why = "" if purpose else appointments.why_not(door.case, found.visit)
    context = {
        "door": door,
        "case": door.case,
        "choice": found,
        "form": form,
        "chosen": form.data.get("starts_at", ""),
        "why": "" if may_arrange else why,
        "purpose_form": PurposeForm(initial={"purpose": purpose}) if (may_arrange and why) or purpose else None,
        "is_arranging": bool(purpose),
        "may_choose": bool(purpose) or not why,
    }
    return render(request, "fieldwork/appointments/choose.html", context, status=422 if form.errors else 200)


def _cabinet(request: MemberRequest, reference: str) -> _Door:
    case = case_or_404(request.user, reference)
    here, give_up = (reverse(f"fieldwork:cabinet_{name}", args=[case.reference]) for name in ("appointment", "appointment_cancel"))
    return _Door(case, request.user, here, give_up, reverse("casework:request", args=[case.reference]))


def _tracked(case: Case) -> _Door:
    here, give_up = reverse("fieldwork:tracked_appointment"), reverse("fieldwork:tracked_appointment_cancel")
    return _Door(case, VISITOR, here, give_up, reverse("casework:tracked"))


def _staff(request: MemberRequest, reference: str) -> _Door:
    case = case_or_404(request.user, reference)
    here, give_up = (reverse(f"fieldwork:case_{name}", args=[case.reference]) for name in ("appointment", "appointment_cancel"))
    return _Door(case, request.user, here, give_up, reverse("casework:case", args=[case.reference]), is_staff=True)
