"""Times for visits over the API: what can be chosen for a case, and choosing, moving and giving it up. Customers for their own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read, read_query
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.lookups import case_for
from casework.models import Case
from casework.operations import StaleRow

from ..models import VisitPurpose
from ..operations import appointments, arranging
from ..queries import appointment_page
from ..queries.slots import SKILLS
from . import appointment_examples as examples
from .appointment_outputs import AppointmentOutput

_TAG = "Appointments"
#: 409 where looking again may help, 422 where it will not.
_REFUSALS: dict[type[Exception], int] = {
    StaleRow: 409,
    appointments.SlotTaken: 409,
    appointments.AlreadyAgreed: 409,
    appointments.NothingAgreed: 409,
    appointments.NotToBeBooked: 409,
    appointments.NoSuchSlot: 422,
}
ARRANGED = [(purpose, VisitPurpose(purpose).label) for purpose in SKILLS]


class LookQuery(Input):
    """For which visit."""

    purpose = serializers.ChoiceField(ARRANGED, required=False, help_text="of a visit that is to be arranged (staff)")


class GiveUpInput(Input):
    """The visit as the caller looked at it."""

    version = serializers.IntegerField(required=False, min_value=0, help_text="of the visit: another one is refused")


class ChooseInput(GiveUpInput):
    """One of the slots."""

    starts_at = serializers.DateTimeField(help_text="when the slot begins")


class ArrangeInput(Input):
    """What somebody is to come for, and when."""

    purpose = serializers.ChoiceField(ARRANGED)
    starts_at = serializers.DateTimeField(help_text="when the slot begins")


def _doc(operation: str, summary: str, text: str, body: type[Input] | None = None, example: Any = None) -> Doc:
    shown = [OpenApiExample("The time", examples.APPOINTMENT, response_only=True, status_codes=["200"])]
    if body is not None:
        shown.append(OpenApiExample(summary, example, request_only=True))
    return Doc(
        operation=operation,
        tag=_TAG,
        summary=summary,
        text=text,
        body=body,
        query=LookQuery if body is None else None,
        answers={200: AppointmentOutput},
        problems=[404],
        examples=shown,
    )


@endpoint("GET", _doc("get_appointment", "The time agreed for a case, and what can be chosen", "Slots lie within the next two weeks."))
def get_appointment(request: Request, reference: str) -> Response:
    wanted, at = read_query(LookQuery, request), business_now()
    purpose = wanted.get("purpose", "") if caller(request).is_staff else ""
    return _answer(case_for(request, reference, at=at), at, purpose=purpose)


@endpoint(
    "POST",
    _doc(
        "agree_appointment",
        "Agree a time",
        "After nobody was home: for another visit like the last. A crew that was asked is put off until the slot comes near.",
        ChooseInput,
        examples.CHOOSING,
    ),
)
@refuses(_REFUSALS)
def agree_appointment(request: Request, reference: str) -> Response:
    given = read(ChooseInput, request)
    return _do(request, reference, given, lambda when: appointments.agree(starts_at=given["starts_at"], **when))


@endpoint(
    "POST",
    _doc("move_appointment", "Agree another time instead", "One that has passed stays a broken promise.", ChooseInput, examples.CHOOSING),
)
@refuses(_REFUSALS)
def move_appointment(request: Request, reference: str) -> Response:
    given = read(ChooseInput, request)
    return _do(request, reference, given, lambda when: appointments.move(starts_at=given["starts_at"], **when))


@endpoint("POST", _doc("cancel_appointment", "Give the time up", "Somebody still comes, as soon as a crew is free.", GiveUpInput, {}))
@refuses(_REFUSALS)
def cancel_appointment(request: Request, reference: str) -> Response:
    return _do(request, reference, read(GiveUpInput, request), lambda when: appointments.cancel(**when))


@endpoint(
    "POST",
    _doc(
        "arrange_appointment",
        "Arrange a visit at home with its time (staff)",
        "For a matter that sends nobody by itself: a safety check, the steward, a paid service.",
        ArrangeInput,
        examples.ARRANGING,
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def arrange_appointment(request: Request, reference: str) -> Response:
    given = read(ArrangeInput, request)
    return _do(request, reference, {}, lambda when: arranging.arrange(**given, **when))


def _do(request: Request, reference: str, given: dict[str, Any], act: Callable[[dict[str, Any]], object]) -> Response:
    """One act on a case the caller may see; the appointment as it is then."""
    at = business_now()
    case = case_for(request, reference, at=at)
    if "version" in given and given["version"] != appointment_page.choice(case, at).version:
        raise StaleRow
    act({"case": case, "by": caller(request), "at": at})
    return _answer(case, at)


def _answer(case: Case, at: datetime, *, purpose: str = "") -> Response:
    found = appointment_page.choice(case, at, purpose=purpose)
    why = arranging.why_not(case) if purpose else appointments.why_not(case, found.visit)
    slots = [] if why else [slot for _day, slots in found.days for slot in slots]
    shown = {"booking": found.booking, "why_not": why, "version": found.version, "slots": slots}
    return Response(AppointmentOutput(shown).data)
