"""Book a time at a hall without signing in; then a number, a code, and the way back to it by both of them or by the link of our message.

Note [One form, one appointment]. Each form carries a number that nobody can guess: sent twice by an impatient thumb it is one booking.
"""

import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.throttles import Pace, may_ask
from casework import references
from casework.models import Channel
from casework.operations import Answer, answer_once

from ..appointment_links import key_of
from ..forms.hall_appointments import FindForm, PublicBookingForm
from ..models import HallAppointment
from ..operations import hall_booking
from ..operations.hall_booking import Wish
from ..permissions import STRANGER
from ..queries.appointment_choice import Choice
from ..queries.hall_appointments import whole, with_code
from .booking_pages import Booking, Door, appointment_page, booking_page, give_up

#: More from one address is somebody's machine; everybody else rings, or waits a while.
_BOOKS, _FINDS = Pace("hall_booking", "20/hour"), Pace("hall_appointment", "15/min")
_BOOKED, _SEEN = "hall_booked", "hall_appointment"
#: Real time, as sessions do: how long a browser may come back to what it booked, and to what it looked up.
_KEPT, _LASTS = timedelta(hours=12), timedelta(minutes=15)


@never_cache
@require_http_methods(["GET", "POST"])
def appointments(request: HttpRequest) -> HttpResponse:
    """For everybody."""
    once = request.POST.get("once", "")[:32]
    once = once if once.isalnum() else secrets.token_hex(16)
    booking = Booking(reverse("desk:appointments"), PublicBookingForm, partial(_take, request, once), is_public=True)
    return booking_page(request, booking, once=once)


@never_cache
@require_safe
def appointment_booked(request: HttpRequest) -> HttpResponse:
    """The number and the code, in the browser that booked."""
    found = _remembered(request, _BOOKED)
    if found is None:
        return redirect("desk:appointments")
    answer = render(request, "desk/appointments/booked.html", {"appointment": found})
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def appointment_find(request: HttpRequest) -> HttpResponse:
    """Number and code, in the body and never in the address. Whatever is wrong, the answer is the same."""
    form = FindForm(request.POST or None)
    too_often = form.is_bound and not may_ask(request, _FINDS)
    if form.is_valid() and not too_often:
        found = with_code(*(references.tidy(form.cleaned_data[name]) for name in ("reference", "code")))
        if found is not None:
            return _see(request, found)
        form.add_error(None, _("We find no appointment with this number and this code. Compare both with the page on which you booked."))
    context = {"form": form, "too_often": too_often}
    return render(request, "desk/appointments/find.html", context, status=429 if too_often else 422 if form.errors else 200)


@never_cache
@require_safe
def appointment_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of our message opens the appointment for a quarter of an hour, and leaves the address at once."""
    key = key_of(token) if may_ask(request, _FINDS) else None
    found = whole().filter(pk=key, forgotten_at=None).first() if key else None
    return redirect("desk:appointment_find") if found is None else _see(request, found)


@never_cache
@require_http_methods(["GET", "POST"])
def appointment_mine(request: HttpRequest) -> HttpResponse:
    """What was looked up just now: when and where, nobody's name."""
    found = _remembered(request, _SEEN)
    return redirect("desk:appointment_find") if found is None else appointment_page(request, _door(found), "desk/appointments/mine.html")


@never_cache
@require_POST
def appointment_give_up(request: HttpRequest) -> HttpResponse:
    """Nobody comes."""
    found = _remembered(request, _SEEN)
    return redirect("desk:appointment_find") if found is None else give_up(request, _door(found))


def _take(request: HttpRequest, once: str, found: Choice, given: dict[str, Any], at: datetime) -> HttpResponse:
    """See Note [One form, one appointment]."""
    if not may_ask(request, _BOOKS):
        return render(request, "desk/appointments/too_often.html", status=429)
    said = {name: given[name] for name in ("starts_at", "name", "phone", "note")}

    def book() -> Answer:
        wish = Wish(hall=found.hall, service=found.service.kind, channel=Channel.WEB, language=get_language() or "", **said)  # type: ignore[arg-type, union-attr]
        made = hall_booking.book(wish=wish, by=STRANGER, at=at)
        return Answer(201, {"appointment": made.pk}, about=made.reference)

    answer = answer_once(caller="web:appointments", key=once, fingerprint="", at=at, act=book)
    request.session[_BOOKED] = [answer.body["appointment"] if answer.body else 0, (timezone.now() + _KEPT).timestamp()]
    return redirect("desk:appointment_booked")


def _see(request: HttpRequest, found: HallAppointment) -> HttpResponse:
    request.session[_SEEN] = [found.pk, (timezone.now() + _LASTS).timestamp()]
    return redirect("desk:appointment_mine")


def _remembered(request: HttpRequest, name: str) -> HallAppointment | None:
    key, until = request.session.get(name, (0, 0))
    return None if until <= timezone.now().timestamp() else whole().filter(pk=key, forgotten_at=None).first()


def _door(found: HallAppointment) -> Door:
    return Door(found, STRANGER, reverse("desk:appointment_mine"), reverse("desk:appointment_give_up"), reverse("desk:appointments"))
