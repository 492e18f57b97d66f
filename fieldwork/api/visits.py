"""Dispatching over the API: visits that wait or are under way, who could go, and who is sent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, read, read_query
from accounts.api.pages import PageQuery, page
from accounts.clock import business_now
from accounts.roles import Verb
from casework.models import Urgency
from casework.operations import StaleRow, WrongMove

from .. import naming, operations, queries
from ..models import Crew, Skill, Visit, VisitPurpose
from ..queries import board
from ..queries.board import Wanted
from ..states import VisitStatus
from . import examples
from .outputs import CrewOutput, CrewsOutput, SuggestionsOutput, VisitDetailOutput, VisitOutput, VisitPageOutput

_TAG = "Dispatch"
#: 409 where looking again may help, 422 where it will not.
REFUSALS: dict[type[Exception], int] = {
    StaleRow: 409,
    WrongMove: 409,
    operations.NobodyInCrew: 422,
    operations.SameCrew: 422,
}
#: What the version in a body is for.
VERSION = "of the visit as it was looked at: another one is refused, so that of two dispatchers one wins"


class VisitsQuery(PageQuery):
    """Which open visits."""

    status = serializers.ChoiceField(VisitStatus.choices, required=False)
    urgency = serializers.ChoiceField(Urgency.choices, required=False)
    skill = serializers.ChoiceField(Skill.choices, required=False)
    purpose = serializers.ChoiceField(VisitPurpose.choices, required=False)
    crew = serializers.CharField(max_length=8, required=False, help_text="its code")
    late = serializers.BooleanField(default=False, help_text="known to come too late, and nobody has taken it on")


class TakeBackInput(Input):
    """Why, for the history of the visit."""

    reason = serializers.CharField(max_length=300, default="", allow_blank=True)
    version = serializers.IntegerField(required=False, min_value=0, help_text=VERSION)


class CallOffInput(Input):
    """The visit as the caller looked at it."""

    version = serializers.IntegerField(required=False, min_value=0, help_text=VERSION)


class OfferInput(Input):
    """Whom to ask."""

    crew = serializers.CharField(max_length=8, help_text="its code")
    version = serializers.IntegerField(required=False, min_value=0, help_text=VERSION)


class ReassignInput(TakeBackInput):
    """To whom it goes instead."""

    crew = serializers.CharField(max_length=8, help_text="its code")


def _find(_request: Request, visit: int, /, *, at: datetime) -> Visit:
    return _visit(visit)


def _show(_request: Request, row: Visit, /, *, at: datetime) -> Response:
    return Response(VisitDetailOutput(_visit(row.pk)).data)


_ACTS = Acts(tag=_TAG, output=VisitDetailOutput, example=("The visit", examples.DETAIL), bodies=examples.BODIES, find=_find, show=_show)
doc_of = _ACTS.doc


@endpoint(
    "GET",
    Doc(
        operation="list_visits",
        tag=_TAG,
        summary="Open visits, the newest first",
        query=VisitsQuery,
        answers={200: VisitPageOutput},
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [examples.VISIT]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
@needs(Verb.DISPATCH)
def list_visits(request: Request) -> Response:
    wanted = read_query(VisitsQuery, request)
    exact = {name: wanted[name] for name in ("status", "urgency", "skill", "purpose", "late") if name in wanted}
    crew = _crew(wanted["crew"]).pk if "crew" in wanted else None
    rows = board.open_visits(Wanted(**exact, crew=crew)).with_agreed_time().select_related("timeline", "case", "crew")
    return page(request, rows, VisitOutput, ("-asked_at", "-pk"))


@endpoint(
    "GET",
    Doc(
        operation="get_visit",
        tag=_TAG,
        summary="One visit, with everybody who was asked",
        answers={200: VisitDetailOutput},
        problems=[404],
        examples=[OpenApiExample("A visit", examples.DETAIL, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.DISPATCH)
def get_visit(request: Request, visit: int) -> Response:
    return Response(VisitDetailOutput(_visit(visit)).data)


@endpoint(
    "GET",
    Doc(
        operation="suggest_crews",
        tag=_TAG,
        summary="Who could go, the best first, with the reasons",
        text="Also whether anybody of the territory who is out can be there in time, and if not, what else can be done.",
        answers={200: SuggestionsOutput},
        problems=[404],
        examples=[OpenApiExample("Suggestions", examples.SUGGESTIONS, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.DISPATCH)
def suggest_crews(request: Request, visit: int) -> Response:
    seen = queries.outlook(_visit(visit), business_now())
    ways = seen.forecast.ways if seen.forecast else ()
    crews = Crew.objects.in_bulk([one.crew for one in seen.suggestions])
    results = [
        {
            "crew": crews[one.crew].code,
            "name": crews[one.crew].name,
            "metres": one.metres,
            "minutes": one.minutes,
            "reasons": [str(reason) for reason in one.reasons],
            "reasons_text": [naming.reason(reason) for reason in one.reasons],
        }
        for one in seen.suggestions
    ]
    told = [
        {
            "option": way.option,
            "text": naming.option(way.option),
            "crew": crews[way.crew].code if way.crew else None,
            "minutes": way.minutes,
        }
        for way in ways
    ]
    forecast = {"minutes": seen.forecast.minutes, "is_late": seen.forecast.is_late, "ways": told} if seen.forecast else None
    return Response(SuggestionsOutput({"results": results, "forecast": forecast}).data)


@endpoint("POST", doc_of("offer_visit", "Ask a crew to take a visit that nobody has", OfferInput, "It has some minutes to answer."))
@needs(Verb.DISPATCH)
@refuses(REFUSALS)
def offer_visit(request: Request, visit: int) -> Response:
    given = read(OfferInput, request)
    return act_on(request, visit, given, lambda row, when: operations.offer(visit=row, crew=_crew(given["crew"]), **when))


@endpoint("POST", doc_of("recall_visit", "Take a visit back from its crew", TakeBackInput, "Up to the door; the crew is told."))
@needs(Verb.DISPATCH)
@refuses(REFUSALS)
def recall_visit(request: Request, visit: int) -> Response:
    given = read(TakeBackInput, request)
    return act_on(request, visit, given, lambda row, when: operations.recall(visit=row, reason=given["reason"], **when))


_REASSIGNED = "Its history is kept and its promises run on. Both crews are told."


@endpoint("POST", doc_of("reassign_visit", "Give a visit to another crew", ReassignInput, _REASSIGNED))
@needs(Verb.DISPATCH)
@refuses(REFUSALS)
def reassign_visit(request: Request, visit: int) -> Response:
    given = read(ReassignInput, request)
    crew, reason = _crew(given["crew"]), given["reason"]
    return act_on(request, visit, given, lambda row, when: operations.reassign(visit=row, crew=crew, reason=reason, **when))


@endpoint("POST", doc_of("cancel_visit", "Call a visit off", CallOffInput, "Up to the door; a crew that has it is told."))
@needs(Verb.DISPATCH)
@refuses(REFUSALS)
def cancel_visit(request: Request, visit: int) -> Response:
    return act_on(request, visit, read(CallOffInput, request), lambda row, when: operations.cancel(visit=row, **when))


@endpoint(
    "GET",
    Doc(
        operation="list_crews",
        tag=_TAG,
        summary="The crews on the roster now",
        text="Those that are out, then those on call at home; with their load and where they were last.",
        answers={200: CrewsOutput},
        examples=[OpenApiExample("Crews", {"results": [examples.CREW]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.DISPATCH)
def list_crews(request: Request) -> Response:
    return Response({"results": CrewOutput(board.crews_now(business_now()), many=True).data})


def act_on(request: Request, visit: int, given: dict[str, Any], act: Callable[[Visit, dict[str, Any]], object]) -> Response:
    """One call on a visit that is still as the caller looked at it; the visit as it is then."""

    def act_if_fresh(row: Visit, when: dict[str, Any]) -> None:
        if given.get("version", row.version) != row.version:
            raise StaleRow
        act(row, when)

    return _ACTS.act_on(request, visit, act_if_fresh)


def _visit(key: int) -> Visit:
    visit = Visit.objects.with_agreed_time().select_related("timeline", "case", "crew", "territory").filter(pk=key).first()
    if visit is None:
        raise Http404
    return visit


def _crew(code: str) -> Crew:
    crew = Crew.objects.filter(code=code).first()
    if crew is None:
        raise Http404
    return crew
