"""What provider, ledger and delivery do not agree about: the list, one of them, and what is done about it."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
import billing.operations.break_actions
import billing.operations.breaks
import billing.queries.breaks
from accounts.api.endpoints import Doc, Handler, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.outputs import shown
from accounts.api.pages import PageQuery, page
from accounts.clock import business_now
from accounts.roles import Verb

from ..break_remedies import remedies
from ..models import Break, HeldAssignment
from ..operations.break_actions import Wish
from ..queries.breaks import BreakNotFound
from ..queries.held_money import TargetNotFound
from ..states import BreakStatus
from .outputs import Currency
from .refusals import refusing

_TAG = "Reconciliation"
_BREAK = {
    "reference": "KK7Q2M9XA4BC",
    "kind": "missing_there",
    "provider": "wechat",
    "status": "open",
    "day": "2026-11-19",
    "there": None,
    "here": 5500,
    "gap": 5500,
    "currency": "CNY",
    "transaction": "4200002026111900000001",
    "refund": None,
    "top_up": "TK7Q2M9XA4BD",
    "owner": "031",
    "action": "",
    "can": ["write_off", "explain"],
    "found_at": "2026-11-20T10:00:00+08:00",
    "asked_at": None,
    "decided_at": None,
    "ended_at": None,
}


class BreaksQuery(PageQuery):
    """Which breaks."""

    status = serializers.ChoiceField(BreakStatus.choices, required=False, help_text="without it: all that are not settled")


class RemedyInput(Input):
    """What is to be done about a break: one of the ways in its `can`."""

    action = serializers.ChoiceField(Break.Action.choices)
    note = serializers.CharField(
        max_length=400, required=False, default="", allow_blank=True, help_text="why; `write_off` and `explain` need it"
    )
    target = serializers.CharField(
        max_length=20, required=False, default="", help_text="of `assign`: the number of an order, of a bill, or of an account"
    )
    evidence = serializers.ChoiceField(HeldAssignment.Because.choices, required=False, default="", help_text="of `assign`: how we know")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in ("target", "evidence") if attrs["action"] == Break.Action.ASSIGN and not attrs[name]]
        if missing:
            raise serializers.ValidationError({name: [self.fields[name].error_messages["required"]] for name in missing}, code="required")
        return attrs


class BreakOutput(serializers.ModelSerializer[Break]):
    """`there` is the provider's amount, `here` ours, `gap` how much more our book says; `can` is what may be asked for now."""

    currency = Currency()
    transaction = serializers.SerializerMethodField(help_text="the provider's number of the payment")
    refund = serializers.CharField(source="refund.reference", allow_null=True, default=None)
    top_up = serializers.CharField(source="top_up.reference", allow_null=True, default=None)
    owner = serializers.CharField(source="owner.number", allow_null=True, default=None, help_text="a staff number")
    can = serializers.SerializerMethodField()
    gap = serializers.IntegerField()

    class Meta:
        model = Break
        fields = [
            *("reference", "kind", "provider", "status", "day", "there", "here", "gap", "currency", "transaction", "refund", "top_up"),
            *("owner", "action", "can", "found_at", "asked_at", "decided_at", "ended_at"),
        ]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_transaction(self, found: Break) -> str | None:
        known = found.line or found.payment
        return known.transaction if known else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField(), help_text="values of `action`"))
    def get_can(self, found: Break) -> list[str]:
        return [way.value for way in remedies(found)]


class BreakPageOutput(serializers.Serializer[Any]):
    """One page, the oldest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = BreakOutput(many=True)


def _done(summary: str, text: str = "", *, operation: str, body: type[Input] | None = None, **changed: Any) -> Doc:
    examples = [OpenApiExample("The break", {**_BREAK, **changed}, response_only=True, status_codes=["200"])]
    if body is not None:
        examples.append(OpenApiExample("A loss", {"action": "write_off", "note": "Seen with the provider"}, request_only=True))
    return Doc(
        operation=operation, tag=_TAG, summary=summary, text=text, body=body, answers={200: BreakOutput}, problems=[404], examples=examples
    )


def _finding(handler: Handler) -> Handler:
    """With the refusals of breaks."""
    return refuses({BreakNotFound: 404, TargetNotFound: 404})(refusing(handler))


@endpoint(
    "GET",
    Doc(
        operation="list_breaks",
        tag=_TAG,
        summary="What provider, ledger and delivery do not agree about, the oldest first",
        query=BreaksQuery,
        answers={200: BreakPageOutput},
        examples=[
            OpenApiExample("A page", {"next": None, "previous": None, "results": [_BREAK]}, response_only=True, status_codes=["200"])
        ],
    ),
)
@needs(Verb.SEE_LEDGER)
def list_breaks(request: Request) -> Response:
    status = read_query(BreaksQuery, request).get("status", "")
    return page(request, billing.queries.breaks.breaks(status), BreakOutput, ("found_at", "pk"))


@endpoint("GET", _done("One break", operation="get_break"))
@needs(Verb.SEE_LEDGER)
@_finding
def get_break(request: Request, reference: str) -> Response:
    return Response(shown(BreakOutput, billing.queries.breaks.find_break(reference)))


@endpoint("POST", _done("Take a break on: it is the caller's to settle", operation="take_on_break"))
@needs(Verb.RECONCILE)
@_finding
def take_on_break(request: Request, reference: str) -> Response:
    found, by = billing.queries.breaks.find_break(reference), caller(request)
    billing.operations.breaks.take_on(found=found, staff=accounts.queries.current_staff(by), by=by, at=business_now())
    return Response(shown(BreakOutput, billing.queries.breaks.find_break(reference)))


@endpoint(
    "POST",
    _done(
        "Ask for a way to settle a break, or begin it",
        "Losses and explanations wait for somebody else (`asked`). Giving back, using held money and sending to a meter once more begin at "
        "once (`under_way`) and are approved where they always are.",
        operation="settle_break",
        body=RemedyInput,
        status="asked",
        action="write_off",
        can=[],
    ),
)
@needs(Verb.RECONCILE)
@_finding
def settle_break(request: Request, reference: str) -> Response:
    given, found = read(RemedyInput, request), billing.queries.breaks.find_break(reference)
    action, because = Break.Action(given["action"]), given["evidence"]
    wish = Wish(action=action, note=given["note"], target=given["target"], because=because)
    billing.operations.break_actions.act(found=found, wish=wish, by=caller(request), at=business_now())
    return Response(shown(BreakOutput, billing.queries.breaks.find_break(reference)))


@endpoint(
    "POST", _done("Approve what was asked about a break", "Not for whoever asked.", operation="approve_break", status="settled", can=[])
)
@needs(Verb.APPROVE_WRITE_OFFS)
@_finding
def approve_break(request: Request, reference: str) -> Response:
    return _decide(request, reference, approve=True)


@endpoint("POST", _done("Refuse what was asked about a break: it is open again", operation="refuse_break"))
@needs(Verb.APPROVE_WRITE_OFFS)
@_finding
def refuse_break(request: Request, reference: str) -> Response:
    return _decide(request, reference, approve=False)


def _decide(request: Request, reference: str, *, approve: bool) -> Response:
    found = billing.queries.breaks.find_break(reference)
    billing.operations.break_actions.decide(found=found, approve=approve, by=caller(request), at=business_now())
    return Response(shown(BreakOutput, billing.queries.breaks.find_break(reference)))
