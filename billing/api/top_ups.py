"""Sell gas, and look at what was sold."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.counter_visits
import billing.queries
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.outputs import shown
from accounts.api.pages import PageQuery, page
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed_by_its_act, unique_key
from sla.api.explaining import StandingOutput, StandingsOutput

from ..models import Payment, TopUp
from ..operations.sales import Order
from ..queries.counter_visits import promises_of
from ..states import TopUpStatus
from ..volumes import MAX_LITRES, MAX_MINOR
from . import examples
from .fields import ImageField, own_content_of
from .lookups import account_for, held_for_sale, held_till_of, top_up_for
from .outputs import SoldOutput, TopUpOutput, TopUpPageOutput, WriteOutput
from .refusals import refusing


class SaleInput(Input):
    """What is sold, at which price, and how it is paid."""

    account = serializers.CharField(max_length=10)
    litres = serializers.IntegerField(min_value=1, max_value=MAX_LITRES)
    fingerprint = serializers.CharField(max_length=64, help_text="of the quote the customer agreed to")
    method = serializers.ChoiceField(Payment.TILL_METHODS)
    tendered = serializers.IntegerField(required=False, min_value=0, max_value=MAX_MINOR, help_text="cash handed over")
    slip = serializers.CharField(required=False, max_length=40, help_text="number of the bank terminal's slip")
    image = ImageField(required=False, help_text="the card on the reader, as hex: the write begins with the sale")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        needed, other = ("tendered", "slip") if attrs["method"] == Payment.Method.CASH else ("slip", "tendered")
        if needed not in attrs:
            raise serializers.ValidationError({needed: _("This payment method needs it.")}, code="required")
        if other in attrs:
            raise serializers.ValidationError({other: _("This payment method does not know it.")}, code="not_for_method")
        return attrs


class TopUpsQuery(PageQuery):
    """Which top-ups."""

    status = serializers.ChoiceField(TopUpStatus.choices, required=False)
    bought_from = serializers.DateField(required=False)
    bought_until = serializers.DateField(required=False, help_text="this day included")


@endpoint(
    "POST",
    Doc(
        operation="sell",
        tag="Top-ups",
        summary="Sell gas at the caller's open shift",
        text="Takes the money and reserves the card's next counter. Then write the card: begin a write, or send `image` and use the write "
        "in the answer. For a connected meter there is no card: the volume is sent to the meter when it connects next.",
        body=SaleInput,
        answers={201: SoldOutput},
        problems=[404],
        examples=[
            OpenApiExample("Cash", examples.SALE, request_only=True),
            OpenApiExample("Sold", {**examples.TOP_UP, "write": None}, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.SELL_GAS)
@keyed_by_its_act
@refusing
def sell(request: Request) -> Response:
    given, at = read(SaleInput, request), business_now()
    sale = billing.operations.counter_visits.sell_at_counter(order=_order(request, given, at), by=caller(request), at=at)
    top_up = top_up_for(request, sale.top_up.reference, at=at) if sale.is_repeated else sale.top_up
    return Response({**shown(TopUpOutput, top_up), "write": shown(WriteOutput, sale.write) if sale.write else None}, status=201)


def _order(request: Request, given: dict[str, Any], at: Any) -> Order:
    account, card = held_for_sale(request, given["account"], at=at)
    shift = held_till_of(request)
    if shift is None:
        raise Problem(409, "no_open_shift", _("Open a shift first: money can only be taken in an open shift."))
    return Order(
        account=account,
        card=card,
        shift=shift,
        litres=given["litres"],
        fingerprint=given["fingerprint"],
        method=Payment.Method(given["method"]),
        tendered=given.get("tendered"),
        slip=given.get("slip", ""),
        key=unique_key(request),
        seen=own_content_of(given["image"]) if "image" in given else None,
        channel=TopUp.Channel.API,
        is_held=True,
    )


@endpoint(
    "GET",
    Doc(
        operation="get_top_up",
        tag="Top-ups",
        summary="One top-up",
        answers={200: TopUpOutput},
        problems=[404],
        examples=[OpenApiExample("Written", examples.WRITTEN, response_only=True, status_codes=["200"])],
    ),
)
def get_top_up(request: Request, reference: str) -> Response:
    return Response(TopUpOutput(top_up_for(request, reference, at=business_now())).data)


@endpoint(
    "GET",
    Doc(
        operation="list_top_up_promises",
        tag="Top-ups",
        summary="What was promised about a top-up, by when, and why then",
        text="At a counter it is to be done on the spot, online at once. Customers see what was promised to them, staff all of it.",
        answers={200: StandingsOutput},
        problems=[404],
        examples=[OpenApiExample("At a counter", examples.PROMISES, response_only=True, status_codes=["200"])],
    ),
)
def list_top_up_promises(request: Request, reference: str) -> Response:
    at = business_now()
    found = promises_of(top_up_for(request, reference, at=at), at=at, public=not caller(request).is_staff)
    return Response({"results": StandingOutput(found, many=True).data})


@endpoint(
    "GET",
    Doc(
        operation="list_top_ups",
        tag="Top-ups",
        summary="What an account bought, the newest first",
        query=TopUpsQuery,
        answers={200: TopUpPageOutput},
        problems=[404],
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [examples.WRITTEN]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_top_ups(request: Request, number: str) -> Response:
    wanted = read_query(TopUpsQuery, request)
    bought = billing.queries.purchases(account_for(request, number, at=business_now())).select_related("account")
    columns = {"status": "status", "bought_from": "bought_on__gte", "bought_until": "bought_on__lte"}
    found = bought.filter(**{column: wanted[name] for name, column in columns.items() if name in wanted})
    return page(request, found, TopUpOutput, ("-paid_at", "-pk"))
