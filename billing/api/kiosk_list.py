"""Where a card can be written right now, for everybody's programs."""

import math
from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read
from accounts.clock import business_now
from fieldwork.distances import Point

from ..models import Kiosk
from ..queries.public_kiosks import PublicKiosk, public_kiosks

_EXAMPLE: dict[str, Any] = {
    "results": [
        {
            "code": "K01",
            "name": "开元名都北区",
            "address": "兰陵县中兴路1号",
            "hours": "",
            "latitude": 34.8498,
            "longitude": 118.0702,
            "state": "working",
            "works": True,
            "since": "2026-11-20T08:00:00+08:00",
            "sells": False,
            "limits": [],
            "metres": 320,
        }
    ]
}


class KioskOutput(serializers.Serializer[Any]):
    """A machine that writes cards. `works`: somebody may go there now."""

    code = serializers.CharField(source="kiosk.code")
    name = serializers.CharField(source="kiosk.name")
    address = serializers.CharField(source="kiosk.address")
    hours = serializers.CharField(source="kiosk.hours", help_text="empty: day and night")
    latitude = serializers.FloatField(source="kiosk.latitude", allow_null=True)
    longitude = serializers.FloatField(source="kiosk.longitude", allow_null=True)
    state = serializers.ChoiceField(Kiosk.State.choices)
    works = serializers.BooleanField()
    since = serializers.DateTimeField(source="kiosk.since", help_text="when it last changed its state")
    sells = serializers.BooleanField(source="kiosk.sells", help_text="whether it takes money too")
    limits = serializers.ListField(child=serializers.CharField(), help_text="what it cannot do though it works: `paper`, `cash`")
    metres = serializers.IntegerField(allow_null=True, help_text="from the place asked about, as the crow flies")


class KiosksOutput(serializers.Serializer[Any]):
    """All of them: those that work first, the nearest of those first."""

    results = KioskOutput(many=True)


class Degrees(serializers.FloatField):
    """A place on the earth; what is no number at all lies nowhere."""

    def to_internal_value(self, data: Any) -> float:
        value = float(super().to_internal_value(data))
        if not math.isfinite(value):
            self.fail("invalid")
        return value


class NearestInput(Input):
    """From where, in degrees."""

    latitude = Degrees(min_value=-90, max_value=90)
    longitude = Degrees(min_value=-180, max_value=180)


@endpoint(
    "GET",
    Doc(
        operation="list_kiosks",
        tag="Public",
        summary="Kiosks that write cards, with how each is right now",
        answers={200: KiosksOutput},
        examples=[OpenApiExample("One", _EXAMPLE, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
def list_kiosks(request: Request) -> Response:
    return _answer(public_kiosks(business_now()))


@endpoint(
    "POST",
    Doc(
        operation="find_kiosks",
        tag="Public",
        summary="The same, the nearest first",
        text="The place travels in the body and is not kept.",
        body=NearestInput,
        answers={200: KiosksOutput},
        examples=[
            OpenApiExample("From here", {"latitude": 34.85, "longitude": 118.07}, request_only=True),
            OpenApiExample("One", _EXAMPLE, response_only=True, status_codes=["200"]),
        ],
    ),
)
@permission_classes([AllowAny])
def find_kiosks(request: Request) -> Response:
    asked = read(NearestInput, request)
    return _answer(public_kiosks(business_now(), near=Point(asked["latitude"], asked["longitude"])))


def _answer(lines: Sequence[PublicKiosk]) -> Response:
    return Response({"results": KioskOutput(lines, many=True).data})
