"""Accounts as the caller may see them."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries

from ..roles import Verb
from .endpoints import Doc, endpoint, needs
from .examples import ACCOUNT
from .inputs import Input, caller, read
from .outputs import AccountOutput, AccountsOutput


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
            OpenApiExample("Found", {"results": [ACCOUNT]}, response_only=True, status_codes=["200"]),
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
        examples=[OpenApiExample("One account", {"results": [ACCOUNT]}, response_only=True, status_codes=["200"])],
    ),
)
def list_bound_accounts(request: Request) -> Response:
    return Response({"results": AccountOutput(accounts.queries.bound_accounts(caller(request)), many=True).data})
