"""Accounts as the caller may see them, and who the caller is."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries

from .. import models, permissions
from ..clock import business_now
from ..roles import Verb
from .endpoints import Doc, endpoint, needs
from .inputs import Input, caller, read
from .outputs import AccountOutput, AccountsOutput, MeOutput

_ACCOUNT = {
    "number": "3713240010",
    "status": "open",
    "use_kind": "residential",
    "price_class": "resident",
    "name": "李*",
    "address": "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元501",
    "opened_at": "2024-03-01T09:00:00+08:00",
}


class SearchInput(Input):
    """What is known of the customer. In the body, because names and phones do not belong in addresses and logs."""

    q = serializers.CharField(max_length=100, help_text="card or account number, phone, name or address")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20)


@endpoint(
    "POST",
    Doc(
        operation="search_accounts",
        tag="Accounts",
        summary="Find accounts (staff)",
        text="By card number, account number, phone, name or address, however it was typed. Living accounts come first.",
        body=SearchInput,
        answers={200: AccountsOutput},
        examples=[
            OpenApiExample("A card", {"q": "3713240001"}, request_only=True),
            OpenApiExample("Found", {"results": [_ACCOUNT]}, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.FIND_ACCOUNTS)
def search_accounts(request: Request) -> Response:
    wanted = read(SearchInput, request)
    found = accounts.queries.search_accounts(wanted["q"], limit=wanted["limit"])
    return Response({"results": AccountOutput(found, many=True).data})


@endpoint(
    "GET",
    Doc(
        operation="list_bound_accounts",
        tag="Accounts",
        summary="The accounts in the caller's cabinet",
        text="Customers see the accounts they are bound to. Staff have none; they search.",
        answers={200: AccountsOutput},
        examples=[OpenApiExample("One account", {"results": [_ACCOUNT]}, response_only=True, status_codes=["200"])],
    ),
)
def list_bound_accounts(request: Request) -> Response:
    return Response({"results": AccountOutput(accounts.queries.bound_accounts(caller(request)), many=True).data})


@endpoint("GET", Doc(operation="who_am_i", tag="Sign-in", summary="Who the caller is and what they may do", answers={200: MeOutput}))
def who_am_i(request: Request) -> Response:
    staff = models.Staff.objects.select_related("hall").filter(user=request.user.pk, left_at__isnull=True).first()
    return Response(
        {
            "kind": "staff" if request.user.is_staff else "customer",
            "staff_number": staff.number if staff else None,
            "hall": staff.hall.code if staff and staff.hall else None,
            "verbs": sorted(permissions.verbs_of(request.user, business_now())),
        }
    )
