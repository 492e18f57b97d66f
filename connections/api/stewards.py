"""Stewards over the API: what one has in hand, what ages, handing over, and times that an applicant can choose."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read, read_query
from accounts.clock import business_now
from accounts.models import Area, Staff
from accounts.roles import Verb
from casework.operations import Ended, NobodyNamed, StaleRow
from fieldwork.api.appointment_outputs import AgreedOutput
from fieldwork.api.appointments import ARRANGED
from fieldwork.operations import appointments

from ..models import Ball
from ..operations import stewards, visits
from ..queries import visits as reads
from ..queries.ageing import ageing
from ..queries.portfolio import portfolio
from . import steward_examples as examples
from .applications import application_for
from .steward_outputs import AgeingOutput, PortfolioOutput, StewardOutput, VisitTimesOutput


class PortfolioQuery(Input):
    """Whose turn it is."""

    ball = serializers.ChoiceField(Ball.choices, required=False)


class AgeingQuery(Input):
    """Of whom, and where."""

    steward = serializers.CharField(required=False, max_length=8, help_text="staff number")
    area = serializers.ChoiceField(Area.choices, required=False)


class HandOverInput(Input):
    """To whom, and what they should know."""

    steward = serializers.CharField(max_length=8, help_text="staff number")
    note = serializers.CharField(max_length=2000)
    version = serializers.IntegerField(required=False, min_value=0, help_text="of the case: another one is refused")


class TimesQuery(Input):
    """What somebody is to come for."""

    purpose = serializers.ChoiceField(ARRANGED, required=False, help_text="the first of `purposes` where none is said")


class BookInput(Input):
    """One of the slots."""

    purpose = serializers.ChoiceField(ARRANGED)
    starts_at = serializers.DateTimeField(help_text="when the slot begins")


def _shown(example: Any, status: str = "200") -> OpenApiExample:
    return OpenApiExample("An answer", example, response_only=True, status_codes=[status])


@endpoint(
    "GET",
    Doc(
        operation="get_portfolio",
        tag="Connections",
        summary="The caller's applications by what is due next (staff)",
        text="With those of colleagues for whom the caller stands in now.",
        query=PortfolioQuery,
        answers={200: PortfolioOutput},
        examples=[_shown(examples.PORTFOLIO)],
    ),
)
@needs(Verb.HANDLE_CASES)
def get_portfolio(request: Request) -> Response:
    ball = read_query(PortfolioQuery, request).get("ball", "")
    staff = accounts.queries.current_staff(caller(request))
    return Response(PortfolioOutput(portfolio(staff, business_now(), ball=ball)).data)


@endpoint(
    "GET",
    Doc(
        operation="get_ageing",
        tag="Connections",
        summary="How open applications age, and where their time went (supervisors)",
        query=AgeingQuery,
        answers={200: AgeingOutput},
        examples=[_shown(examples.AGEING)],
    ),
)
@needs(Verb.SEE_BOARD)
def get_ageing(request: Request) -> Response:
    asked = read_query(AgeingQuery, request)
    # Of a number that nobody has there is nothing: not everything.
    whose = Staff.objects.filter(number=asked["steward"]).values_list("pk", flat=True).first() or 0 if "steward" in asked else None
    return Response(AgeingOutput(ageing(business_now(), steward=whose, area=asked.get("area", ""))).data)


@endpoint(
    "POST",
    Doc(
        operation="hand_over_application",
        tag="Connections",
        summary="Give an application to another steward (its steward, or who assigns)",
        body=HandOverInput,
        answers={200: StewardOutput},
        problems=[404],
        examples=[OpenApiExample("To a colleague", examples.HAND_OVER, request_only=True), _shown(examples.STEWARD)],
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses({StaleRow: 409, Ended: 409, NobodyNamed: 409, stewards.NoSteward: 422, stewards.NoteMissing: 422})
def hand_over(request: Request, reference: str) -> Response:
    at, given = business_now(), read(HandOverInput, request)
    application = application_for(request, reference, at=at)
    if given.get("version", application.case.version) != application.case.version:
        raise StaleRow
    to = Staff.objects.select_related("user", "hall").filter(number=given["steward"]).first()
    if to is None:
        raise stewards.NoSteward
    row = stewards.hand_over(application=application, to=to, note=given["note"], by=caller(request), at=at)
    return Response(StewardOutput(row).data)


@endpoint(
    "GET",
    Doc(
        operation="list_visit_times",
        tag="Connections",
        summary="What a visit can be booked for, and when",
        text="Empty while somebody is asked for already: then the time is moved as that of any visit (`/cases/.../appointment/move/`).",
        query=TimesQuery,
        answers={200: VisitTimesOutput},
        problems=[404],
        examples=[_shown(examples.TIMES)],
    ),
)
def list_visit_times(request: Request, reference: str) -> Response:
    at, asked = business_now(), read_query(TimesQuery, request)
    application = application_for(request, reference, at=at)
    purposes = reads.bookable(application)
    wanted = asked.get("purpose") or next(iter(purposes), "")
    days = reads.times_for(application, wanted, at).days if wanted in purposes else []
    return Response(VisitTimesOutput({"purposes": purposes, "slots": [slot for _day, slots in days for slot in slots]}).data)


@endpoint(
    "POST",
    Doc(
        operation="book_visit",
        tag="Connections",
        summary="Agree when somebody comes",
        text="The applicant for themselves, staff for anybody.",
        body=BookInput,
        answers={201: AgreedOutput},
        problems=[404],
        examples=[OpenApiExample("A survey", examples.BOOK, request_only=True), _shown(examples.AGREED, "201")],
    ),
)
@refuses({StaleRow: 409, appointments.SlotTaken: 409, appointments.NotToBeBooked: 409, appointments.NoSuchSlot: 422})
def book_visit(request: Request, reference: str) -> Response:
    at, given = business_now(), read(BookInput, request)
    application = application_for(request, reference, at=at)
    booking = visits.book(application=application, **given, by=caller(request), at=at)
    return Response(AgreedOutput(booking).data, status=201)
