"""Sign in with a token, look at one's devices, take one away."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from phonenumber_field.serializerfields import PhoneNumberField
from rest_framework import serializers
from rest_framework.decorators import authentication_classes, permission_classes, throttle_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.operations.tokens

from .. import models
from ..operations.second_steps import NoSecondFactor, SecondFactorMissing, WrongCredentials
from ..operations.tokens import NoSuchToken
from .endpoints import Doc, endpoint, refuses
from .inputs import Input, caller, read
from .outputs import NewTokenOutput, SentCodeOutput, TokenOutput, TokensOutput
from .problems import Problem, throttled
from .throttles import SignIns

_WAYS = ({"username", "password", "code"}, {"phone", "password"}, {"phone", "password", "code"}, {"attempt", "code"})


class CodeInput(Input):
    """Whom to send a code."""

    phone = PhoneNumberField()


class SignInInput(Input):
    """One of three ways: user name, password and code; phone and password, and a code where it is set up; attempt and code."""

    username = serializers.CharField(required=False, max_length=150)
    phone = PhoneNumberField(required=False)
    password = serializers.CharField(required=False, max_length=128, trim_whitespace=False)
    attempt = serializers.CharField(required=False, max_length=12, help_text="from POST /tokens/codes/")
    code = serializers.CharField(required=False, max_length=12, help_text="of the authenticator app, or from the text message")
    device = serializers.CharField(max_length=60, help_text="what you will know it by: “reader bridge, counter 3”")
    hours = serializers.IntegerField(min_value=1, max_value=2160, default=12, help_text="how long the token lives, at most 90 days")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.keys() - {"device", "hours"} not in _WAYS:
            raise serializers.ValidationError(_("Send username, password and code; or phone and password; or attempt and code."))
        return attrs


@endpoint(
    "POST",
    Doc(
        operation="send_sign_in_code",
        tag="Sign-in",
        summary="Send a one-time code to a customer's phone",
        text="The answer is the same whether the phone is known or not.",
        body=CodeInput,
        answers={202: SentCodeOutput},
        examples=[OpenApiExample("A phone", {"phone": "+8613800138000"}, request_only=True)],
    ),
)
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes([SignIns])
def send_code(request: Request) -> Response:
    phone = str(read(CodeInput, request)["phone"].as_e164)
    if not ratelimit.consume(request._request, action="request_login_code", key=phone):
        raise too_many_tries()
    sent = accounts.operations.sign_in_codes.prepare_code(phone=phone, at=timezone.now())
    adapter = get_adapter(request._request)
    # Both ways owe one message: neither the answer nor its time tells whether the phone is known.
    if sent.user is not None:
        adapter.send_verification_code_sms(user=sent.user, phone=phone, code=sent.code)
    else:
        adapter.send_unknown_account_sms(phone)
    return Response(SentCodeOutput(sent).data, status=202)


@endpoint(
    "POST",
    Doc(
        operation="sign_in",
        tag="Sign-in",
        summary="Sign in and get a token",
        text="Staff: user name, password and a code of the authenticator app. Customers: phone and password, or attempt and code; "
        "phone, password and a code of the authenticator app if they have set one up. "
        "Repeating it makes another token; it takes no Idempotency-Key, because the answer is never stored.",
        body=SignInInput,
        answers={201: NewTokenOutput},
        examples=[
            OpenApiExample(
                "Staff",
                {"username": "fang", "password": "a-long-password-1", "code": "492039", "device": "reader bridge, counter 1"},
                request_only=True,
            ),
            OpenApiExample("Customer", {"phone": "+8613800138000", "password": "a-long-password-1", "device": "phone"}, request_only=True),
            OpenApiExample("Code", {"attempt": "x7Kp2mQ9aZ1c", "code": "250913", "device": "phone", "hours": 2160}, request_only=True),
        ],
    ),
)
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes([SignIns])
@refuses({WrongCredentials: 401, NoSecondFactor: 403, SecondFactorMissing: 403})
def sign_in(request: Request) -> Response:
    given = read(SignInInput, request)
    user = _who(request, given)
    life = timedelta(hours=given["hours"])
    token, plain = accounts.operations.tokens.open_token(user=user, device=given["device"], life=life, at=timezone.now())
    return Response({**TokenOutput(token).data, "token": plain}, status=201, headers={"Cache-Control": "no-store"})


@endpoint(
    "GET",
    Doc(operation="list_tokens", tag="Sign-in", summary="The caller's devices", answers={200: TokensOutput}),
)
def list_tokens(request: Request) -> Response:
    living = models.AccessToken.objects.filter(user=request.user.pk, expiry__gt=timezone.now()).order_by("created")
    return Response({"results": TokenOutput(living, many=True).data})


@endpoint(
    "DELETE",
    Doc(operation="revoke_token", tag="Sign-in", summary="Take a device's token away", answers={204: None}, problems=[404]),
)
@refuses({NoSuchToken: 404})
def revoke_token(request: Request, handle: str) -> Response:
    accounts.operations.tokens.revoke_token(user=caller(request), handle=handle)
    return Response(status=204)


def too_many_tries() -> Problem:
    """Counted together with the pages' sign-in, by name and by address."""
    return throttled("too_many_tries", 300)


def _who(request: Request, given: Mapping[str, Any]) -> models.User:
    if "attempt" in given:
        user, code = accounts.operations.sign_in_codes.use_code(attempt=given["attempt"], code=given["code"], at=timezone.now()), ""
    elif "phone" in given:
        user = _with_password(request, phone=str(given["phone"].as_e164), password=given["password"])
        code = given.get("code", "")
    else:
        user = _with_password(request, username=given["username"], password=given["password"])
        code = given["code"]
    _take_second_step(request, user, code)
    return user


def _take_second_step(request: Request, user: models.User, code: str) -> None:
    if not ratelimit.consume(request._request, action="login_failed", key=f"mfa-auth-user-{user.pk}"):
        raise too_many_tries()
    accounts.operations.second_steps.check_second_factor(user=user, code=code)
    ratelimit.clear(request._request, action="login_failed", key=f"mfa-auth-user-{user.pk}")


def _with_password(request: Request, **credentials: str) -> models.User:
    try:
        user = get_adapter(request._request).authenticate(request._request, **credentials)
    except ValidationError:
        raise too_many_tries() from None
    fits = isinstance(user, models.User) and user.is_active and (user.is_staff if "username" in credentials else user.is_phone_verified)
    if not isinstance(user, models.User) or not fits:
        raise WrongCredentials
    return user
