"""The register of priority customers over the API: who is on it and why, put somebody on it, for longer, off it.

Nothing of a person stands in an address but the number of an account: look for the account first (``search_accounts``).
"""

from datetime import datetime
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .. import masking, models, permissions
from ..clock import business_date, business_now
from ..models.priority_entry import PriorityGround
from ..operations import priority_register as register
from ..queries import priority_register as queries
from ..roles import Verb
from .endpoints import Doc, Handler, endpoint, needs, refuses
from .examples import PRIORITY_ENTRY
from .inputs import Input, caller, read, read_query
from .pages import page

_REFUSALS: dict[type[Exception], int] = {register.BadEntry: 422, register.OnTheRegister: 409, register.EntryEnded: 409}
_UNTIL = "the last day; null: until somebody ends it"


class SeekInput(Input):
    """Which entries."""

    state = serializers.ChoiceField([(state, state) for state in queries.STATES], default="standing", help_text="on today's day")
    ground = serializers.ChoiceField(PriorityGround.choices, required=False, default="")


class EntryInput(Input):
    """A new entry. No diagnosis: the ground says enough."""

    ground = serializers.ChoiceField(PriorityGround.choices)
    evidence = serializers.CharField(max_length=80, help_text="which paper was seen, and its number")
    since = serializers.DateField()
    until = serializers.DateField(required=False, default=None, allow_null=True, help_text=_UNTIL)
    why = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ExtendInput(Input):
    """Another last day, and why."""

    until = serializers.DateField(allow_null=True, help_text=_UNTIL)
    why = serializers.CharField(max_length=200)


class EndEntryInput(Input):
    """Why it does not hold any more."""

    why = serializers.CharField(max_length=200)


class PriorityEntryOutput(serializers.ModelSerializer[models.PriorityEntry]):
    """One ground for which a customer comes first. `accounts` are the numbers of the customer's accounts that are not closed."""

    state = serializers.SerializerMethodField(help_text="today")
    name = serializers.SerializerMethodField(help_text="of the customer, masked: 李*")
    accounts = serializers.SerializerMethodField()

    class Meta:
        model = models.PriorityEntry
        fields = ["id", "ground", "state", "name", "accounts", "evidence", "since", "until", "ended_at", "why"]

    @extend_schema_field(serializers.ChoiceField([(state, state) for state in queries.STATES]))
    def get_state(self, entry: models.PriorityEntry) -> str:
        return queries.state_of(entry, business_date(business_now()))

    def get_name(self, entry: models.PriorityEntry) -> str:
        return masking.mask_name(entry.customer.name)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_accounts(self, entry: models.PriorityEntry) -> list[str]:
        return [account.number for account in queries.living(entry.customer)]


class PriorityEntriesOutput(serializers.Serializer[Any]):
    """Everything that was ever entered of one customer."""

    results = PriorityEntryOutput(many=True)


def _doc(operation: str, summary: str, body: type[Input], sent: dict[str, Any], *, status: int = 200) -> Doc:
    return Doc(
        operation=operation,
        tag="Priority register",
        summary=summary,
        text="The flag that crews, interruptions and calls go by follows at once, or on the first day.",
        body=body,
        answers={status: PriorityEntryOutput},
        problems=[404],
        examples=[
            OpenApiExample(summary, sent, request_only=True),
            OpenApiExample("The entry", PRIORITY_ENTRY, response_only=True, status_codes=[str(status)]),
        ],
    )


def _kept(handler: Handler) -> Handler:
    """For whoever keeps the register, with its refusals."""
    return needs(Verb.KEEP_REGISTER)(refuses(_REFUSALS)(handler))


@endpoint(
    "GET",
    Doc(
        operation="list_priority_entries",
        tag="Priority register",
        summary="The register of priority customers (who keeps it)",
        text="In the order in which they were entered.",
        query=SeekInput,
        answers={200: PriorityEntryOutput(many=True)},
    ),
)
@needs(Verb.KEEP_REGISTER)
def list_entries(request: Request) -> Response:
    wanted = read_query(SeekInput, request)
    found = queries.entries(business_date(business_now()), state=wanted["state"], ground=wanted["ground"])
    return page(request, found, PriorityEntryOutput, ("pk",))


@endpoint(
    "GET",
    Doc(
        operation="list_priority_entries_of_account",
        tag="Priority register",
        summary="What was entered of an account's customer (who keeps it)",
        text="What holds first, then what was ended.",
        answers={200: PriorityEntriesOutput},
        problems=[404],
        examples=[OpenApiExample("One", {"results": [PRIORITY_ENTRY]}, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.KEEP_REGISTER)
def list_of_account(request: Request, number: str) -> Response:
    found = queries.entries_of(_account(request, number, business_now()).customer)
    return Response(PriorityEntriesOutput({"results": found.select_related("customer")}).data)


@endpoint(
    "POST",
    _doc(
        "put_on_priority_register",
        "Put a customer on the register",
        EntryInput,
        {"ground": "equipment", "evidence": "证明 0815", "since": "2026-11-20", "until": "2027-11-20"},
        status=201,
    ),
)
@_kept
def put_on(request: Request, number: str) -> Response:
    given, at = read(EntryInput, request), business_now()
    customer = _account(request, number, at).customer
    entry = register.put_on_register(customer=customer, entry=register.NewEntry(**given), by=caller(request), at=at)
    return Response(PriorityEntryOutput(entry).data, status=201)


@endpoint("POST", _doc("extend_priority_entry", "Another last day", ExtendInput, {"until": "2028-11-20", "why": "A new paper, until then"}))
@_kept
def extend(request: Request, entry: int) -> Response:
    given = read(ExtendInput, request)
    row = register.extend_entry(entry=_entry(entry), **given, by=caller(request), at=business_now())
    return Response(PriorityEntryOutput(row).data)


@endpoint("POST", _doc("end_priority_entry", "It does not hold any more; it stays to be read", EndEntryInput, {"why": "Moved away"}))
@_kept
def end(request: Request, entry: int) -> Response:
    given = read(EndEntryInput, request)
    row = register.end_entry(entry=_entry(entry), **given, by=caller(request), at=business_now())
    return Response(PriorityEntryOutput(row).data)


def _account(request: Request, number: str, at: datetime) -> models.Account:
    account = permissions.visible_accounts(caller(request), at).select_related("customer").filter(number=number).first()
    if account is None:
        raise Http404
    return account


def _entry(pk: int) -> models.PriorityEntry:
    entry = models.PriorityEntry.objects.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry
