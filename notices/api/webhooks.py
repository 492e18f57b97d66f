"""Webhooks for administrators' scripts: the same verbs as on the pages. Requests that make a secret take no Idempotency-Key,
because an answer with a secret in it is never stored."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.roles import Verb

from .. import operations, queries
from ..models import Subscription
from ..operations import BadUrl, BadVerbs, NameTaken, Wish
from . import examples
from .outputs import CallOutput, CallsOutput, WebhookOutput, WebhookSecretOutput, WebhooksOutput

_TAG = "Webhooks"
_REFUSALS = {BadUrl: 422, BadVerbs: 422, NameTaken: 409}
_ONE = OpenApiExample("A webhook", examples.WEBHOOK, response_only=True, status_codes=["200"])
_WISH = OpenApiExample("A wish", examples.WISH, request_only=True)


class WebhookInput(Input):
    """Who wants to hear what, where."""

    name = serializers.CharField(max_length=80)
    url = serializers.CharField(max_length=500, help_text="https, on the public internet")
    verbs = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=100, help_text="`case.opened`, `case.*` or `*`", allow_empty=False
    )


@endpoint("GET", Doc(operation="list_webhooks", tag=_TAG, summary="All webhooks", answers={200: WebhooksOutput}))
@needs(Verb.MANAGE_WEBHOOKS)
def list_webhooks(request: Request) -> Response:
    return Response({"results": WebhookOutput(queries.webhooks(), many=True).data})


@endpoint(
    "POST",
    Doc(
        operation="subscribe",
        tag=_TAG,
        summary="A new webhook",
        text="The answer holds the secret, this once. Names are unique, so that a repeat is refused with 409.",
        body=WebhookInput,
        answers={201: WebhookSecretOutput},
        examples=[_WISH, OpenApiExample("Made", examples.SECRET, response_only=True, status_codes=["201"])],
    ),
)
@needs(Verb.MANAGE_WEBHOOKS)
@refuses(_REFUSALS)
def subscribe(request: Request) -> Response:
    wish = Wish(**read(WebhookInput, request))
    made, secret = operations.subscribe(wish=wish, by=caller(request), at=business_now())
    return _with_secret(made, secret, 201)


@endpoint(
    "GET",
    Doc(operation="read_webhook", tag=_TAG, summary="One webhook", answers={200: WebhookOutput}, problems=[404], examples=[_ONE]),
)
@needs(Verb.MANAGE_WEBHOOKS)
def read_webhook(request: Request, webhook: int) -> Response:
    return Response(WebhookOutput(_found(webhook)).data)


@endpoint(
    "POST",
    Doc(
        operation="change_webhook",
        tag=_TAG,
        summary="Another name, address or choice of events",
        body=WebhookInput,
        answers={200: WebhookOutput},
        problems=[404],
        examples=[_WISH, _ONE],
    ),
)
@needs(Verb.MANAGE_WEBHOOKS)
@refuses(_REFUSALS)
def change_webhook(request: Request, webhook: int) -> Response:
    found, wish = _found(webhook), Wish(**read(WebhookInput, request))
    operations.change_subscription(subscription=found, wish=wish, by=caller(request), at=business_now())
    return Response(WebhookOutput(found).data)


@endpoint(
    "POST",
    Doc(
        operation="rotate_webhook_secret",
        tag=_TAG,
        summary="A new secret",
        text="The answer holds it, this once. For a day calls carry a signature by the old one too.",
        answers={200: WebhookSecretOutput},
        problems=[404],
        examples=[OpenApiExample("Rotated", examples.SECRET, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.MANAGE_WEBHOOKS)
def rotate_secret(request: Request, webhook: int) -> Response:
    found = _found(webhook)
    return _with_secret(found, operations.rotate_secret(subscription=found, by=caller(request), at=business_now()), 200)


@endpoint(
    "POST",
    Doc(
        operation="switch_webhook_off",
        tag=_TAG,
        summary="Call it no more",
        text="What it is still owed is given up and can be sent again.",
        answers={200: WebhookOutput},
        problems=[404],
    ),
)
@needs(Verb.MANAGE_WEBHOOKS)
def switch_off(request: Request, webhook: int) -> Response:
    found = _found(webhook)
    operations.switch_off(subscription=found, by=caller(request), at=business_now())
    return Response(WebhookOutput(found).data)


@endpoint(
    "POST",
    Doc(operation="switch_webhook_on", tag=_TAG, summary="Call it again from now on", answers={200: WebhookOutput}, problems=[404]),
)
@needs(Verb.MANAGE_WEBHOOKS)
def switch_on(request: Request, webhook: int) -> Response:
    found = _found(webhook)
    operations.switch_on(subscription=found, by=caller(request), at=business_now())
    return Response(WebhookOutput(found).data)


@endpoint(
    "POST",
    Doc(
        operation="test_webhook",
        tag=_TAG,
        summary="Send it an event that means nothing",
        text="It is sent within seconds, never inside this request; look at the calls for the outcome.",
        answers={202: CallOutput},
        problems=[404],
    ),
)
@needs(Verb.MANAGE_WEBHOOKS)
def send_test(request: Request, webhook: int) -> Response:
    message = operations.owe_test(subscription=_found(webhook), at=business_now())
    return Response(CallOutput(message).data, status=202)


@endpoint(
    "GET",
    Doc(operation="list_webhook_calls", tag=_TAG, summary="The last 20 calls, newest first", answers={200: CallsOutput}, problems=[404]),
)
@needs(Verb.MANAGE_WEBHOOKS)
def list_calls(request: Request, webhook: int) -> Response:
    return Response({"results": CallOutput(queries.last_calls(_found(webhook)), many=True).data})


def _found(webhook: int) -> Subscription:
    found = Subscription.objects.filter(pk=webhook).first()
    if found is None:
        raise Problem(404, "not_found", _("There is no such webhook."))
    return found


def _with_secret(webhook: Subscription, secret: str, status: int) -> Response:
    body: dict[str, Any] = {**WebhookOutput(webhook).data, "secret": secret}
    return Response(body, status=status, headers={"Cache-Control": "no-store"})
