"""The day of a hall: how it stands, closing it, the second signature, and cash that goes to the bank."""

from collections.abc import Callable
from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
import billing.operations.hall_days
import billing.queries.hall_days
from accounts.api.endpoints import Doc, Handler, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.models import Hall, Staff
from accounts.queries import NotStaff
from accounts.roles import Verb
from casework.api.idempotency import keyed

from ..operations.hall_days import Compared
from ..operations.shifts import OtherHall, ShiftRefused
from ..queries.hall_days import DayNotFound, DaySheet
from ..volumes import MAX_MINOR
from .outputs import Currency

_TAG = "Days of halls"
_DAY = {
    "hall": "LL01",
    "day": "2026-11-20",
    "currency": "CNY",
    "open_shifts": 0,
    "net": 1250000,
    "over_or_short": -500,
    "payments": 214,
    "litres": 4510000,
    "in_safe": 240000,
    "left_overnight": 240000,
    "deposits": [{"slip": "B-1", "amount": 1000000}],
    "closed_at": None,
    "closed_by": None,
    "signed_at": None,
    "signed_by": None,
}
_CLOSED = {"closed_at": "2026-11-20T18:10:00+08:00", "closed_by": "001"}
_SIGNED = {"signed_at": "2026-11-20T18:20:00+08:00", "signed_by": "031"}


class CloseDayInput(Input):
    """What was compared by hand. Reasons are needed where something differs or much cash stays overnight."""

    terminal = serializers.IntegerField(
        required=False, default=None, allow_null=True, max_value=MAX_MINOR, help_text="net total of the card terminals' reports"
    )
    terminal_reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    overnight_reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class DepositInput(Input):
    """Cash that was taken from the safe to the bank, now."""

    amount = serializers.IntegerField(min_value=1, max_value=MAX_MINOR)
    slip = serializers.CharField(max_length=40, help_text="the number on the bank's slip")


class DepositOutput(serializers.Serializer[Any]):
    """What was taken to the bank."""

    slip = serializers.CharField()
    amount = serializers.IntegerField()


class HallDayOutput(serializers.Serializer[DaySheet]):
    """A day: fixed once `closed_at` is set, whole with two signatures. `in_safe` is cash now, `left_overnight` as the day ended."""

    hall = serializers.CharField(source="hall.code")
    day = serializers.DateField()
    currency = Currency()
    open_shifts = serializers.IntegerField()
    net = serializers.IntegerField(source="totals.net")
    over_or_short = serializers.IntegerField(source="totals.difference")
    payments = serializers.IntegerField(source="totals.payments")
    litres = serializers.IntegerField(source="totals.litres")
    in_safe = serializers.IntegerField()
    left_overnight = serializers.IntegerField(source="left")
    deposits = DepositOutput(many=True)
    closed_at = serializers.DateTimeField(source="closed.closed_at", allow_null=True, default=None)
    closed_by = serializers.CharField(source="closed.closed_by.number", allow_null=True, default=None, help_text="a staff number")
    signed_at = serializers.DateTimeField(source="signature.signed_at", allow_null=True, default=None)
    signed_by = serializers.CharField(source="signature.signed_by.number", allow_null=True, default=None, help_text="a staff number")


def _doc(operation: str, summary: str, text: str, shown: dict[str, Any], sent: dict[str, Any] | None = None, **more: Any) -> Doc:
    status = next(iter(more.get("answers", {200: None})))
    examples = [OpenApiExample("The day", shown, response_only=True, status_codes=[str(status)])]
    examples += [OpenApiExample("As compared", sent, request_only=True)] if sent is not None else []
    return Doc(
        operation=operation,
        tag=_TAG,
        summary=summary,
        text=text,
        problems=[404],
        examples=examples,
        **{"answers": {200: HallDayOutput}, **more},
    )


def _refusing(handler: Handler) -> Handler:
    """With the refusals of days; a hall that is not the caller's is none that they know of."""
    return refuses({Hall.DoesNotExist: 404, DayNotFound: 404, OtherHall: 403, NotStaff: 403, ShiftRefused: 422})(handler)


@endpoint("GET", _doc("get_hall_day", "One day of a hall, closed or as it stands", "Of the caller's own hall, or of all.", _DAY))
@needs(Verb.COUNTERSIGN_SHIFT)
@_refusing
def get_hall_day(request: Request, code: str, day: date) -> Response:
    hall = billing.queries.hall_days.halls_to_see(caller(request)).get(code=code)
    return Response(HallDayOutput(billing.queries.hall_days.day_sheet(hall, day)).data)


@endpoint(
    "POST",
    _doc(
        "close_hall_day",
        "Close the day of a hall: its totals are fixed",
        "Every till must be closed. Again, it is the day that it was.",
        {**_DAY, **_CLOSED},
        {"terminal": 310000},
        body=CloseDayInput,
    ),
)
@needs(Verb.CLOSE_HALL_DAY)
@_refusing
def close_hall_day(request: Request, code: str, day: date) -> Response:
    compared = Compared(**read(CloseDayInput, request))

    def close(hall: Hall, staff: Staff) -> None:
        billing.operations.hall_days.close_hall_day(hall=hall, day=day, staff=staff, compared=compared, at=business_now())

    return _act(request, code, day, close)


@endpoint(
    "POST",
    _doc("sign_hall_day", "The second signature under a closed day", "Not for whoever closed it.", {**_DAY, **_CLOSED, **_SIGNED}),
)
@needs(Verb.COUNTERSIGN_SHIFT)
@_refusing
def sign_hall_day(request: Request, code: str, day: date) -> Response:
    def sign(hall: Hall, staff: Staff) -> None:
        closed = billing.queries.hall_days.closed_day(hall, day)
        billing.operations.hall_days.sign_hall_day(closed=closed, staff=staff, at=business_now())

    return _act(request, code, day, sign)


def _act(request: Request, code: str, day: date, act: Callable[[Hall, Staff], None]) -> Response:
    hall = billing.queries.hall_days.halls_to_see(caller(request)).get(code=code)
    act(hall, accounts.queries.current_staff(caller(request)))
    return Response(HallDayOutput(billing.queries.hall_days.day_sheet(hall, day)).data)


@endpoint(
    "POST",
    _doc(
        "deposit_cash",
        "Note cash that was taken from the safe of a hall to the bank",
        "The same slip with the same amount again is the same.",
        {"slip": "B-1", "amount": 1000000},
        {"slip": "B-1", "amount": 1000000},
        body=DepositInput,
        answers={201: DepositOutput},
    ),
)
@needs(Verb.CLOSE_HALL_DAY)
@keyed
@_refusing
def deposit_cash(request: Request, code: str) -> Response:
    hall, staff = billing.queries.hall_days.halls_to_see(caller(request)).get(code=code), accounts.queries.current_staff(caller(request))
    deposit = billing.operations.hall_days.deposit_cash(hall=hall, staff=staff, at=business_now(), **read(DepositInput, request))
    return Response(DepositOutput(deposit).data, status=201)
