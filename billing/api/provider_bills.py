"""Bills of providers and what they paid out: those that were taken over, a day that is fetched now, a payout that is noted."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.payouts
import billing.operations.statements
import billing.queries.breaks
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.outputs import shown
from accounts.api.pages import PageQuery, page
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed

from ..break_forms import WITH_BILLS
from ..models import Payout, Statement
from ..providers import NotOffered
from ..volumes import MAX_MINOR
from .outputs import Currency
from .refusals import refusing

_TAG = "Reconciliation"
_BILL = {
    "id": 12,
    "provider": "wechat",
    "source": "fetched",
    "first_day": "2026-11-19",
    "last_day": "2026-11-19",
    "payments": 310,
    "paid": 2790000,
    "refunds": 2,
    "refunded": 11000,
    "fees": 16740,
    "fresh": 312,
    "unread": 0,
    "currency": "CNY",
    "at": "2026-11-20T10:00:00+08:00",
    "compared_at": "2026-11-20T10:00:01+08:00",
}
_PAYOUT = {"provider": "wechat", "amount": 2700000, "day": "2026-11-20", "slip": "0042"}


class FetchBillInput(Input):
    """A day that is over, by the provider's clock."""

    provider = serializers.ChoiceField(WITH_BILLS)
    day = serializers.DateField()


class PayoutInput(Input):
    """Money of a provider that has arrived on our bank account."""

    provider = serializers.ChoiceField(WITH_BILLS)
    amount = serializers.IntegerField(min_value=1, max_value=MAX_MINOR)
    day = serializers.DateField(help_text="on the account since")
    slip = serializers.CharField(max_length=40, help_text="the bank's number of it on that day")


class ProviderBillOutput(serializers.ModelSerializer[Statement]):
    """A bill as it was taken over. `fresh` rows were new to us, `unread` could not be read; `compared_at` null: not compared yet."""

    unread = serializers.SerializerMethodField()
    currency = Currency()

    class Meta:
        model = Statement
        fields = [
            *("id", "provider", "source", "first_day", "last_day", "payments", "paid", "refunds", "refunded", "fees", "fresh", "unread"),
            *("currency", "at", "compared_at"),
        ]

    def get_unread(self, statement: Statement) -> int:
        return len(statement.bad)


class ProviderBillPageOutput(serializers.Serializer[Any]):
    """One page, the newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ProviderBillOutput(many=True)


class PayoutOutput(serializers.ModelSerializer[Payout]):
    """What was noted."""

    currency = Currency()

    class Meta:
        model = Payout
        fields = ["provider", "amount", "currency", "day", "slip", "at"]


@endpoint(
    "GET",
    Doc(
        operation="list_provider_bills",
        tag=_TAG,
        summary="Bills of providers that were taken over, the newest first",
        query=PageQuery,
        answers={200: ProviderBillPageOutput},
        examples=[OpenApiExample("A page", {"next": None, "previous": None, "results": [_BILL]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.SEE_LEDGER)
def list_provider_bills(request: Request) -> Response:
    read_query(PageQuery, request)
    return page(request, Statement.objects.all(), ProviderBillOutput, ("-at", "-pk"))


@endpoint(
    "POST",
    Doc(
        operation="fetch_provider_bill",
        tag=_TAG,
        summary="Ask a provider for the bill of a day, now",
        text="It is compared with our books when this answers. What it says was paid is believed. Again, it is the bill that it was.",
        body=FetchBillInput,
        answers={200: ProviderBillOutput},
        examples=[
            OpenApiExample("A day", {"provider": "wechat", "day": "2026-11-19"}, request_only=True),
            OpenApiExample("The bill", _BILL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.RECONCILE)
@refusing
def fetch_provider_bill(request: Request) -> Response:
    given = read(FetchBillInput, request)
    try:
        statement = billing.operations.statements.fetch(**given, by=caller(request), at=business_now())
    except NotOffered:
        raise Problem(422, "not_offered", _("This provider is not set up here.")) from None
    return Response(shown(ProviderBillOutput, statement))


@endpoint(
    "POST",
    Doc(
        operation="note_payout",
        tag=_TAG,
        summary="Note that a provider paid out to our bank account",
        body=PayoutInput,
        answers={201: PayoutOutput},
        examples=[
            OpenApiExample("A payout", _PAYOUT, request_only=True),
            OpenApiExample(
                "Noted", {**_PAYOUT, "currency": "CNY", "at": "2026-11-20T11:00:00+08:00"}, response_only=True, status_codes=["201"]
            ),
        ],
    ),
)
@needs(Verb.RECONCILE)
@keyed
@refusing
def note_payout(request: Request) -> Response:
    payout = billing.operations.payouts.note_payout(**read(PayoutInput, request), by=caller(request), at=business_now())
    return Response(shown(PayoutOutput, payout), status=201)
