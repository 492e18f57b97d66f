"""The menu of the account at WeChat, for whoever publishes it with tools of their own."""

from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import wechat
from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import Input, read_query

from ..wechat_menu import NameTooLong, menu

_ENTRY = {"type": "view", "name": "购气", "url": "https://gas.example/auth/wechat/?next=%2Fcabinet%2Fbuy%2F"}
_EXAMPLE = {"button": [{"name": "我的燃气", "sub_button": [_ENTRY]}]}


class MenuQuery(Input):
    """In which language."""

    language = serializers.ChoiceField(settings.LANGUAGES, required=False, help_text="without it: the operator's own")


class MenuEntryOutput(serializers.Serializer[Any]):
    """A name, and the page it opens."""

    type = serializers.CharField(help_text="always `view`: a page")
    name = serializers.CharField()
    url = serializers.CharField()


class MenuButtonOutput(serializers.Serializer[Any]):
    """One of up to three buttons, with up to five entries."""

    name = serializers.CharField()
    sub_button = MenuEntryOutput(many=True)


class MenuOutput(serializers.Serializer[Any]):
    """As WeChat's `menu/create` takes it."""

    button = MenuButtonOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="get_wechat_menu",
        tag="Public",
        summary="The menu of our account at WeChat",
        text="As WeChat's `menu/create` takes it. `manage.py wechat_menu --publish` publishes the same. 404 where there is no account.",
        query=MenuQuery,
        answers={200: MenuOutput},
        problems=[404],
        examples=[OpenApiExample("In Chinese", _EXAMPLE, response_only=True, status_codes=["200"])],
    ),
)
@permission_classes([AllowAny])
@refuses({NameTooLong: 422})
def get_wechat_menu(request: Request) -> Response:
    if not wechat.is_set_up():
        raise Http404
    return Response(menu(read_query(MenuQuery, request).get("language", settings.LANGUAGE_CODE)))
