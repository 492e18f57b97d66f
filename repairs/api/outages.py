"""Interruptions over the API: what everybody may see, whom they touch, what became of the messages."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import read, read_query
from accounts.clock import business_now
from accounts.models import Territory
from accounts.roles import Verb

from ..models import Outage
from ..queries import outage_calls, outage_messages, outage_places, outage_public, outage_wishes, outages
from ..queries.outage_reach import outermost, reach_of
from . import outage_examples as examples
from .outage_inputs import PlacesQuery, WhereInput
from .outage_outputs import DeliveryOutput, OutageCallsOutput, OutageOutput, OutagesOutput, OutageWishesOutput, PlacesOutput, ReachOutput


def shown(example: Any, status: str = "200") -> OpenApiExample:
    """What an answer looks like."""
    return OpenApiExample("An answer", example, response_only=True, status_codes=[status])


@endpoint(
    "GET",
    Doc(
        operation="list_outages",
        tag="Public",
        summary="Where gas is off now or will be",
        text="For everybody: without names, doors or account numbers. The same as JSON without the API's envelope: /outages.json.",
        answers={200: OutagesOutput},
        examples=[shown({"results": [examples.OUTAGE]})],
    ),
)
@permission_classes([AllowAny])
def list_outages(request: Request) -> Response:
    return Response({"results": OutageOutput(outage_public.public_lines(business_now()), many=True).data})


@endpoint(
    "GET",
    Doc(
        operation="get_outage",
        tag="Public",
        summary="One interruption",
        answers={200: OutageOutput},
        problems=[404],
        examples=[shown(examples.OUTAGE)],
    ),
)
@permission_classes([AllowAny])
def get_outage(request: Request, reference: str) -> Response:
    try:
        found = outage_public.get_public_outage(reference, at=business_now())
    except outages.OutageNotFound:
        raise Http404 from None
    return Response(OutageOutput(found).data)


@endpoint(
    "GET",
    Doc(
        operation="list_places",
        tag="Interruptions",
        summary="Places of the territory, a level at a time (staff)",
        query=PlacesQuery,
        answers={200: PlacesOutput},
        examples=[shown(examples.PLACES)],
    ),
)
@needs(Verb.HANDLE_CASES)
def list_places(request: Request) -> Response:
    below = read_query(PlacesQuery, request).get("below")
    return Response(PlacesOutput({"results": outage_places.branch(below).places}).data)


@endpoint(
    "POST",
    Doc(
        operation="count_outage",
        tag="Interruptions",
        summary="Whom an interruption of some places would touch (staff)",
        body=WhereInput,
        answers={200: ReachOutput},
        problems=[404],
        examples=[OpenApiExample("One building", {"places": [42]}, request_only=True), shown(examples.REACH)],
    ),
)
@needs(Verb.PLAN_OUTAGES)
def count_outage(request: Request) -> Response:
    places = places_of(read(WhereInput, request)["places"])
    return Response(ReachOutput(reach_of([place.path for place in outermost(places)])).data)


@endpoint(
    "GET",
    Doc(
        operation="get_outage_delivery",
        tag="Interruptions",
        summary="What became of an interruption's messages and calls (staff)",
        answers={200: DeliveryOutput},
        problems=[404],
        examples=[shown(examples.DELIVERY)],
    ),
)
@needs(Verb.HANDLE_CASES)
def get_delivery(request: Request, reference: str) -> Response:
    found = outage_for(reference)
    states = {state.code: state.count for state in outage_messages.delivery(found)}
    rounds = found.notices.order_by("number")
    return Response(DeliveryOutput({"rounds": rounds, "states": states, "calls": outage_calls.count_calls(found)}).data)


@endpoint(
    "GET",
    Doc(
        operation="list_outage_exceptions",
        tag="Interruptions",
        summary="Exceptions that wait for a decision (approvers)",
        answers={200: OutageWishesOutput},
        examples=[shown(examples.WISHES)],
    ),
)
@needs(Verb.APPROVE_OUTAGES)
def list_exceptions(request: Request) -> Response:
    return Response(OutageWishesOutput({"results": outage_wishes.wishes_waiting()}).data)


@endpoint(
    "GET",
    Doc(
        operation="list_outage_calls",
        tag="Interruptions",
        summary="Priority customers to be rung now (staff)",
        answers={200: OutageCallsOutput},
        examples=[shown({"results": [examples.CALL]})],
    ),
)
@needs(Verb.HANDLE_CASES)
def list_calls(request: Request) -> Response:
    return Response(OutageCallsOutput({"results": outage_calls.calls_to_make(business_now())}).data)


def outage_for(reference: str) -> Outage:
    """An interruption for staff, whatever its state."""
    try:
        return outages.get_outage(reference)
    except outages.OutageNotFound:
        raise Http404 from None


def places_of(keys: list[int]) -> list[Territory]:
    """These places; 404 where one of them is none."""
    found = list(Territory.objects.filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise Http404
    return found
