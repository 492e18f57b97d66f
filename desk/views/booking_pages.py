"""What booking at a hall has in common, whoever books: hall, service and time; and one appointment with its two buttons.

A form left open is refused with the times as they are now, and keeps what was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_now
from casework.operations import StaleRow, WrongMove

from ..forms.hall_appointments import TimeForm
from ..models import HallAppointment
from ..operations import hall_booking
from ..operations.hall_booking import Begun, NoSuchTime, TimeTaken
from ..permissions import TooManyAtOnce, TooManyMissed
from ..queries.appointment_choice import Choice, choice, choice_instead

#: What the operations refuse: those about the time stand beside it.
_OF_THE_TIME = (NoSuchTime, TimeTaken)
REFUSALS = (*_OF_THE_TIME, Begun, StaleRow, TooManyAtOnce, TooManyMissed, WrongMove)


@dataclass(frozen=True)
class Booking:
    """A page on which somebody books: its address, its form, what is done with it, and for whom its words are."""

    here: str
    form: type[TimeForm]
    take: Callable[[Choice, dict[str, Any], datetime], HttpResponse]
    is_staff: bool = False
    is_public: bool = False


@dataclass(frozen=True)
class Door:
    """Through which somebody came to an appointment: as whom, and the addresses of this page, its other button, and the way back."""

    appointment: HallAppointment
    by: Actor
    here: str
    give_up: str
    back: str
    is_staff: bool = False


def booking_page(request: HttpRequest, booking: Booking, **more: Any) -> HttpResponse:
    """Hall, then service, then time and person: three looks at one address, without scripts."""
    at = business_now()
    found = choice(request.GET.get("hall", ""), request.GET.get("service", ""), at, is_staff=booking.is_staff)
    posted = request.method == "POST" and found.service is not None
    form = booking.form(request.POST if posted else None, initial=more.pop("initial", None))
    if posted and form.is_valid():
        try:
            return booking.take(found, form.cleaned_data, at)
        except REFUSALS as refusal:
            _say(form, refusal)
            found = choice(request.GET.get("hall", ""), request.GET.get("service", ""), at, is_staff=booking.is_staff)
    context = {"booking": booking, "choice": found, "form": form, "chosen": form.data.get("starts_at", ""), "now": at, **more}
    return render(request, "desk/appointments/book.html", context, status=422 if form.errors else 200)


def appointment_page(request: HttpRequest, door: Door, template: str, **more: Any) -> HttpResponse:
    """One appointment: when and where, another time, or none."""
    at = business_now()
    form = TimeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            hall_booking.rebook(appointment=door.appointment, by=door.by, at=at, **form.cleaned_data)
        except REFUSALS as refusal:
            _say(form, refusal)
            door.appointment.refresh_from_db()
        else:
            messages.success(request, _("You have another time now."))
            return redirect(door.here)
    may_change = door.appointment.status == "displaced" or (
        door.appointment.status == "booked" and (door.is_staff or at < door.appointment.starts_at)
    )
    context = {
        "door": door,
        "appointment": door.appointment,
        "form": form,
        "chosen": form.data.get("starts_at", ""),
        "choice": choice_instead(door.appointment, at, is_staff=door.is_staff) if may_change else None,
        "may_change": may_change,
        "now": at,
        **more,
    }
    answer = render(request, template, context, status=422 if form.errors else 200)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def give_up(request: HttpRequest, door: Door) -> HttpResponse:
    """Nobody comes."""
    try:
        hall_booking.cancel(appointment=door.appointment, by=door.by, at=business_now())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The appointment is given up. Somebody else can have the time."))
    return redirect(door.here)


def _say(form: forms.Form, refusal: Exception) -> None:
    form.add_error("starts_at" if isinstance(refusal, _OF_THE_TIME) else None, str(refusal))
