"""What staff say of stages over the API: begun, done, not needed, whose turn, another day. Each answers all stages."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed
from casework.operations import Ended, ReasonMissing, StaleRow, WrongMove

from ..models import Ball
from ..operations import stages
from ..queries.stage_lines import stage_of
from .applications import application_for
from .stages import EXAMPLE, TimedStagesOutput, stages_answer

_REFUSALS: dict[type[Exception], int] = {
    stages.EndsByItself: 409,
    stages.NotRunning: 409,
    Ended: 409,
    StaleRow: 409,
    WrongMove: 409,
    stages.DayGone: 422,
    ReasonMissing: 422,
}


class StageSeenInput(Input):
    """The stage as it was read."""

    version = serializers.IntegerField(min_value=0, help_text="of the stage: another one is refused")


class StageNoteInput(StageSeenInput):
    """With a remark."""

    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class StageSkipInput(StageSeenInput):
    """Why it is not needed here."""

    reason = serializers.CharField(max_length=300)


class StageTurnInput(StageSeenInput):
    """Whose turn it is from now on."""

    ball = serializers.ChoiceField(Ball.choices)


class StageDayInput(StageSeenInput):
    """What was agreed."""

    until = serializers.DateTimeField(help_text="still to come")


class GasDayInput(Input):
    """The day gas is to be on."""

    until = serializers.DateTimeField(help_text="still to come")


class OneStopInput(Input):
    """Who sees to approvals and works."""

    is_one_stop = serializers.BooleanField(help_text="the company does everything on the customer's order")


def _doc(operation: str, summary: str, body: type[Input], example: Any) -> Doc:
    return Doc(
        operation=operation,
        tag="Connections",
        summary=summary,
        body=body,
        answers={200: TimedStagesOutput},
        problems=[404],
        examples=[
            OpenApiExample("As it is sent", example, request_only=True),
            OpenApiExample("The stages", EXAMPLE, response_only=True, status_codes=["200"]),
        ],
    )


def _act(request: Request, reference: str, key: str, body: type[Input], act: Callable[..., object]) -> Response:
    at, given = business_now(), read(body, request)
    application = application_for(request, reference, at=at)
    found = application.stages.filter(key=key).first()
    stage = stage_of(application.case, found.pk) if found else None
    if stage is None:
        raise Http404
    act(stage=stage, seen=given.pop("version"), **given, by=caller(request), at=at)
    return stages_answer(application, at)


@endpoint("POST", _doc("begin_stage", "Begin a stage before its turn (staff)", StageSeenInput, {"version": 0}))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def begin_stage(request: Request, reference: str, key: str) -> Response:
    return _act(request, reference, key, StageSeenInput, stages.begin)


@endpoint("POST", _doc("finish_stage", "A stage is done (staff)", StageNoteInput, {"version": 1, "note": "Measured; nothing in the way."}))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def finish_stage(request: Request, reference: str, key: str) -> Response:
    return _act(request, reference, key, StageNoteInput, stages.finish)


@endpoint(
    "POST", _doc("skip_stage", "A stage is not needed, and why (staff)", StageSkipInput, {"version": 0, "reason": "Surveyed in May."})
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def skip_stage(request: Request, reference: str, key: str) -> Response:
    return _act(request, reference, key, StageSkipInput, stages.skip)


@endpoint("POST", _doc("turn_stage", "Whose turn it is in a stage (staff)", StageTurnInput, {"version": 1, "ball": "authority"}))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def turn_stage(request: Request, reference: str, key: str) -> Response:
    return _act(request, reference, key, StageTurnInput, stages.turn)


@endpoint(
    "POST",
    _doc("move_stage", "Another day of a stage is agreed (staff)", StageDayInput, {"version": 1, "until": "2026-12-04T17:30:00+08:00"}),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def move_stage(request: Request, reference: str, key: str) -> Response:
    return _act(request, reference, key, StageDayInput, stages.promise)


@endpoint("POST", _doc("agree_gas_day", "Another day for gas on was agreed (staff)", GasDayInput, {"until": "2026-12-18T17:30:00+08:00"}))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def agree_gas_day(request: Request, reference: str) -> Response:
    return _act_on_all(request, reference, GasDayInput, stages.agree_day)


@endpoint("POST", _doc("choose_way", "The company does everything, or the applicant alone (staff)", OneStopInput, {"is_one_stop": True}))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(_REFUSALS)
def choose_way(request: Request, reference: str) -> Response:
    return _act_on_all(request, reference, OneStopInput, stages.choose_way)


def _act_on_all(request: Request, reference: str, body: type[Input], act: Callable[..., object]) -> Response:
    at, given = business_now(), read(body, request)
    application = application_for(request, reference, at=at)
    act(application=application, **given, by=caller(request), at=at)
    return stages_answer(application, at)
