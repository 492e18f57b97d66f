"""The offer of an application over the API: read it, accept what was read, or withdraw the application."""

from datetime import datetime

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from casework.operations import ReasonMissing, StaleRow, WrongMove

from ..models import Application, Contract
from ..offer_refusals import AlreadyAccepted, NoOffer, OfferExpired, OtherPaper
from ..operations import offers, withdrawing
from ..queries.offers import offer_of
from . import offer_examples as examples
from .applications import application_for
from .offer_outputs import GasOfferOutput


class AcceptInput(Input):
    """What was read."""

    digest = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="as `get_offer` gave it")


class WithdrawInput(Input):
    """Why nobody wants it any more."""

    reason = serializers.CharField(max_length=300)


@endpoint(
    "GET",
    Doc(
        operation="get_offer",
        tag="Connections",
        summary="The offer of an application: contract, charge and money",
        answers={200: GasOfferOutput},
        problems=[404],
        examples=[OpenApiExample("To be accepted", examples.OFFER, response_only=True, status_codes=["200"])],
    ),
)
def get_offer(request: Request, reference: str) -> Response:
    at = business_now()
    return offer_answer(application_for(request, reference, at=at), at)


@endpoint(
    "POST",
    Doc(
        operation="accept_contract",
        tag="Connections",
        summary="Accept the contract as it was read (its applicant; staff: signed on paper)",
        text="Answers what is to be paid from now on, and where. A contract that reads differently by now is refused.",
        body=AcceptInput,
        answers={200: GasOfferOutput},
        problems=[404],
        examples=[
            OpenApiExample("As read", {"digest": examples.DIGEST}, request_only=True),
            OpenApiExample("To be paid", examples.ACCEPTED, response_only=True, status_codes=["200"]),
        ],
    ),
)
@refuses({NoOffer: 409, AlreadyAccepted: 409, OfferExpired: 409, OtherPaper: 409})
def accept_contract(request: Request, reference: str) -> Response:
    given, at, by = read(AcceptInput, request), business_now(), caller(request)
    application = application_for(request, reference, at=at)
    how = Contract.How.PAPER if by.is_staff else Contract.How.CABINET
    offers.accept_contract(application=application, digest=given["digest"], how=how, by=by, at=at)
    return offer_answer(application, at)


@endpoint(
    "POST",
    Doc(
        operation="withdraw_application",
        tag="Connections",
        summary="Withdraw an application",
        text="Visits and promises end. What was paid goes back by the contract once it is approved; after the works were ordered, once "
        "somebody has said what was done.",
        body=WithdrawInput,
        answers={200: GasOfferOutput},
        problems=[404],
        examples=[
            OpenApiExample("Moved away", {"reason": "Moved to another town."}, request_only=True),
            OpenApiExample("Withdrawn", examples.WITHDRAWN, response_only=True, status_codes=["200"]),
        ],
    ),
)
@refuses({WrongMove: 409, StaleRow: 409, ReasonMissing: 422})
def withdraw_application(request: Request, reference: str) -> Response:
    given, at = read(WithdrawInput, request), business_now()
    application = application_for(request, reference, at=at)
    withdrawing.withdraw(application=application, reason=given["reason"], by=caller(request), at=at)
    return offer_answer(application, at)


def offer_answer(application: Application, at: datetime) -> Response:
    return Response(GasOfferOutput(offer_of(application, at=at)).data)
