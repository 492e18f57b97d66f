"""Bills of accounts whose meter is read; their payment at a till; and the calculator."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import permission_classes, renderer_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.bill_papers
import billing.operations.bill_tills
import billing.queries.bills
import billing.queries.calculations
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.outputs import shown
from accounts.api.pages import PageQuery, page
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.models import Account
from accounts.roles import Verb
from casework.api.idempotency import keyed_by_its_act, unique_key

from ..bill_forms import MOST_DAYS, MOST_PERSONS
from ..models import Payment
from ..operations.bill_tills import Takings
from ..queries.bills import BillNotFound
from ..queries.calculations import Wish
from ..states import BillStatus
from ..volumes import MAX_LITRES, MAX_MINOR
from . import bill_examples
from .bill_outputs import BillOutput, BillPageOutput, BillPaymentOutput, CalculationOutput
from .lookups import account_for, held_till_of
from .papers import PdfRenderer
from .refusals import refusing

#: What a till takes.
METHODS = [(way.value, way.label) for way in (Payment.Method.CASH, Payment.Method.BANK_CARD)]


class BillsQuery(PageQuery):
    """Which bills."""

    status = serializers.ChoiceField(BillStatus.choices, required=False)


class BillPaymentInput(Input):
    """How a bill is paid at the caller's till."""

    method = serializers.ChoiceField(METHODS)
    tendered = serializers.IntegerField(required=False, min_value=0, max_value=MAX_MINOR, help_text="cash handed over; without it: exact")
    slip = serializers.CharField(required=False, max_length=40, help_text="number of the bank terminal's slip")


class CalculationInput(Input):
    """A period and a volume."""

    price_class = serializers.ChoiceField(Account.PriceClass.choices)
    first = serializers.DateField()
    end = serializers.DateField(help_text="the day after the last")
    litres = serializers.IntegerField(min_value=0, max_value=MAX_LITRES)
    used = serializers.IntegerField(required=False, min_value=0, max_value=MAX_LITRES, help_text="litres used before in the tier year")
    persons = serializers.IntegerField(required=False, min_value=1, max_value=MOST_PERSONS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not 0 < (attrs["end"] - attrs["first"]).days <= MOST_DAYS:
            raise serializers.ValidationError({"end": _("Two years at most can be reckoned at once.")}, code="period")
        return attrs


@endpoint(
    "GET",
    Doc(
        operation="list_bills",
        tag="Readings and bills",
        summary="Bills of an account, the newest first",
        query=BillsQuery,
        answers={200: BillPageOutput},
        problems=[404],
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [bill_examples.BILL]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_bills(request: Request, number: str) -> Response:
    wanted = read_query(BillsQuery, request)
    found = billing.queries.bills.bills_of(account_for(request, number, at=business_now())).select_related("account")
    found = found.filter(status=wanted["status"]) if "status" in wanted else found
    return page(request, found, BillOutput, ("-month", "-pk"))


@endpoint(
    "GET",
    Doc(
        operation="get_bill",
        tag="Readings and bills",
        summary="A bill with its breakdown",
        answers={200: BillOutput},
        problems=[404],
        examples=[OpenApiExample("A bill", bill_examples.BILL, response_only=True, status_codes=["200"])],
    ),
)
@refuses({BillNotFound: 404})
def get_bill(request: Request, number: str) -> Response:
    return Response(BillOutput(billing.queries.bills.bill_for(caller(request), number, at=business_now())).data)


@endpoint(
    "GET",
    Doc(
        operation="get_bill_pdf",
        tag="Readings and bills",
        summary="The bill-receipt as PDF",
        text="In the customer's language. Its code leads to the page where the bill is paid.",
        answers={(200, "application/pdf"): OpenApiTypes.BINARY},
        problems=[404],
    ),
)
@renderer_classes([PdfRenderer])
@refuses({BillNotFound: 404})
def get_bill_pdf(request: Request, number: str) -> HttpResponse:
    pdf = billing.operations.bill_papers.make_bill_paper(user=caller(request), number=number, at=business_now())
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{number}.pdf"'})


@endpoint(
    "POST",
    Doc(
        operation="take_bill_payment",
        tag="Readings and bills",
        summary="Take the money for a bill at the caller's open shift",
        text="A bill is paid as a whole.",
        body=BillPaymentInput,
        answers={201: BillPaymentOutput},
        problems=[404],
        examples=[
            OpenApiExample("Cash", {"method": "cash", "tendered": 10000}, request_only=True),
            OpenApiExample("Paid", bill_examples.PAYMENT, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.SELL_GAS)
@keyed_by_its_act
@refuses({BillNotFound: 404})
@refusing
def take_bill_payment(request: Request, number: str) -> Response:
    given, at = read(BillPaymentInput, request), business_now()
    bill = billing.queries.bills.bill_for(caller(request), number, at=at)
    shift = held_till_of(request)
    if shift is None:
        raise Problem(409, "no_open_shift", _("Open a shift first: money can only be taken in an open shift."))
    taken = Takings(
        bill=bill,
        shift=shift,
        method=Payment.Method(given["method"]),
        tendered=given.get("tendered"),
        slip=given.get("slip", ""),
        key=unique_key(request),
    )
    paid = billing.operations.bill_tills.pay_at_till(taken=taken, by=caller(request), at=at)
    return Response(shown(BillPaymentOutput, paid), status=201)


@endpoint(
    "POST",
    Doc(
        operation="calculate",
        tag="Public",
        summary="What gas would cost",
        text="As a bill would have it: by tier and price list, days half-open. It changes nothing and takes no key.",
        body=CalculationInput,
        answers={200: CalculationOutput},
        examples=[
            OpenApiExample(
                "A month", {"price_class": "resident", "first": "2026-10-23", "end": "2026-11-23", "litres": 28000}, request_only=True
            ),
            OpenApiExample("The price", bill_examples.CALCULATION, response_only=True, status_codes=["200"]),
        ],
    ),
)
@permission_classes([AllowAny])
@refusing
def calculate(request: Request) -> Response:
    return Response(CalculationOutput(billing.queries.calculations.calculate(Wish(**read(CalculationInput, request)))).data)
