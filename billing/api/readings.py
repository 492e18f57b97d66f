"""Readings of meters: send one, and see what became of those before."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.readings
import billing.queries.readings
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, caller, read, read_query
from accounts.api.outputs import shown
from accounts.api.pages import PageQuery, page
from accounts.clock import business_date, business_now
from casework.api.idempotency import keyed

from .. import permissions
from ..models import Reading
from ..operations.readings import NewReading
from ..plausibility import REGISTER_LITRES
from . import bill_examples
from .bill_outputs import ReadingOutput, ReadingPageOutput
from .lookups import account_for
from .refusals import refusing


class ReadingInput(Input):
    """What the meter shows, and on which day (today without one)."""

    litres = serializers.IntegerField(min_value=0, max_value=REGISTER_LITRES - 1, help_text="the register: 158 m³ is 158000")
    day = serializers.DateField(required=False)


@endpoint(
    "POST",
    Doc(
        operation="take_reading",
        tag="Readings and bills",
        summary="Send a meter reading",
        text="For whoever is bound to the account, and staff who take readings. An implausible one is kept as `doubtful`, with `why`, and "
        "waits for somebody. Until the month is billed a later reading of the household takes the place of an earlier one.",
        body=ReadingInput,
        answers={201: ReadingOutput},
        problems=[404],
        examples=[
            OpenApiExample("A reading", {"litres": 158000, "day": "2026-11-22"}, request_only=True),
            OpenApiExample("Taken", bill_examples.READING, response_only=True, status_codes=["201"]),
        ],
    ),
)
@keyed
@refusing
def take_reading(request: Request, number: str) -> Response:
    given, at = read(ReadingInput, request), business_now()
    account = account_for(request, number, at=at)
    if caller(request).is_staff:
        permissions.check_may_take_readings(caller(request), at=at)
    new = NewReading(account=account, litres=given["litres"], day=given.get("day", business_date(at)), source=Reading.Source.API)
    reading = billing.operations.readings.take_reading(new=new, by=caller(request), at=at)
    return Response(shown(ReadingOutput, reading), status=201)


@endpoint(
    "GET",
    Doc(
        operation="list_readings",
        tag="Readings and bills",
        summary="Readings of an account's meters, the newest first",
        query=PageQuery,
        answers={200: ReadingPageOutput},
        problems=[404],
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [bill_examples.READING]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_readings(request: Request, number: str) -> Response:
    read_query(PageQuery, request)
    account = account_for(request, number, at=business_now())
    return page(request, billing.queries.readings.all_readings(account), ReadingOutput, ("-day", "-pk"))
