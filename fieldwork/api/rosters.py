"""The crews' roster over the API: what lies ahead, one turn more, one fewer."""

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.operations.periods import BadPeriod
from accounts.roles import Verb

from .. import operations
from ..models import Crew, CrewShift
from ..operations import Turn
from ..queries import crew_plans
from . import examples
from .outputs import TurnOutput, TurnsOutput

_TAG = "Dispatch"
_REFUSALS: dict[type[Exception], int] = {BadPeriod: 422, operations.CrewRetired: 422}


class TurnInput(Input):
    """A turn: out, or on call at home; the same time of the week for so many weeks."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(help_text="at most 26 hours after the start")
    is_on_call = serializers.BooleanField(default=False, help_text="at home, fetched only in need")
    weeks = serializers.IntegerField(default=1, min_value=1, max_value=crew_plans.MOST_WEEKS)


@endpoint(
    "GET",
    Doc(
        operation="list_shifts",
        tag=_TAG,
        summary="What a crew has on the roster for the next two weeks",
        answers={200: TurnsOutput},
        problems=[404],
        examples=[OpenApiExample("Two weeks", {"results": [examples.SHIFT]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.PLAN_CREWS)
def list_shifts(request: Request, crew: str) -> Response:
    return Response({"results": TurnOutput(crew_plans.ahead_of(_crew(crew), business_now()), many=True).data})


@endpoint(
    "POST",
    Doc(
        operation="plan_shifts",
        tag=_TAG,
        summary="Put a turn of a crew on the roster",
        text="Two of one kind do not overlap; being on call around a shift is fine.",
        body=TurnInput,
        answers={201: TurnsOutput},
        problems=[404],
        examples=[
            OpenApiExample("Two nights", examples.PLANNING, request_only=True),
            OpenApiExample("On the roster", {"results": [examples.SHIFT]}, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.PLAN_CREWS)
@refuses(_REFUSALS)
def plan_shifts(request: Request, crew: str) -> Response:
    given = read(TurnInput, request)
    turn = Turn(given["starts_at"], given["ends_at"], is_on_call=given["is_on_call"])
    shifts = operations.plan_shift(crew=_crew(crew), turn=turn, weeks=given["weeks"], by=caller(request), at=business_now())
    return Response({"results": TurnOutput(shifts, many=True).data}, status=201)


@endpoint(
    "POST",
    Doc(
        operation="drop_shift",
        tag=_TAG,
        summary="Take a turn off the roster",
        text="One that runs ends now; one that is over stays as it was.",
        answers={200: TurnsOutput},
        problems=[404],
        examples=[OpenApiExample("What is left", {"results": []}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.PLAN_CREWS)
@refuses(_REFUSALS)
def drop_shift(request: Request, crew: str, shift: int) -> Response:
    found, at = CrewShift.objects.filter(pk=shift, crew__code=crew).first(), business_now()
    if found is None:
        raise Http404
    operations.drop_shift(shift=found, by=caller(request), at=at)
    return Response({"results": TurnOutput(crew_plans.ahead_of(_crew(crew), at), many=True).data})


def _crew(code: str) -> Crew:
    crew = Crew.objects.filter(code=code).first()
    if crew is None:
        raise Http404
    return crew
