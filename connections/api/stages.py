"""The stages of an application over the API: whose turn it is, the days, and where the time went."""

from datetime import datetime, timedelta
from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.api.outputs import shown
from accounts.clock import business_now

from ..models import Application, Ball
from ..queries.stage_lines import lines
from ..states import StageStatus
from .applications import application_for
from .steward_outputs import SecondsField

EXAMPLE = {
    "counted": 439_200,
    "waited": 86_400,
    "results": [
        {
            "key": "survey",
            "name": "Site survey",
            "status": "running",
            "ball": "company",
            "begun_at": "2026-11-20T10:00:00+08:00",
            "planned_for": "2026-11-24T17:30:00+08:00",
            "promised_until": "2026-11-24T17:30:00+08:00",
            "ended_at": None,
            "is_needed": True,
            "is_late": False,
            "counted": 86_400,
            "waited": 0,
            "version": 1,
        }
    ],
}


class TimedStageOutput(serializers.Serializer[Any]):
    """One stage with the seconds it took: of ours and of third parties (`counted`), and of the applicant (`waited`)."""

    key = serializers.CharField(source="stage.key")
    name = serializers.CharField(help_text="in the language of Accept-Language")
    status = serializers.ChoiceField(StageStatus.choices, source="stage.status")
    ball = serializers.ChoiceField(Ball.choices, source="stage.ball", help_text="whose turn it is")
    begun_at = serializers.DateTimeField(source="stage.begun_at", allow_null=True)
    planned_for = serializers.DateTimeField(source="stage.planned_for", allow_null=True)
    promised_until = serializers.DateTimeField(source="stage.promised_until", allow_null=True)
    ended_at = serializers.DateTimeField(source="stage.ended_at", allow_null=True)
    is_needed = serializers.BooleanField(source="stage.row.is_needed", help_text="the application goes on only when it is done")
    is_late = serializers.BooleanField()
    counted = SecondsField()
    waited = SecondsField()
    version = serializers.IntegerField(source="stage.version", help_text="send it along to change the stage")


class TimedStagesOutput(serializers.Serializer[Any]):
    """The whole way; stages beside each other share time, which the whole has once."""

    counted = SecondsField(help_text="of the whole so far")
    waited = SecondsField()
    results = TimedStageOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="list_connection_stages",
        tag="Connections",
        summary="The stages of an application, with the time they took",
        text="For staff and for the applicant. What the stages took adds up to what the whole took, but for those that run at once.",
        answers={200: TimedStagesOutput},
        examples=[OpenApiExample("Stages", EXAMPLE, response_only=True, status_codes=["200"])],
        problems=[404],
    ),
)
def list_stages(request: Request, reference: str) -> Response:
    at = business_now()
    return stages_answer(application_for(request, reference, at=at), at)


def stages_answer(application: Application, at: datetime) -> Response:
    """All stages as they stand now."""
    found, whole = lines(application, at)
    counted, waited = (whole.counted, whole.waited) if whole else (timedelta(), timedelta())
    return Response(shown(TimedStagesOutput, {"counted": counted, "waited": waited, "results": found}))
