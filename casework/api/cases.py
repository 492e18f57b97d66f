"""Open cases, find them, look at one."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiExample
from phonenumber_field.serializerfields import PhoneNumberField
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.pages import PageQuery, page
from accounts.clock import business_now
from accounts.roles import Verb

from .. import operations, permissions, queries
from ..forms.intake import LONGEST
from ..models import CaseQuerySet, Channel, GeneralRequest, Origin, Urgency
from ..operations import NothingSaid, Opening
from ..states import GENERAL_REQUEST
from . import examples
from .idempotency import keyed
from .lookups import account_for, case_for, detail, row_output
from .outputs import CaseDetailOutput, CasePageOutput, CasesOutput

_DETAIL = OpenApiExample("A case", examples.DETAIL, response_only=True, status_codes=["200"])


class CaseInput(Input):
    """A general request. Customers leave out `channel`, `origin`, `urgency` and the contact: they ask for themselves."""

    topic = serializers.ChoiceField(GeneralRequest.Topic.choices)
    text = serializers.CharField(max_length=LONGEST, help_text="the first line becomes the subject")
    account = serializers.CharField(max_length=10, required=False, help_text="number of the account it is about")
    channel = serializers.ChoiceField(Channel.choices, required=False, help_text="how they came to us; for staff")
    urgency = serializers.ChoiceField(Urgency.choices, default=Urgency.NORMAL, help_text="for staff")
    contact_name = serializers.CharField(max_length=120, required=False, help_text="for staff")
    contact_phone = PhoneNumberField(required=False, help_text="for staff")
    language = serializers.CharField(max_length=10, required=False, help_text="of our messages, for example zh-hans")
    origin = serializers.ChoiceField(Origin.choices, default=Origin.CUSTOMER, help_text="who put it forward; for staff")


class CasesQuery(PageQuery):
    """Which cases. `list` is for staff: one of their worklists."""

    status = serializers.CharField(max_length=24, required=False)
    unfinished = serializers.BooleanField(required=False, allow_null=True, default=None)
    account = serializers.CharField(max_length=10, required=False)
    list = serializers.ChoiceField((*queries.LISTS, queries.EVERYTHING), required=False)


class CaseSearchInput(Input):
    """What is known. In the body, because names and phones do not belong in addresses and logs."""

    q = serializers.CharField(max_length=100, help_text="reference, phone, name, address, subject or account")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20)


@endpoint(
    "POST",
    Doc(
        operation="open_case",
        tag="Cases",
        summary="Open a general request",
        text="Staff open it for somebody who came, rang or wrote and have it in hand; customers open their own, which the hall of "
        "their account looks after.",
        body=CaseInput,
        answers={201: CaseDetailOutput},
        problems=[404],
        examples=[
            OpenApiExample("A call", examples.NEW, request_only=True),
            OpenApiExample("Opened", examples.DETAIL, response_only=True, status_codes=["201"]),
        ],
    ),
)
@keyed
@refuses({NothingSaid: 422})
def open_case(request: Request) -> Response:
    given, at = read(CaseInput, request), business_now()
    permissions.check_may_ask(caller(request), at=at)
    opening = _opening(request, given, at)
    row = operations.open_request(opening=opening, topic=given["topic"], text=given["text"], by=caller(request), at=at)
    return detail(request, row.case, at=at, status=201)


def _opening(request: Request, given: dict[str, Any], at: datetime) -> Opening:
    user = caller(request)
    known = {
        "kind": GENERAL_REQUEST.kind,
        "subject": "",
        "account": account_for(request, given["account"], at=at) if "account" in given else None,
        "language": given.get("language", ""),
    }
    if not user.is_staff:
        return Opening(**known, channel=Channel.CABINET, asker=user, contact_phone=str(user.phone or ""))
    phone = str(given["contact_phone"].as_e164) if given.get("contact_phone") else ""
    return Opening(
        **known,
        channel=given.get("channel", Channel.API),
        urgency=given["urgency"],
        origin=given["origin"],
        contact_name=given.get("contact_name", ""),
        contact_phone=phone,
    )


@endpoint(
    "GET",
    Doc(
        operation="list_cases",
        tag="Cases",
        summary="Cases, the newest first",
        text="Staff who handle cases see all of them; customers those of their household and those they opened themselves.",
        query=CasesQuery,
        answers={200: CasePageOutput},
        examples=[
            OpenApiExample("A page", {"next": None, "previous": None, "results": [examples.CASE]}, response_only=True, status_codes=["200"])
        ],
    ),
)
def list_cases(request: Request) -> Response:
    wanted, at = read_query(CasesQuery, request), business_now()
    found = permissions.visible_cases(caller(request), at)
    if "list" in wanted and caller(request).is_staff:
        found = _of_list(found, request, wanted["list"], at)
    columns = {"status": "status", "account": "account__number"}
    found = found.filter(**{column: wanted[name] for name, column in columns.items() if name in wanted})
    if wanted["unfinished"] is not None:
        found = found.filter(closed_at__isnull=wanted["unfinished"])
    rows = found.select_related("timeline", "owner", "named", "hall", "account")
    return page(request, rows, row_output(request), ("-opened_at", "-pk"))


def _of_list(found: CaseQuerySet, request: Request, name: str, at: datetime) -> CaseQuerySet:
    staff = accounts.queries.current_staff(caller(request))
    listed = queries.worklist(name, staff, at=at).order_by().prefetch_related(None)
    return found.filter(pk__in=listed.values("pk"))


@endpoint(
    "POST",
    Doc(
        operation="search_cases",
        tag="Cases",
        summary="Find cases (staff)",
        text="By reference, phone, name, address, subject or account, however it was typed. Unfinished ones come first.",
        body=CaseSearchInput,
        answers={200: CasesOutput},
        examples=[
            OpenApiExample("A reference", {"q": "G4K-7QX-2MP"}, request_only=True),
            OpenApiExample("Found", {"results": [examples.CASE]}, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.HANDLE_CASES)
def search_cases(request: Request) -> Response:
    wanted, at = read(CaseSearchInput, request), business_now()
    found = queries.search_cases(wanted["q"], permissions.visible_cases(caller(request), at), limit=wanted["limit"])
    return Response({"results": row_output(request)(found, many=True).data})


@endpoint(
    "GET",
    Doc(operation="get_case", tag="Cases", summary="One case", answers={200: CaseDetailOutput}, problems=[404], examples=[_DETAIL]),
)
def get_case(request: Request, reference: str) -> Response:
    at = business_now()
    return detail(request, case_for(request, reference, at=at), at=at)
