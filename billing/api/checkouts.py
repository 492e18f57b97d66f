"""Buy gas online: open a payment, see how it stands, cancel it."""

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.permissions
import billing.operations.checkouts
import billing.operations.questions
import billing.queries.checkouts
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.pages import PageQuery, page
from accounts.clock import business_now
from accounts.queries import wechat_links
from casework.api.idempotency import keyed_below, unique_key

from ..models import Checkout, Provider
from ..operations.checkouts import Basket
from ..operations.questions import ProviderSilent
from ..volumes import MAX_LITRES
from . import examples
from .lookups import account_for
from .outputs import CheckoutOutput, CheckoutPageOutput
from .refusals import refusing


class CheckoutInput(Input):
    """What is bought, at which price, and how it is to be paid."""

    account = serializers.CharField(max_length=10)
    litres = serializers.IntegerField(min_value=1, max_value=MAX_LITRES)
    fingerprint = serializers.CharField(max_length=64, help_text="of the quote the customer agreed to")
    provider = serializers.ChoiceField(Provider.choices)
    product = serializers.ChoiceField(Checkout.Product.choices)
    payer = serializers.CharField(
        required=False,
        max_length=128,
        help_text="who pays, as the provider's app knows them; for `app` only. Without it: the caller, if their WeChat is linked",
    )


@endpoint(
    "POST",
    Doc(
        operation="open_checkout",
        tag="Online payments",
        summary="Order gas to be paid online",
        text="Holds the price and asks the provider how it can be paid. `shown` is empty while the provider does not answer: send the same "
        "request with the same key again.",
        body=CheckoutInput,
        answers={201: CheckoutOutput},
        problems=[404],
        examples=[
            OpenApiExample("A code to scan", examples.CHECKOUT_ORDER, request_only=True),
            OpenApiExample("Opened", examples.CHECKOUT, response_only=True, status_codes=["201"]),
        ],
    ),
)
@keyed_below
@refusing
def open_checkout(request: Request) -> Response:
    given, at = read(CheckoutInput, request), business_now()
    payer = given.pop("payer", "")
    if not payer and given["product"] == Checkout.Product.APP:
        payer = wechat_links.payer_of(caller(request), appid=settings.WECHAT_PAY_APPID)
    account = account_for(request, given.pop("account"), at=at)
    basket = Basket(account=account, channel=Checkout.Channel.API, key=unique_key(request), **given)
    checkout = billing.operations.checkouts.open_checkout(basket=basket, by=caller(request), at=at)
    try:
        checkout = billing.operations.questions.present(checkout=checkout, payer=payer, at=at)
    except ProviderSilent:
        checkout.refresh_from_db()
    return Response(CheckoutOutput(checkout).data, status=201)


@endpoint(
    "GET",
    Doc(
        operation="get_checkout",
        tag="Online payments",
        summary="How it stands with an online payment",
        answers={200: CheckoutOutput},
        problems=[404],
        examples=[OpenApiExample("Paid", examples.CHECKOUT_PAID, response_only=True, status_codes=["200"])],
    ),
)
def get_checkout(request: Request, reference: str) -> Response:
    return Response(CheckoutOutput(_checkout_for(request, reference)).data)


@endpoint(
    "POST",
    Doc(
        operation="cancel_checkout",
        tag="Online payments",
        summary="Cancel an online payment that nobody has made",
        text="Closed at the provider first. What was paid a moment ago is used, and the answer says so.",
        answers={200: CheckoutOutput},
        problems=[404],
    ),
)
@refusing
def cancel_checkout(request: Request, reference: str) -> Response:
    checkout = _checkout_for(request, reference)
    cancelled = billing.operations.questions.cancel(checkout=checkout, by=caller(request), at=business_now())
    return Response(CheckoutOutput(cancelled).data)


@endpoint(
    "GET",
    Doc(
        operation="list_checkouts",
        tag="Online payments",
        summary="An account's online payments, the newest first",
        query=PageQuery,
        answers={200: CheckoutPageOutput},
        problems=[404],
    ),
)
def list_checkouts(request: Request, number: str) -> Response:
    read_query(PageQuery, request)
    account = account_for(request, number, at=business_now())
    found = billing.queries.checkouts.checkouts_of(account).select_related("account")
    return page(request, found, CheckoutOutput, ("-opened_at", "-pk"))


def _checkout_for(request: Request, reference: str) -> Checkout:
    visible = accounts.permissions.visible_accounts(request.user, business_now()).order_by()
    rows = Checkout.objects.select_related("account__customer", "top_up__meter")
    found = rows.filter(reference=reference, account__in=visible.values("pk")).first()
    if found is None:
        raise Http404
    return found
