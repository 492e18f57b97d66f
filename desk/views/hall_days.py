"""The day of a hall: who comes when, who is here, who was called, served, or did not come; and booking for somebody."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.permissions
import accounts.queries
from accounts.clock import business_date, business_now
from accounts.models import Account, Hall
from accounts.queries.halls import places
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.models import Channel
from casework.operations import StaleRow, WrongMove

from ..forms.hall_appointments import StaffBookingForm
from ..forms.hall_plans import DayForm
from ..operations import hall_booking, hall_reception
from ..operations.hall_booking import Wish
from ..operations.hall_reception import NotToday, NotYetMissed
from ..queries.appointment_choice import Choice
from ..queries.hall_appointments import counted, displaced_of, of_day
from .booking_pages import Booking, booking_page
from .hall_appointment import appointment_or_404

REFUSALS = (NotToday, NotYetMissed, StaleRow, WrongMove)


@never_cache
@require_safe
@staff_with(Verb.HANDLE_CASES)
def hall_day_list(request: MemberRequest) -> HttpResponse:
    """Today in one's own hall, or another day elsewhere."""
    at, form = business_now(), DayForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    hall, day = given.get("hall") or own_hall(request), given.get("day") or business_date(at)
    found = list(of_day(hall, day)) if hall else []
    context = {
        "hall": hall,
        "day": day,
        "is_today": day == business_date(at),
        "form": DayForm(initial={"hall": hall, "day": day}),
        "rows": found,
        "figures": counted(found),
        "displaced": list(displaced_of(hall)) if hall else [],
        "may_plan": Verb.EDIT_ROSTER in accounts.permissions.verbs_of(request.user, at),
        "now": at,
    }
    return render(request, "desk/appointments/day.html", context)


@require_POST
@staff_with(Verb.HANDLE_CASES)
def hall_step(request: MemberRequest, reference: str) -> HttpResponse:
    """One button of the list."""
    found, step = appointment_or_404(reference), request.POST.get("step", "")
    if step in hall_reception.STEPS:
        try:
            hall_reception.note_step(appointment=found, step=step, by=request.user, at=business_now())
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
    query = urlencode({"hall": found.hall.code, "day": business_date(found.starts_at).isoformat()})
    return redirect(f"{reverse('desk:hall_day_list')}?{query}#a-{found.reference}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def hall_booking_new(request: MemberRequest) -> HttpResponse:
    """For a caller, or for somebody at the counter."""

    def take(found: Choice, given: dict[str, Any], at: datetime) -> HttpResponse:
        made = hall_booking.book(wish=_wish(found, given), by=request.user, at=at)
        messages.success(request, _("The appointment is booked."))
        return redirect("desk:hall_appointment", reference=made.reference)

    booking = Booking(reverse("desk:hall_booking_new"), StaffBookingForm, take, is_staff=True)
    return booking_page(
        request, booking, initial={"account": request.GET.get("account", "")[:20]}, account=request.GET.get("account", "")[:20]
    )


def _wish(found: Choice, given: dict[str, Any]) -> Wish:
    account: Account | None = given["account"]
    return Wish(
        hall=found.hall,  # type: ignore[arg-type]
        service=found.service.kind,  # type: ignore[union-attr]
        starts_at=given["starts_at"],
        channel=Channel.STAFF,
        name=given["name"],
        phone=given["phone"],
        note=given["note"],
        language=account.customer.language if account else get_language() or "",
        account=account,
    )


def own_hall(request: MemberRequest) -> Hall | None:
    """Where somebody works; the first hall for who works in none."""
    own = accounts.queries.current_staff(request.user).hall
    return own if own and own.kind != Hall.Kind.ONLINE else places().order_by("name", "pk").first()
