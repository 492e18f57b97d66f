"""What is done with a case: one url for each verb; the answer is the case as it is then."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import Input, read
from accounts.models import Hall, Staff
from accounts.roles import Role, Verb

from .. import operations
from ..forms.intake import LONGEST
from ..models import Case, Contact
from ..operations import NewContact, Target
from .acting import REFUSALS, act_on, doc_of
from .idempotency import keyed

MEANS = [means for means in Contact.Means.choices if means[0] != Contact.Means.NOTE]


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
    means = serializers.ChoiceField(MEANS)


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


@endpoint(
    "POST",
    doc_of(
        "record_contact",
        "Write down a contact, or send us a message",
        ContactInput,
        "Staff write down calls, visits, letters and notes. What a customer sends is a message to us, whatever else it says.",
    ),
)
@keyed
@refuses(REFUSALS)
def record_contact(request: Request, reference: str) -> Response:
    given = read(ContactInput, request)
    if given["means"] == Contact.Means.NOTE:
        given = {"means": Contact.Means.NOTE, "direction": Contact.Direction.INSIDE, "content": given["content"]}
    return act_on(request, reference, lambda case, when: operations.record_contact(case=case, contact=NewContact(**given), **when))


@endpoint("POST", doc_of("answer_case", "Answer a general request (staff)", AnswerInput))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(REFUSALS)
def answer_case(request: Request, reference: str) -> Response:
    given = read(AnswerInput, request)

    def act(case: Case, when: dict[str, Any]) -> None:
        row = getattr(case, "general_request", None)
        if row is None:
            raise Http404
        operations.answer_request(request=row, **given, **when)

    return act_on(request, reference, act)


@endpoint("POST", doc_of("close_case", "Close an answered case (staff)"))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def close_case(request: Request, reference: str) -> Response:
    return act_on(request, reference, lambda case, when: operations.move_case(case=case, verb="close", **when))


@endpoint("POST", doc_of("reopen_case", "Open a case again, because the answer did not help", WhyInput))
@refuses(REFUSALS)
def reopen_case(request: Request, reference: str) -> Response:
    why = read(WhyInput, request)["reason"]
    return act_on(request, reference, lambda case, when: operations.reopen_case(case=case, why=why, **when))


@endpoint("POST", doc_of("cancel_case", "Withdraw a case that nobody wants any more", WhyInput))
@refuses(REFUSALS)
def cancel_case(request: Request, reference: str) -> Response:
    reason = read(WhyInput, request)["reason"]
    return act_on(request, reference, lambda case, when: operations.cancel_case(case=case, reason=reason, **when))


@endpoint(
    "POST", doc_of("transfer_case", "Ask somebody else to take a case (staff)", TransferInput, "It stays where it is until accepted.")
)
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def transfer_case(request: Request, reference: str) -> Response:
    given = read(TransferInput, request)
    target = Target(
        staff=_colleague(given["staff"]) if "staff" in given else None,
        hall=_hall(given["hall"]) if "hall" in given else None,
        role=given.get("role", ""),
        note=given["note"],
    )
    return act_on(request, reference, lambda case, when: operations.transfer(case=case, to=target, **when))


@endpoint("POST", doc_of("accept_case", "Take a case that was offered to the caller, or that nobody has (staff)"))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def accept_case(request: Request, reference: str) -> Response:
    return act_on(request, reference, lambda case, when: operations.accept(case=case, **when))


@endpoint("POST", doc_of("decline_case", "Send an offered case back (staff)", WhyInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def decline_case(request: Request, reference: str) -> Response:
    reason = read(WhyInput, request)["reason"]
    return act_on(request, reference, lambda case, when: operations.decline(case=case, reason=reason, **when))


@endpoint("POST", doc_of("assign_case", "Put a case into somebody's hands (heads, routers, supervisors)", AssignInput))
@needs(Verb.ASSIGN_CASES)
@refuses(REFUSALS)
def assign_case(request: Request, reference: str) -> Response:
    owner = _colleague(read(AssignInput, request)["staff"])
    return act_on(request, reference, lambda case, when: operations.assign(case=case, owner=owner, **when))


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
