"""Times for visits over the API: what can be chosen for a case, and choosing, moving and giving it up. Customers for their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import endpoint, needs, refuses
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


def _answer(_request: Request, case: Case, /, *, at: datetime, purpose: str = "") -> Response:
    found = appointment_page.choice(case, at, purpose=purpose)
    why = arranging.why_not(case) if purpose else appointments.why_not(case, found.visit)
    slots = [] if why else [slot for _day, slots in found.days for slot in slots]
    shown = {"booking": found.booking, "why_not": why, "version": found.version, "slots": slots}
    return Response(AppointmentOutput(shown).data)


_ACTS = Acts(
    tag="Appointments",
    output=AppointmentOutput,
    example=("The time", examples.APPOINTMENT),
    bodies=examples.BODIES,
    find=case_for,
    show=_answer,
)
_doc = _ACTS.doc


@endpoint(
    "GET",
    replace(
        _doc("get_appointment", "The time agreed for a case, and what can be chosen", text="Slots lie within the next two weeks."),
        query=LookQuery,
    ),
)
def get_appointment(request: Request, reference: str) -> Response:
    wanted, at = read_query(LookQuery, request), business_now()
    purpose = wanted.get("purpose", "") if caller(request).is_staff else ""
    return _answer(request, case_for(request, reference, at=at), at=at, purpose=purpose)


_ANOTHER_VISIT = "After nobody was home: for another visit like the last. A crew that was asked is put off until the slot comes near."


@endpoint("POST", _doc("agree_appointment", "Agree a time", ChooseInput, _ANOTHER_VISIT))
@refuses(_REFUSALS)
def agree_appointment(request: Request, reference: str) -> Response:
    given = read(ChooseInput, request)
    return _act_on(request, reference, given, lambda case, when: appointments.agree(case=case, starts_at=given["starts_at"], **when))


@endpoint("POST", _doc("move_appointment", "Agree another time instead", ChooseInput, "One that has passed stays a broken promise."))
@refuses(_REFUSALS)
def move_appointment(request: Request, reference: str) -> Response:
    given = read(ChooseInput, request)
    return _act_on(request, reference, given, lambda case, when: appointments.move(case=case, starts_at=given["starts_at"], **when))


@endpoint("POST", _doc("cancel_appointment", "Give the time up", GiveUpInput, "Somebody still comes, as soon as a crew is free."))
@refuses(_REFUSALS)
def cancel_appointment(request: Request, reference: str) -> Response:
    return _act_on(request, reference, read(GiveUpInput, request), lambda case, when: appointments.cancel(case=case, **when))


_SENDS_NOBODY = "For a matter that sends nobody by itself: a safety check, the steward, a paid service."


@endpoint("POST", _doc("arrange_appointment", "Arrange a visit at home with its time (staff)", ArrangeInput, _SENDS_NOBODY))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def arrange_appointment(request: Request, reference: str) -> Response:
    given = read(ArrangeInput, request)
    return _ACTS.act_on(request, reference, lambda case, when: arranging.arrange(case=case, **given, **when))


def _act_on(request: Request, reference: str, given: dict[str, Any], act: Callable[[Case, dict[str, Any]], object]) -> Response:
    """One act on a case whose visit is still as the caller looked at it; the appointment as it is then."""

    def act_if_fresh(case: Case, when: dict[str, Any]) -> None:
        if "version" in given and given["version"] != appointment_page.choice(case, when["at"]).version:
            raise StaleRow
        act(case, when)

    return _ACTS.act_on(request, reference, act_if_fresh)
