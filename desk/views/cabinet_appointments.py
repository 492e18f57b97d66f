"""A customer's own appointments at halls: booked, moved, given up."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.clock import business_now
from accounts.models import User
from accounts.views.guards import MemberRequest, customer_only
from casework import references
from casework.models import Channel

from .. import permissions
from ..forms.hall_appointments import OwnBookingForm
from ..models import HallAppointment
from ..operations import hall_booking
from ..operations.hall_booking import Wish
from ..queries.appointment_choice import Choice
from .booking_pages import Booking, Door, appointment_page, booking_page, give_up
from .cabinet import cabinet_of


@never_cache
@require_safe
@customer_only
def cabinet_appointments(request: MemberRequest) -> HttpResponse:
    """Those to come, and the last ones."""
    at = business_now()
    mine = permissions.visible(request.user, at=at)
    coming = mine.to_come().filter(ends_at__gt=at) | mine.filter(status="displaced")
    past = mine.exclude(pk__in=coming.values("pk")).order_by("-starts_at", "-pk")[:20]
    return render(request, "desk/appointments/cabinet.html", {"coming": coming.order_by("starts_at", "pk"), "past": past})


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_appointment_new(request: MemberRequest) -> HttpResponse:
    """About the account that is being looked at, if there is one."""

    def take(found: Choice, given: dict[str, Any], at: datetime) -> HttpResponse:
        made = hall_booking.book(wish=_wish(request, found, given), by=request.user, at=at)
        messages.success(request, _("The appointment is booked."))
        return redirect("desk:cabinet_hall_appointment", reference=made.reference)

    return booking_page(request, Booking(reverse("desk:cabinet_appointment_new"), OwnBookingForm, take))


@never_cache
@require_http_methods(["GET", "POST"])
@customer_only
def cabinet_hall_appointment(request: MemberRequest, reference: str) -> HttpResponse:
    """One of them."""
    return appointment_page(request, _door(request.user, reference), "desk/appointments/mine.html")


@never_cache
@require_POST
@customer_only
def cabinet_hall_appointment_give_up(request: MemberRequest, reference: str) -> HttpResponse:
    """Nobody comes."""
    return give_up(request, _door(request.user, reference))


def _wish(request: MemberRequest, found: Choice, given: dict[str, Any]) -> Wish:
    cabinet, user = cabinet_of(request), request.user
    return Wish(
        hall=found.hall,  # type: ignore[arg-type]
        service=found.service.kind,  # type: ignore[union-attr]
        starts_at=given["starts_at"],
        channel=Channel.CABINET,
        name=cabinet.account.customer.name if cabinet and cabinet.sees_household else "",
        phone=str(user.phone or ""),
        note=given["note"],
        language=user.language or get_language() or "",
        account=cabinet.account if cabinet else None,
        user=user,
    )


def _door(user: User, reference: str) -> Door:
    found: HallAppointment | None = permissions.visible(user, at=business_now()).filter(reference=references.tidy(reference)).first()
    if found is None:
        raise Http404
    here, away = (reverse(f"desk:cabinet_hall_appointment{end}", args=[found.reference]) for end in ("", "_give_up"))
    return Door(found, user, here, away, reverse("desk:cabinet_appointments"))
