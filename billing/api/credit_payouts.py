"""Credit of an account that is to be paid out: one asks, another approves and has ordered the transfer."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.credit_payouts
import billing.queries.credit_payouts
from accounts.api.endpoints import Doc, Handler, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.outputs import shown
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed

from ..models import CreditPayout
from ..queries.credit_payouts import PayoutNotFound
from ..volumes import MAX_MINOR
from .lookups import account_for
from .outputs import Currency
from .refusals import refusing

_PAYOUT = {
    "reference": "GK7Q2M9XA4BC",
    "account": "3713240010",
    "amount": 6000,
    "currency": "CNY",
    "reason": "no_bills",
    "status": "asked",
    "slip": "",
    "asked_at": "2026-11-20T10:05:00+08:00",
    "decided_at": None,
}
_PAID: dict[str, Any] = {"status": "done", "slip": "0042", "decided_at": "2026-11-20T10:30:00+08:00"}


class CreditPayoutInput(Input):
    """How much, and why."""

    amount = serializers.IntegerField(required=False, default=0, min_value=1, max_value=MAX_MINOR, help_text="without: all of it")
    reason = serializers.ChoiceField(CreditPayout.Because.choices)


class ApprovePayoutInput(Input):
    """The transfer that was ordered."""

    slip = serializers.CharField(max_length=40, help_text="its number at the bank")


class CreditPayoutOutput(serializers.ModelSerializer[CreditPayout]):
    """The wish to pay out credit. Nothing is booked before `status` is `done`."""

    account = serializers.CharField(source="account.number")
    reason = serializers.ChoiceField(CreditPayout.Because.choices, source="because")
    currency = Currency()

    class Meta:
        model = CreditPayout
        fields = ["reference", "account", "amount", "currency", "reason", "status", "slip", "asked_at", "decided_at"]


def _doc(operation: str, summary: str, sent: dict[str, Any] | None = None, *, code: int = 200, **more: Any) -> Doc:
    """``code`` of the answer; ``more``: the body, and what is otherwise in the answer."""
    body, text = more.pop("body", None), more.pop("text", "")
    examples = [OpenApiExample("The payout", {**_PAYOUT, **more}, response_only=True, status_codes=[str(code)])]
    examples += [OpenApiExample("Sent", sent, request_only=True)] if sent is not None else []
    answers: dict[int | tuple[int, str], Any] = {code: CreditPayoutOutput}
    return Doc(
        operation=operation, tag="Accounts", summary=summary, text=text, body=body, answers=answers, problems=[404], examples=examples
    )


def _finding(handler: Handler) -> Handler:
    return refuses({PayoutNotFound: 404})(refusing(handler))


@endpoint(
    "POST",
    _doc(
        "ask_credit_payout",
        "Ask for credit of an account to be paid out",
        {"amount": 6000, "reason": "no_bills"},
        code=201,
        body=CreditPayoutInput,
        text="One at a time for each account. Somebody else approves it and orders the transfer.",
    ),
)
@needs(Verb.REQUEST_REVERSAL)
@keyed
@_finding
def ask_credit_payout(request: Request, number: str) -> Response:
    at, given = business_now(), read(CreditPayoutInput, request)
    account = account_for(request, number, at=at)
    wish = {"amount": given["amount"], "because": given["reason"]}
    payout = billing.operations.credit_payouts.ask_payout(account=account, by=caller(request), at=at, **wish)
    return Response(shown(CreditPayoutOutput, payout), status=201)


@endpoint(
    "POST",
    _doc(
        "approve_credit_payout",
        "Approve a payout of credit: the transfer is ordered",
        {"slip": "0042"},
        body=ApprovePayoutInput,
        text="Not for whoever asked; from a sum on only for those who answer for more than one hall.",
        **_PAID,
    ),
)
@needs(Verb.APPROVE_REVERSAL)
@_finding
def approve_credit_payout(request: Request, reference: str) -> Response:
    slip, payout = read(ApprovePayoutInput, request)["slip"], billing.queries.credit_payouts.find_payout(reference)
    billing.operations.credit_payouts.approve_payout(payout=payout, slip=slip, by=caller(request), at=business_now())
    return Response(shown(CreditPayoutOutput, payout))


@endpoint("POST", _doc("refuse_credit_payout", "Refuse a payout of credit: it stays", status="refused", decided_at=_PAID["decided_at"]))
@needs(Verb.APPROVE_REVERSAL)
@_finding
def refuse_credit_payout(request: Request, reference: str) -> Response:
    payout = billing.queries.credit_payouts.find_payout(reference)
    billing.operations.credit_payouts.refuse_payout(payout=payout, by=caller(request), at=business_now())
    return Response(shown(CreditPayoutOutput, payout))
