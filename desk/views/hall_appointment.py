"""One appointment as staff see it: who comes, how it went, another time, told by phone, the case it is about, and forgetting it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

import accounts.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import references
from casework.operations import StaleRow
from casework.permissions import visible_cases

from ..forms.hall_appointments import CaseForm
from ..models import HallAppointment
from ..operations import hall_forgetting, hall_gaps, hall_reception
from ..operations.hall_forgetting import StillToCome
from ..queries.hall_appointments import whole
from .booking_pages import Door, appointment_page, give_up


class NoSuchCase(Exception):
    """Nobody's case, or not theirs to see."""

    def __init__(self) -> None:
        super().__init__(_("There is no case with this reference."))


def appointment_or_404(reference: str) -> HallAppointment:
    """Whoever keeps appointments sees all."""
    found = whole().filter(reference=references.tidy(reference)).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def hall_appointment(request: MemberRequest, reference: str) -> HttpResponse:
    """Its page; posted to it is another time."""
    found, at = appointment_or_404(reference), business_now()
    may_erase = Verb.ERASE_PERSONAL_DATA in accounts.permissions.verbs_of(request.user, at)
    more = {"case_form": CaseForm(), "may_erase": may_erase and found.forgotten_at is None}
    return appointment_page(request, _door(request, found), "desk/appointments/one.html", **more)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def hall_appointment_give_up(request: MemberRequest, reference: str) -> HttpResponse:
    """They said that they do not come."""
    return give_up(request, _door(request, appointment_or_404(reference)))


def _act(
    act: Callable[[HallAppointment, MemberRequest, dict[str, Any]], object], done: Callable[[], str], verb: Verb
) -> Callable[..., HttpResponseBase]:
    """The view of one act: call its operation, say what happened or why not, and show the appointment again."""

    @require_POST
    @staff_with(verb)
    def view(request: MemberRequest, reference: str) -> HttpResponse:
        found = appointment_or_404(reference)
        try:
            act(found, request, {"by": request.user, "at": business_now()})
        except (NoSuchCase, StaleRow, StillToCome) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done())
        return redirect("desk:hall_appointment", reference=found.reference)

    return view


def _link(found: HallAppointment, request: MemberRequest, when: dict[str, Any]) -> None:
    reference = references.tidy(request.POST.get("reference", "")[:40])
    case = visible_cases(request.user, when["at"]).filter(reference=reference).first()
    if case is None:
        raise NoSuchCase
    hall_reception.link_case(appointment=found, case=case, **when)


hall_appointment_told = _act(
    lambda found, _request, when: hall_gaps.note_told(appointment=found, **when),
    lambda: _("Noted: they know."),
    Verb.HANDLE_CASES,
)
hall_appointment_link = _act(_link, lambda: _("The case is noted."), Verb.HANDLE_CASES)
hall_appointment_erase = _act(
    lambda found, _request, when: hall_forgetting.erase(appointment=found, **when),
    lambda: _("Whose appointment it was is forgotten."),
    Verb.ERASE_PERSONAL_DATA,
)


def _door(request: MemberRequest, found: HallAppointment) -> Door:
    here, away = (reverse(f"desk:hall_appointment{end}", args=[found.reference]) for end in ("", "_give_up"))
    return Door(found, request.user, here, away, reverse("desk:hall_day_list"), is_staff=True)
