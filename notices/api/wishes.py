"""What somebody wants to be sent: for whoever holds the link of a message, and as a customer tells staff."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.permissions
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.models import Account
from accounts.roles import Verb

from .. import way_out
from ..models import Channel, RefusalMeans, Topic
from ..operations import refusing
from ..queries import refusals

TOPIC_WAYS = [(str(way), str(way)) for way in way_out.WAYS]
_WANTED = {"news": ["email", "cabinet"], "surveys": [], "places": ["sms", "email", "cabinet"]}
_TEXT = "What is owed (dangers, works at home, bills, answers, codes) is no topic: it is sent in any case."


class WantedInput(Input):
    """By which ways each named topic is to come; a topic that is not named stays as it is."""

    news = serializers.ListField(child=serializers.ChoiceField(TOPIC_WAYS), required=False, help_text="announcements")
    surveys = serializers.ListField(child=serializers.ChoiceField(TOPIC_WAYS), required=False, help_text="questions how it went")
    places = serializers.ListField(child=serializers.ChoiceField(TOPIC_WAYS), required=False, help_text="works at places they follow")


class WantedWayOutput(serializers.Serializer[Any]):
    """One topic by one way: does it come, and if not, since when and how that was said."""

    topic = serializers.ChoiceField(Topic.choices)
    channel = serializers.ChoiceField(Channel.choices)
    comes = serializers.BooleanField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    means = serializers.CharField(help_text="link, one_click, cabinet, staff or earlier; empty where it comes")


class WantedOutput(serializers.Serializer[Any]):
    """Every topic by every way that can be stopped."""

    results = WantedWayOutput(many=True)


def _doc(operation: str, summary: str, body: type[Input] | None = None) -> Doc:
    one = {"topic": "news", "channel": "sms", "comes": False, "stopped_at": "2026-11-20T10:00:00+08:00", "means": "link"}
    examples = [OpenApiExample("One of them", {"results": [one]}, response_only=True, status_codes=["200"])]
    if body:
        examples.append(OpenApiExample(summary, _WANTED, request_only=True))
    return Doc(
        operation=operation,
        tag="Notifications",
        summary=summary,
        text=f"{summary}. {_TEXT}",
        body=body,
        answers={200: WantedOutput},
        problems=[404],
        examples=examples,
    )


@endpoint("GET", _doc("read_way_out", "What comes and what does not, for whoever holds the link of a message"))
@permission_classes([AllowAny])
def read_way_out(request: Request, token: str) -> Response:
    link = _link(token)
    return _shown(link.reader, link.ways)


@endpoint("POST", _doc("use_way_out", "Stop messages or ask for them again, for whoever holds the link of a message", WantedInput))
@permission_classes([AllowAny])
def use_way_out(request: Request, token: str) -> Response:
    link, wishes = _link(token), read(WantedInput, request)
    refusing.wish(reader=link.reader, wishes=wishes, ways=link.ways, means=RefusalMeans.LINK, at=business_now())
    return _shown(link.reader, link.ways)


@endpoint("GET", _doc("list_wanted", "What an account's customer gets from us (staff)"))
@needs(Verb.HANDLE_CASES)
def list_wanted(request: Request, number: str) -> Response:
    return _shown(_reader(_account(request, number)), [str(way) for way in way_out.WAYS])


@endpoint("POST", _doc("change_wanted", "Keep what a customer says they want (staff)", WantedInput))
@needs(Verb.HANDLE_CASES)
def change_wanted(request: Request, number: str) -> Response:
    account, wishes = _account(request, number), read(WantedInput, request)
    refusing.wish_for_caller(customer=account.customer, wishes=wishes, by=caller(request), at=business_now())
    return _shown(_reader(account), [str(way) for way in way_out.WAYS])


def _reader(account: Account) -> way_out.Reader:
    return way_out.Reader(account.customer_id)


def _link(token: str) -> way_out.WayOut:
    found = way_out.read(token)
    if found is None or not refusals.is_known(found.reader):
        raise Http404
    return found


def _account(request: Request, number: str) -> Account:
    account = accounts.permissions.visible_accounts(caller(request), business_now()).filter(number=number).first()
    if account is None:
        raise Http404
    return account


def _shown(reader: way_out.Reader, ways: list[str]) -> Response:
    table = refusals.table(refusals.of_reader(reader), ways=ways)
    rows = [
        {
            "topic": row.topic,
            "channel": way.channel,
            "comes": way.comes,
            "stopped_at": way.stopped.since if way.stopped else None,
            "means": way.stopped.means if way.stopped else "",
        }
        for row in table
        for way in row.ways
    ]
    return Response(WantedOutput({"results": rows}).data)
