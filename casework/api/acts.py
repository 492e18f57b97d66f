"""What is done with a case: one url for each verb; the answer is the case as it is then."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.models import Hall, Staff
from accounts.roles import Role, Verb

from .. import operations
from ..forms.intake import LONGEST
from ..models import Case, Contact
from ..operations import NewContact, Target
from . import examples
from .idempotency import keyed
from .lookups import case_for, detail
from .outputs import CaseDetailOutput

#: 409 where looking again may help, 422 where it will not.
_REFUSALS: dict[type[Exception], int] = {
    operations.StaleRow: 409,
    operations.WrongMove: 409,
    operations.AlreadyOffered: 409,
    operations.NotOffered: 409,
    operations.Ended: 409,
    operations.NoAnswer: 422,
    operations.NoReply: 422,
    operations.NobodyNamed: 422,
    operations.NothingSaid: 422,
    operations.ReasonMissing: 422,
}
_MEANS = [means for means in Contact.Means.choices if means[0] != Contact.Means.NOTE]


class Seconds(serializers.IntegerField):
    """Of a call; up to a day."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=86_400)


class ContactInput(Input):
    """A call, a visit, a letter; `note` is among ourselves. Customers send only `content`: it is a message to us."""

    means = serializers.ChoiceField(Contact.Means.choices, default=Contact.Means.CABINET)
    direction = serializers.ChoiceField([Contact.Direction.IN, Contact.Direction.OUT], default=Contact.Direction.IN)
    content = serializers.CharField(max_length=LONGEST)
    is_reached = serializers.BooleanField(default=True)
    is_reply = serializers.BooleanField(default=False, help_text="a person answered the customer in substance")
    call_type = serializers.ChoiceField(Contact.CallType.choices, required=False)
    ring_seconds = Seconds()
    talk_seconds = Seconds()
    hold_seconds = Seconds()


class AnswerInput(Input):
    """The answer, and by which means the customer has it."""

    text = serializers.CharField(max_length=LONGEST)
    means = serializers.ChoiceField(_MEANS)


class WhyInput(Input):
    """In a few words."""

    reason = serializers.CharField(max_length=300)


class TransferInput(Input):
    """Whom to ask: a colleague by staff number, a hall by code, a department by role, or a department of a hall."""

    staff = serializers.CharField(max_length=8, required=False)
    hall = serializers.CharField(max_length=8, required=False)
    role = serializers.ChoiceField(Role.choices, required=False)
    note = serializers.CharField(max_length=300, required=False, default="")


class AssignInput(Input):
    """Whose it is from now on: a staff number."""

    staff = serializers.CharField(max_length=8)


def _doc(operation: str, summary: str, body: type[Input] | None = None, text: str = "") -> Doc:
    shown = [OpenApiExample("The case", examples.DETAIL, response_only=True, status_codes=["200"])]
    if body is not None:
        shown.append(OpenApiExample(summary, examples.BODIES[operation], request_only=True))
    return Doc(
        operation=operation,
        tag="Cases",
        summary=summary,
        text=text,
        body=body,
        answers={200: CaseDetailOutput},
        problems=[404],
        examples=shown,
    )


def _do(request: Request, reference: str, act: Callable[[Case, dict[str, Any]], object]) -> Response:
    """One call on a case the caller may see; the case as it is then."""
    at = business_now()
    case = case_for(request, reference, at=at)
    act(case, {"by": caller(request), "at": at})
    return detail(request, case, at=at)


@endpoint(
    "POST",
    _doc(
        "record_contact",
        "Write down a contact, or send us a message",
        ContactInput,
        "Staff write down calls, visits, letters and notes. What a customer sends is a message to us, whatever else it says.",
    ),
)
@keyed
@refuses(_REFUSALS)
def record_contact(request: Request, reference: str) -> Response:
    given = read(ContactInput, request)
    if given["means"] == Contact.Means.NOTE:
        given = {"means": Contact.Means.NOTE, "direction": Contact.Direction.INSIDE, "content": given["content"]}
    return _do(request, reference, lambda case, when: operations.record_contact(case=case, contact=NewContact(**given), **when))


@endpoint("POST", _doc("answer_case", "Answer a general request (staff)", AnswerInput))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def answer_case(request: Request, reference: str) -> Response:
    given = read(AnswerInput, request)

    def act(case: Case, when: dict[str, Any]) -> None:
        row = getattr(case, "general_request", None)
        if row is None:
            raise Http404
        operations.answer_request(request=row, **given, **when)

    return _do(request, reference, act)


@endpoint("POST", _doc("close_case", "Close an answered case (staff)"))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def close_case(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda case, when: operations.move_case(case=case, verb="close", **when))


@endpoint("POST", _doc("reopen_case", "Open a case again, because the answer did not help", WhyInput))
@refuses(_REFUSALS)
def reopen_case(request: Request, reference: str) -> Response:
    why = read(WhyInput, request)["reason"]
    return _do(request, reference, lambda case, when: operations.reopen_case(case=case, why=why, **when))


@endpoint("POST", _doc("cancel_case", "Withdraw a case that nobody wants any more", WhyInput))
@refuses(_REFUSALS)
def cancel_case(request: Request, reference: str) -> Response:
    reason = read(WhyInput, request)["reason"]
    return _do(request, reference, lambda case, when: operations.cancel_case(case=case, reason=reason, **when))


@endpoint("POST", _doc("transfer_case", "Ask somebody else to take a case (staff)", TransferInput, "It stays where it is until accepted."))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def transfer_case(request: Request, reference: str) -> Response:
    given = read(TransferInput, request)
    target = Target(
        staff=_colleague(given["staff"]) if "staff" in given else None,
        hall=_hall(given["hall"]) if "hall" in given else None,
        role=given.get("role", ""),
        note=given["note"],
    )
    return _do(request, reference, lambda case, when: operations.transfer(case=case, to=target, **when))


@endpoint("POST", _doc("accept_case", "Take a case that was offered to the caller, or that nobody has (staff)"))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def accept_case(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda case, when: operations.accept(case=case, **when))


@endpoint("POST", _doc("decline_case", "Send an offered case back (staff)", WhyInput))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def decline_case(request: Request, reference: str) -> Response:
    reason = read(WhyInput, request)["reason"]
    return _do(request, reference, lambda case, when: operations.decline(case=case, reason=reason, **when))


@endpoint("POST", _doc("assign_case", "Put a case into somebody's hands (heads, routers, supervisors)", AssignInput))
@needs(Verb.ASSIGN_CASES)
@refuses(_REFUSALS)
def assign_case(request: Request, reference: str) -> Response:
    owner = _colleague(read(AssignInput, request)["staff"])
    return _do(request, reference, lambda case, when: operations.assign(case=case, owner=owner, **when))


def _colleague(number: str) -> Staff:
    try:
        return accounts.queries.get_staff(number)
    except accounts.queries.StaffNotFound:
        raise Http404 from None


def _hall(code: str) -> Hall:
    hall = Hall.objects.filter(code=code).first()
    if hall is None:
        raise Http404
    return hall
