"""Why a moment: for a question about something that has not happened, and for the promises of a case."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

import casework.permissions
import casework.queries
from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import Input, caller, read_query
from accounts.clock import business_now
from casework import references

from .. import permissions
from ..queries.standings import Standing, standings
from ..queries.what_if import Answer, OutOfReach, Question, UnknownHall, UnknownPromise, explain
from ..selection import DIMENSIONS
from . import examples


class QuestionQuery(Input):
    """A promise (T15) or a family of rivals (repair), when it would begin, and for whom; what is left out does not matter."""

    promise = serializers.CharField(max_length=32)
    at = serializers.DateTimeField(required=False, help_text="when it would begin; left out: now. A moment without an offset is local")
    anchor_at = serializers.DateTimeField(required=False, help_text="the agreed or planned moment, for promises that count from one")
    kind = serializers.CharField(max_length=32, required=False)
    classification = serializers.CharField(max_length=32, required=False)
    urgency = serializers.CharField(max_length=32, required=False)
    segment = serializers.CharField(max_length=32, required=False)
    area = serializers.CharField(max_length=32, required=False)
    channel = serializers.CharField(max_length=32, required=False)
    hall = serializers.CharField(max_length=8, required=False, help_text="code of the hall whose hours count")


class TellingOutput(serializers.Serializer[Any]):
    """One step of the ladder: who would be told when, if it is still open by then."""

    rung = serializers.CharField(help_text="50% of the time, -PT30M before the limit, target")
    role = serializers.CharField()
    at = serializers.DateTimeField()


class ExplanationOutput(serializers.Serializer[Any]):
    """Which promise answers, its moments and how they came about, in the language of Accept-Language.

    `target_at` and `due_at` are null where a promise has no number. `is_provisional`: a calendar had to be guessed. Reasons are
    as customers read them; `trace` and `ladder` are for staff, and null for everybody else.
    """

    promise = serializers.CharField(source="policy.key")
    version = serializers.IntegerField(source="policy.number")
    title = serializers.CharField()
    counts_from = serializers.DateTimeField(source="deadline.counts_from", allow_null=True, help_text="after opening hours and cut-off")
    target_at = serializers.DateTimeField(source="deadline.target_at", allow_null=True)
    due_at = serializers.DateTimeField(source="deadline.due_at", allow_null=True)
    is_provisional = serializers.BooleanField(source="deadline.is_provisional")
    reasons = serializers.ListField(child=serializers.CharField(), source="for_customer")
    trace = serializers.SerializerMethodField()
    ladder = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), allow_null=True))
    def get_trace(self, answer: Answer) -> Any:
        return list(answer.for_staff) if self.context["for_staff"] else None

    @extend_schema_field(TellingOutput(many=True, allow_null=True))
    def get_ladder(self, answer: Answer) -> Any:
        return TellingOutput(answer.tellings, many=True).data if self.context["for_staff"] else None


class StandingOutput(serializers.Serializer[Any]):
    """How one promise on a case stands, and how its moment came about; for staff the reasons name versions and calendars."""

    promise = serializers.CharField(source="clock.promise_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(["running", "late", "paused", "kept", "missed", "withdrawn"])
    started_at = serializers.DateTimeField(source="clock.started_at")
    target_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(source="clock.due_at", allow_null=True, help_text="null while it waits, or without a number")
    ended_at = serializers.DateTimeField(source="clock.stopped_at", allow_null=True)
    is_provisional = serializers.BooleanField(source="clock.is_provisional")
    reasons = serializers.ListField(child=serializers.CharField())


class StandingsOutput(serializers.Serializer[Any]):
    """The promises of a case, what is due first at the top."""

    results = StandingOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="explain_promise",
        tag="Public",
        summary="When a promise would be due, and why",
        text="Everybody may ask about the promises made to customers; staff about those among ourselves too.",
        query=QuestionQuery,
        answers={200: ExplanationOutput},
        problems=[404],
        examples=[OpenApiExample("An answer", examples.EXPLANATION, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
@refuses({OutOfReach: 422})
def explain_promise(request: Request) -> Response:
    asked, at = read_query(QuestionQuery, request), business_now()
    for_staff = bool(permissions.may_see_the_book(request.user, at=at))
    attributes = {name: asked[name] for name in DIMENSIONS if asked.get(name)}
    try:
        answer = explain(Question(asked["promise"], asked.get("at") or at, attributes, asked.get("anchor_at"), asked.get("hall", "")))
    except (UnknownPromise, UnknownHall):
        raise Http404 from None
    if not (for_staff or (answer.policy.is_public and answer.policy.is_active)):
        raise Http404
    return Response(ExplanationOutput(answer, context={"for_staff": for_staff}).data)


@endpoint(
    "GET",
    Doc(
        operation="list_case_promises",
        tag="Cases",
        summary="What was promised on a case, by when, and why then",
        text="Whoever may see the case sees its promises; customers those made to them, staff all of them.",
        answers={200: StandingsOutput},
        problems=[404],
        examples=[OpenApiExample("One promise", examples.STANDINGS, response_only=True, status_codes=["200"])],
    ),
)
def list_case_promises(request: Request, reference: str) -> Response:
    user, at = caller(request), business_now()
    try:
        case = casework.queries.get_case(references.tidy(reference), casework.permissions.visible_cases(user, at))
    except casework.queries.CaseNotFound:
        raise Http404 from None
    found: list[Standing] = standings(case.timeline_id, at=at, public=not user.is_staff)
    return Response({"results": StandingOutput(found, many=True).data})
