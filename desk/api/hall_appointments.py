"""Appointments at halls over the API: what is free (for everybody), booking, moving, giving up, and the day of a hall for staff.

For city portals that book for their people, for our own apps, and for what numbers the queue of a hall.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read, read_query
from accounts.api.problems import Problem
from accounts.clock import business_date, business_now
from accounts.models import Hall
from accounts.roles import Verb
from casework import references
from casework.api.idempotency import keyed
from casework.api.lookups import account_for
from casework.models import Channel
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..models import HallAppointment, HallService
from ..operations import hall_booking, hall_reception
from ..operations.hall_booking import Begun, NoSuchTime, TimeTaken, Wish
from ..queries.hall_appointments import of_day
from ..queries.hall_times import bookable_halls, times_to_choose
from . import hall_examples as examples
from .hall_inputs import BookHallInput, CancelHallInput, HallAppointmentsQuery, HallStepInput, HallTimesQuery, MoveHallInput
from .hall_outputs import HallAppointmentOutput, HallAppointmentsOutput, HallServicesOutput, HallTimesOutput

_TAG = "Appointments at halls"
#: 409 where looking again may help, 422 where it will not, 403 where we want to speak first.
_REFUSALS: dict[type[Exception], int] = {
    TimeTaken: 409,
    StaleRow: 409,
    WrongMove: 409,
    Begun: 409,
    NoSuchTime: 422,
    permissions.TooManyMissed: 403,
    permissions.TooManyAtOnce: 403,
}


def _find(request: Request, reference: str, /, *, at: datetime) -> HallAppointment:
    found = permissions.visible(caller(request), at=at).filter(reference=references.tidy(reference)).first()
    if found is None:
        raise Http404
    return found


def _show(_request: Request, found: HallAppointment, /, *, at: datetime) -> Response:
    found.refresh_from_db()
    return Response(HallAppointmentOutput(found).data)


_ACTS = Acts(
    tag=_TAG,
    output=HallAppointmentOutput,
    example=("An appointment", examples.APPOINTMENT),
    bodies={
        "move_hall_appointment": examples.MOVE,
        "cancel_hall_appointment": {},
        "note_hall_appointment": examples.NOTE,
    },
    find=_find,
    show=_show,
)


def _listing(operation: str, summary: str, output: type[Any], row: Any, **more: Any) -> Doc:
    shown = [OpenApiExample(summary, {"results": [row]}, response_only=True, status_codes=["200"])]
    return Doc(operation=operation, tag=_TAG, summary=summary, answers={200: output}, examples=shown, **more)


@endpoint("GET", _listing("list_hall_services", "What can be booked where", HallServicesOutput, examples.SERVICE))
@permission_classes([AllowAny])
def list_hall_services(request: Request) -> Response:
    found = HallService.objects.filter(hall__in=bookable_halls()).select_related("hall").order_by("hall__code", "pk")
    return Response(HallServicesOutput({"results": found}).data)


@endpoint(
    "GET",
    _listing(
        "list_hall_times",
        "Times that can be booked",
        HallTimesOutput,
        examples.TIME,
        query=HallTimesQuery,
        problems=[404],
        text="From an hour ahead, for two weeks, unless the operator says otherwise.",
    ),
)
@permission_classes([AllowAny])
def list_hall_times(request: Request) -> Response:
    wanted = read_query(HallTimesQuery, request)
    service = HallService.objects.filter(hall=_hall(wanted["hall"]), kind=wanted["service"]).select_related("hall").first()
    if service is None:
        raise Http404
    return Response(HallTimesOutput({"results": times_to_choose(service.hall, service.minutes, business_now())}).data)


@endpoint(
    "POST",
    Doc(
        operation="book_hall_appointment",
        tag=_TAG,
        summary="Book a time at a hall",
        text="Customers for themselves; staff, and portals with a token of theirs, for anybody: with name and phone, or an account.",
        body=BookHallInput,
        answers={201: HallAppointmentOutput},
        problems=[404],
        examples=[
            OpenApiExample("For somebody without an account", examples.BOOKING, request_only=True),
            OpenApiExample("Booked", examples.APPOINTMENT, response_only=True, status_codes=["201"]),
        ],
    ),
)
@keyed
@refuses(_REFUSALS)
def book_hall_appointment(request: Request) -> Response:
    given, by, at = read(BookHallInput, request), caller(request), business_now()
    account = account_for(request, given.pop("account"), at=at) if given.get("account") else None
    hall, language = _hall(given.pop("hall")), given.pop("language", "") or by.language
    if not by.is_staff:
        given["phone"] = given["phone"] or str(by.phone or "")
    elif account is None and not (given["name"] and given["phone"]):
        raise Problem(422, "nobody", _("Write down name and phone, or the account."))
    wish = Wish(hall=hall, channel=Channel.API, account=account, language=language, user=None if by.is_staff else by, **given)
    made = hall_booking.book(wish=wish, by=by, at=at)
    return Response(HallAppointmentOutput(made).data, status=201)


@endpoint(
    "GET",
    _listing(
        "list_hall_appointments",
        "A hall's day, or one's own appointments",
        HallAppointmentsOutput,
        examples.APPOINTMENT,
        query=HallAppointmentsQuery,
        problems=[404],
        text="Staff name a hall, and a day unless it is today. Customers get their own, the latest hundred.",
    ),
)
def list_hall_appointments(request: Request) -> Response:
    wanted, at, by = read_query(HallAppointmentsQuery, request), business_now(), caller(request)
    if by.is_staff:
        permissions.check_may_keep(by, at=at)
        found = list(of_day(_hall(wanted.get("hall", "")), wanted.get("day") or business_date(at)))
    else:
        found = list(permissions.visible(by, at=at).order_by("-starts_at", "-pk")[:100])
    return Response(HallAppointmentsOutput({"results": found}).data)


@endpoint("GET", _ACTS.doc("get_hall_appointment", "An appointment", text="One's own; staff who handle cases see all."))
def get_hall_appointment(request: Request, reference: str) -> Response:
    at = business_now()
    return _show(request, _find(request, reference, at=at), at=at)


@endpoint("POST", _ACTS.doc("move_hall_appointment", "Another time in the same hall", MoveHallInput, "Reference and code stay."))
@refuses(_REFUSALS)
def move_hall_appointment(request: Request, reference: str) -> Response:
    given = read(MoveHallInput, request)
    return _ACTS.act_on(request, reference, _changing(hall_booking.rebook, given))


@endpoint("POST", _ACTS.doc("cancel_hall_appointment", "Give an appointment up", CancelHallInput, "Somebody else can have the time."))
@refuses(_REFUSALS)
def cancel_hall_appointment(request: Request, reference: str) -> Response:
    given = read(CancelHallInput, request)
    return _ACTS.act_on(request, reference, _changing(hall_booking.cancel, given))


@endpoint(
    "POST", _ACTS.doc("note_hall_appointment", "Note who came (staff)", HallStepInput, "On the day: here, called, served, did not come.")
)
@needs(Verb.HANDLE_CASES)
@refuses({**_REFUSALS, hall_reception.NotToday: 409, hall_reception.NotYetMissed: 409})
def note_hall_appointment(request: Request, reference: str) -> Response:
    given = read(HallStepInput, request)
    return _ACTS.act_on(request, reference, lambda found, when: hall_reception.note_step(appointment=found, step=given["step"], **when))


def _changing(act: Callable[..., object], given: dict[str, Any]) -> Callable[[HallAppointment, dict[str, Any]], object]:
    return lambda found, when: act(appointment=found, **given, **when)


def _hall(code: str) -> Hall:
    found = bookable_halls().filter(code=code).first()
    if found is None:
        raise Http404
    return found
