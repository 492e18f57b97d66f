"""How connections go, for everybody: the plan of each kind in force, and every version that has a day.

Drafts are written on pages only: there each row is checked in three languages, previewed and compared before somebody signs with a
reason. A machine that would publish plans would do it without all of that.
"""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.clock import business_now

from ..models import Ball, ConnectionKind, Deed, FeeRow, PaperRow, PolicyVersion, StageRow
from ..queries.papers import in_words
from ..queries.plans import plan_lines
from ..stage_dates import place
from ..states import ConnectionStatus

_VERSION = {"kind": "residential", "version": 1, "effective_from": "2026-01-01T00:00:00+08:00"}
_DETAIL = {
    **_VERSION,
    "stages": [
        {
            "key": "survey",
            "name": "Site survey",
            "status": "accepted",
            "position": 3,
            "ball": "company",
            "planned_days": 2,
            "deed": "survey",
            "is_needed": True,
            "is_one_stop": False,
            "is_own": False,
        }
    ],
    "papers": [
        {
            "key": "identity",
            "name": "Identity card",
            "channels": [],
            "new_build": None,
            "may_follow": False,
            "at_survey": False,
            "due_days": 5,
            "is_drawing": False,
        }
    ],
    "fees": [{"key": "connection", "name": "Connection to the network", "amount": 260_000, "unit": "once", "refundable_until": "contract"}],
}


class _Named(serializers.ModelSerializer[Any]):
    """A row with its name."""

    name = serializers.SerializerMethodField(help_text="in the language of Accept-Language")

    @extend_schema_field(serializers.CharField())
    def get_name(self, row: Any) -> str:
        return in_words(row.names)


class StageRowOutput(_Named):
    """A stage; those with one `status` and one `position` run beside each other. `deed` is what ends it."""

    status = serializers.ChoiceField(ConnectionStatus.choices)
    ball = serializers.ChoiceField(Ball.choices)
    deed = serializers.ChoiceField(Deed.choices)

    class Meta:
        model = StageRow
        fields = ["key", "name", "status", "position", "ball", "planned_days", "deed", "is_needed", "is_one_stop", "is_own"]


class PaperRowOutput(_Named):
    """A paper. `channels` empty: on all; `new_build` null: for any building."""

    channels = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = PaperRow
        fields = ["key", "name", "channels", "new_build", "may_follow", "at_survey", "due_days", "is_drawing"]


class FeeRowOutput(_Named):
    """A fee in minor units; `refundable_until` is the last status in which it goes back."""

    unit = serializers.ChoiceField(FeeRow.Unit.choices)
    refundable_until = serializers.ChoiceField(ConnectionStatus.choices)

    class Meta:
        model = FeeRow
        fields = ["key", "name", "amount", "unit", "refundable_until"]


class PlanOutput(serializers.Serializer[PolicyVersion]):
    """One version of a plan."""

    kind = serializers.ChoiceField(ConnectionKind.choices)
    version = serializers.IntegerField(source="number")
    effective_from = serializers.DateTimeField()


class PlanDetailOutput(PlanOutput):
    """With its rows, in the order of the way."""

    stages = serializers.SerializerMethodField()
    papers = PaperRowOutput(source="papers.all", many=True)
    fees = FeeRowOutput(source="fees.all", many=True)

    @extend_schema_field(StageRowOutput(many=True))
    def get_stages(self, version: PolicyVersion) -> Any:
        rows = sorted(version.stages.all(), key=lambda row: (*place(row), row.pk))
        return StageRowOutput(rows, many=True).data


class PlansOutput(serializers.Serializer[Any]):
    """By kind, and the one in force before those to come."""

    results = PlanOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="list_connection_plans",
        tag="Connections",
        summary="The plans in force, and those to come",
        answers={200: PlansOutput},
        examples=[OpenApiExample("Plans", {"results": [_VERSION]}, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_plans(request: Request) -> Response:
    lines = plan_lines(business_now())
    found = [version for line in lines for version in (line.in_force, *line.to_come) if version is not None]
    return Response(PlansOutput({"results": found}).data)


@endpoint(
    "GET",
    Doc(
        operation="get_connection_plan",
        tag="Connections",
        summary="A version of a plan: stages, papers and fees",
        text="Any version with a day, past or to come. Whoever has applied keeps the version they were accepted under.",
        answers={200: PlanDetailOutput},
        problems=[404],
        examples=[OpenApiExample("A plan", _DETAIL, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def get_plan(request: Request, kind: str, version: str) -> Response:
    found = PolicyVersion.objects.filter(kind=kind, number=int(version), effective_from__isnull=False).first()
    if found is None:
        raise Http404
    return Response(PlanDetailOutput(found).data)
