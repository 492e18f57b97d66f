"""What an account is, where it stands, and what a volume would cost."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.queries
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read
from accounts.clock import business_now

from ..refusals import NoTariff
from ..volumes import MAX_LITRES, MAX_MINOR
from . import examples
from .lookups import account_for
from .outputs import AccountWithPositionOutput, QuoteOutput
from .refusals import refusing


class QuoteInput(Input):
    """For which account, and either how much gas or for how much money."""

    account = serializers.CharField(max_length=10)
    litres = serializers.IntegerField(required=False, min_value=1, max_value=MAX_LITRES)
    amount = serializers.IntegerField(required=False, min_value=1, max_value=MAX_MINOR, help_text="buys the greatest volume it pays for")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("litres" in attrs) == ("amount" in attrs):
            raise serializers.ValidationError(_("Send either litres or amount."))
        return attrs


@endpoint(
    "GET",
    Doc(
        operation="get_account",
        tag="Accounts",
        summary="One account: meter, card and tariff position",
        text="Personal data is masked. Staff see every account, customers those they are bound to.",
        answers={200: AccountWithPositionOutput},
        problems=[404],
        examples=[OpenApiExample("An account", examples.ACCOUNT, response_only=True, status_codes=["200"])],
    ),
)
def get_account(request: Request, number: str) -> Response:
    at = business_now()
    account = account_for(request, number, at=at)
    try:
        account.position = billing.queries.account_position(account, at)  # type: ignore[attr-defined]
    except NoTariff:
        account.position = None  # type: ignore[attr-defined]
    return Response(AccountWithPositionOutput(account).data)


@endpoint(
    "POST",
    Doc(
        operation="quote",
        tag="Top-ups",
        summary="Ask for a price",
        text="Split by tier at the year's position, within the limits. It changes nothing and takes no key.",
        body=QuoteInput,
        answers={200: QuoteOutput},
        problems=[404],
        examples=[
            OpenApiExample("A volume", {"account": "3713240010", "litres": 60000}, request_only=True),
            OpenApiExample("An amount", {"account": "3713240010", "amount": 20000}, request_only=True),
            OpenApiExample("A price", examples.QUOTE, response_only=True, status_codes=["200"]),
        ],
    ),
)
@refusing
def quote(request: Request) -> Response:
    wanted, at = read(QuoteInput, request), business_now()
    account = account_for(request, wanted.pop("account"), at=at)
    return Response(QuoteOutput(billing.queries.quote(account=account, at=at, **wanted)).data)
