"""Money that came in and could not be used: what is held, what it is for, and the second person's word."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.held_money
import billing.queries.checkouts
import billing.queries.held_money
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.outputs import shown
from accounts.api.pages import PageQuery, page
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed

from ..models import HeldAssignment, ProviderPayment
from ..queries.checkouts import PaymentNotFound
from ..queries.held_money import AssignmentNotFound, TargetNotFound
from ..volumes import MAX_MINOR
from .outputs import Currency
from .refusals import refusing

_HELD = {
    "id": 7,
    "provider": "bank",
    "transaction": "2026112000017",
    "order_number": "",
    "amount": 10000,
    "left": 10000,
    "currency": "CNY",
    "held_because": "unknown",
    "paid_at": "2026-11-20T09:58:00+08:00",
    "heard_at": "2026-11-20T10:00:00+08:00",
}
_WISH = {
    "reference": "HK7Q2M9XA4BC",
    "payment": 7,
    "account": "3713240010",
    "checkout": "PK7Q2M9XA4BD",
    "bill": None,
    "charge": None,
    "amount": 5500,
    "currency": "CNY",
    "evidence": "mistyped",
    "status": "asked",
    "asked_at": "2026-11-20T10:05:00+08:00",
    "decided_at": None,
}


class HeldMoneyInput(Input):
    """What held money is for: an order, a bill, a charge, or an account."""

    target = serializers.CharField(max_length=20, help_text="the number of an order, a bill, a charge (or its contract), or an account")
    amount = serializers.IntegerField(
        required=False, min_value=1, max_value=MAX_MINOR, help_text="without: what it costs, or all that is left"
    )
    evidence = serializers.ChoiceField(HeldAssignment.Because.choices, help_text="how we know")


class HeldPaymentOutput(serializers.ModelSerializer[ProviderPayment]):
    """A payment that is held. `left` is what nobody has asked for yet."""

    left = serializers.SerializerMethodField()
    currency = Currency()

    class Meta:
        model = ProviderPayment
        fields = ["id", "provider", "transaction", "order_number", "amount", "left", "currency", "held_because", "paid_at", "heard_at"]

    def get_left(self, payment: ProviderPayment) -> int:
        return billing.queries.held_money.left_loaded(payment)


class HeldPaymentPageOutput(serializers.Serializer[Any]):
    """One page, the oldest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = HeldPaymentOutput(many=True)


class HeldAssignmentOutput(serializers.ModelSerializer[HeldAssignment]):
    """The wish to use held money. Nothing is booked before `status` is `done`."""

    account = serializers.CharField(source="account.number", allow_null=True, default=None, help_text="null for a charge")
    checkout = serializers.CharField(source="checkout.reference", allow_null=True, default=None)
    bill = serializers.CharField(source="bill.number", allow_null=True, default=None)
    charge = serializers.CharField(source="charge.reference", allow_null=True, default=None)
    evidence = serializers.ChoiceField(HeldAssignment.Because.choices, source="because")
    currency = Currency()

    class Meta:
        model = HeldAssignment
        fields = [
            *("reference", "payment", "account", "checkout", "bill", "charge"),
            *("amount", "currency", "evidence", "status", "asked_at", "decided_at"),
        ]


@endpoint(
    "GET",
    Doc(
        operation="list_held_payments",
        tag="Online payments",
        summary="Money that came in and could not be used, the oldest first",
        query=PageQuery,
        answers={200: HeldPaymentPageOutput},
        examples=[OpenApiExample("A page", {"next": None, "previous": None, "results": [_HELD]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.APPROVE_REVERSAL)
def list_held_payments(request: Request) -> Response:
    read_query(PageQuery, request)
    rows: QuerySet[ProviderPayment] = billing.queries.checkouts.held_payments()
    return page(request, rows, HeldPaymentOutput, ("heard_at", "pk"))


@endpoint(
    "POST",
    Doc(
        operation="assign_held_payment",
        tag="Online payments",
        summary="Say what held money is for",
        text="An order, a bill or a charge takes exactly what it costs, for an account it becomes credit; the rest stays held. "
        "Somebody else approves.",
        body=HeldMoneyInput,
        answers={201: HeldAssignmentOutput},
        problems=[404],
        examples=[
            OpenApiExample("For an order", {"target": "PK7Q2M9XA4BD", "evidence": "mistyped"}, request_only=True),
            OpenApiExample("Asked", _WISH, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.APPROVE_REVERSAL)
@keyed
@refusing
def assign_held_payment(request: Request, key: int) -> Response:
    given = read(HeldMoneyInput, request)
    try:
        payment = billing.queries.checkouts.find_payment(key)
        target = billing.queries.held_money.find_target(given["target"])
    except (PaymentNotFound, TargetNotFound) as missing:
        raise Problem(404, "not_found", missing) from missing
    wish = billing.operations.held_money.ask_assignment(
        payment=payment, target=target, amount=given.get("amount", 0), because=given["evidence"], by=caller(request), at=business_now()
    )
    return Response(shown(HeldAssignmentOutput, wish), status=201)


_DECIDED = Doc(
    operation="approve_held_assignment",
    tag="Online payments",
    summary="Agree to a use of held money",
    text="Not for whoever asked; from a sum on only for those who answer for more than one hall. The order is delivered, the bill is "
    "paid, or the account has the credit when this answers.",
    answers={200: HeldAssignmentOutput},
    problems=[404],
    examples=[OpenApiExample("Used", {**_WISH, "status": "done"}, response_only=True, status_codes=["200"])],
)


@endpoint("POST", _DECIDED)
@needs(Verb.APPROVE_REVERSAL)
@refusing
def approve_held_assignment(request: Request, reference: str) -> Response:
    return _decide(request, reference, approve=True)


@endpoint(
    "POST",
    Doc(
        operation="refuse_held_assignment",
        tag="Online payments",
        summary="Refuse a use of held money: it stays held",
        answers={200: HeldAssignmentOutput},
        problems=[404],
        examples=[OpenApiExample("Refused", {**_WISH, "status": "refused"}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.APPROVE_REVERSAL)
@refusing
def refuse_held_assignment(request: Request, reference: str) -> Response:
    return _decide(request, reference, approve=False)


def _decide(request: Request, reference: str, *, approve: bool) -> Response:
    try:
        wish = billing.queries.held_money.find_assignment(reference)
    except AssignmentNotFound as missing:
        raise Problem(404, "not_found", missing) from missing
    billing.operations.held_money.decide_assignment(assignment=wish, approve=approve, by=caller(request), at=business_now())
    return Response(shown(HeldAssignmentOutput, wish))
