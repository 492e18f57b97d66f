"""What is promised, for everybody; staff see the promises among ourselves too."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.clock import business_now

from .. import naming, permissions
from ..policies import Policy
from ..queries import catalog

EXAMPLE = {
    "results": [
        {
            "key": "T06",
            "version": 1,
            "kind": "arrival",
            "nature": "clock",
            "title": "Emergency: a crew on site",
            "runs_from": "we receive the report of a leak or of gas that has stopped",
            "runs_until": "the emergency crew is on site",
            "text": "Leave the building and call from outdoors. This clock never stops and is never extended.",
            "selects": {"kind": ["repair"], "urgency": ["emergency"]},
            "target": "PT30M",
            "limit": "PT1H",
            "calendar": "24x7",
            "cut_off": None,
            "is_safety": True,
            "is_public": True,
            "document": "S0",
            "quote": "抢修人员将在1小时内到达现场处置险情",
        }
    ]
}


class PromiseOutput(serializers.Serializer[Any]):
    """A promise as it holds now. The words are in the language of the request; `selects` names whom it is for (absent: everybody)."""

    key = serializers.CharField()
    version = serializers.IntegerField(source="number")
    kind = serializers.CharField()
    nature = serializers.CharField(help_text="clock, recurring, lead_time, gate, or rule: without a number")
    title = serializers.SerializerMethodField()
    runs_from = serializers.SerializerMethodField()
    runs_until = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    selects = serializers.SerializerMethodField()
    target = serializers.CharField(source="target.code", default=None, allow_null=True, help_text="ISO 8601 or one of our codes")
    limit = serializers.CharField(source="limit.code", default=None, allow_null=True)
    calendar = serializers.CharField()
    cut_off = serializers.TimeField(format="%H:%M", allow_null=True)
    is_safety = serializers.BooleanField()
    is_public = serializers.BooleanField()
    document = serializers.CharField(source="source", help_text="which of the five source documents")
    quote = serializers.CharField()

    def get_title(self, policy: Policy) -> str:
        return naming.title(policy)

    def get_runs_from(self, policy: Policy) -> str:
        return naming.said(policy, "from")

    def get_runs_until(self, policy: Policy) -> str:
        return naming.said(policy, "until")

    def get_text(self, policy: Policy) -> str:
        return naming.said(policy, "text")

    def get_selects(self, policy: Policy) -> dict[str, list[str]]:
        return {name: sorted(values) for name, values in policy.selects.items()}


class PromisesOutput(serializers.Serializer[Any]):
    """All promises that hold now."""

    results = PromiseOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="list_promises",
        tag="Public",
        summary="What is promised, and within what time",
        text="Everybody sees the promises made to customers; staff see those among ourselves too.",
        answers={200: PromisesOutput},
        examples=[OpenApiExample("A promise", EXAMPLE, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_promises(request: Request) -> Response:
    at = business_now()
    found = catalog.policies_shown(all_of_them=bool(permissions.may_see_the_book(request.user, at=at)), at=at)
    return Response({"results": PromiseOutput(found, many=True).data})
