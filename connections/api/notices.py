"""The one-time notice over the API: what was told at once, word for word, and telling it again."""

from typing import Any

from django.conf import settings
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
from casework.operations import NoWayToTell

from ..models import OneTimeNotice
from ..operations import notices
from ..queries.told_once import MEANS
from .applications import application_for

_TOLD = {"id": 3, "means": "sms", "language": "en", "told_at": "2026-11-20T10:00:00+08:00", "version": 1}
_CONTENT = {
    "kind": "a home",
    "days": 21,
    "stages": [{"name": "Site survey", "ball": "company", "days": 2, "owner": "engineer"}],
    "papers": [{"name": "Identity card", "may_follow": False}],
    "fees": [{"name": "Connection to the network", "amount": 260_000, "unit": "once", "until": "contract and payment"}],
}


#: As in the API's document (config.api_names).
GIVEN = [(means.value, means.label) for means in MEANS]
LANGUAGES = [(code, name) for code, name in settings.LANGUAGES]


class GiveNoticeInput(Input):
    """How it reaches the applicant, and in which language."""

    means = serializers.ChoiceField(GIVEN, help_text="`counter`: printed and handed over")
    language = serializers.ChoiceField(LANGUAGES)


class NoticeOutput(serializers.ModelSerializer[OneTimeNotice]):
    """One time it was told. `version` is that of the plan."""

    version = serializers.IntegerField(source="policy.number")

    class Meta:
        model = OneTimeNotice
        fields = ["id", "means", "language", "told_at", "version"]


class NoticeContentOutput(NoticeOutput):
    """The same with all that was told, as it was told: the way, papers, fees and times. Amounts in minor units."""

    content = serializers.DictField(child=serializers.JSONField())

    class Meta(NoticeOutput.Meta):
        fields = [*NoticeOutput.Meta.fields, "content"]


class NoticesOutput(serializers.Serializer[Any]):
    """The newest first."""

    results = NoticeOutput(many=True)


def _shown(example: Any, status: str = "200") -> OpenApiExample:
    return OpenApiExample("An answer", example, response_only=True, status_codes=[status])


@endpoint(
    "GET",
    Doc(
        operation="list_connection_notices",
        tag="Connections",
        summary="When the one-time notice was given, and how",
        answers={200: NoticesOutput},
        problems=[404],
        examples=[_shown({"results": [_TOLD]})],
    ),
)
def list_notices(request: Request, reference: str) -> Response:
    found = application_for(request, reference, at=business_now()).notices.select_related("policy").order_by("-pk")
    return Response(NoticesOutput({"results": found}).data)


@endpoint(
    "GET",
    Doc(
        operation="get_connection_notice",
        tag="Connections",
        summary="A one-time notice as it was given",
        answers={200: NoticeContentOutput},
        problems=[404],
        examples=[_shown({**_TOLD, "content": _CONTENT})],
    ),
)
def get_notice(request: Request, reference: str, notice: str) -> Response:
    found = application_for(request, reference, at=business_now()).notices.select_related("policy").filter(pk=int(notice)).first()
    if found is None:
        raise Http404
    return Response(NoticeContentOutput(found).data)


@endpoint(
    "POST",
    Doc(
        operation="give_connection_notice",
        tag="Connections",
        summary="Give the one-time notice again (staff)",
        text="The first one goes out by itself when an application is accepted. Each is kept as it was given.",
        body=GiveNoticeInput,
        answers={201: NoticeContentOutput},
        problems=[404],
        examples=[
            OpenApiExample("At the counter", {"means": "counter", "language": "zh-hans"}, request_only=True),
            _shown({**_TOLD, "content": _CONTENT}, "201"),
        ],
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({NoWayToTell: 422})
def give_notice(request: Request, reference: str) -> Response:
    at, given = business_now(), read(GiveNoticeInput, request)
    application = application_for(request, reference, at=at)
    return Response(NoticeContentOutput(notices.give(application=application, **given, by=caller(request), at=at)).data, status=201)
