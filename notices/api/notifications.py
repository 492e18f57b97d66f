"""The caller's own inbox."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.pages import PageQuery, page
from accounts.clock import business_now
from accounts.roles import Verb

from .. import operations, queries
from .notification_outputs import NotificationOutput, NotificationPageOutput, ReadOutput

_TAG = "Notifications"


class NotificationsQuery(PageQuery):
    """Which lines of the inbox."""

    unread = serializers.BooleanField(required=False, default=False, help_text="only what was not read yet")


class ReadInput(Input):
    """Which lines were read."""

    ids = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), allow_empty=False, max_length=500)


@endpoint(
    "GET",
    Doc(
        operation="list_notifications",
        tag=_TAG,
        summary="The caller's inbox, newest first (staff)",
        query=NotificationsQuery,
        answers={200: NotificationPageOutput},
    ),
)
@needs(Verb.SEE_GALLERY)
def list_notifications(request: Request) -> Response:
    asked = read_query(NotificationsQuery, request)
    staff = accounts.queries.current_staff(caller(request))
    rows = queries.inbox(staff, unread=asked["unread"])
    return page(request, rows, NotificationOutput, ("-created_at", "-id"))


@endpoint(
    "POST",
    Doc(
        operation="read_notifications",
        tag=_TAG,
        summary="Say that lines were read (staff)",
        text="Repeating it does nothing.",
        body=ReadInput,
        answers={200: ReadOutput},
        examples=[
            OpenApiExample("Two lines", {"ids": [1714, 1715]}, request_only=True),
            OpenApiExample("One was new", {"count": 1}, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.SEE_GALLERY)
def read_notifications(request: Request) -> Response:
    wanted = read(ReadInput, request)["ids"]
    rows = queries.inbox(accounts.queries.current_staff(caller(request)), unread=True).filter(pk__in=wanted)
    return Response({"count": operations.mark_read(messages=rows, at=business_now())})
