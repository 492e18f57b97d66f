"""The connected meter of an account: how it stands, what it used, its valve, and how long its credit lasts."""

from datetime import timedelta
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.permissions
import billing.queries.connected_meters
import billing.queries.credit_forecasts
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read, read_query
from accounts.clock import business_date, business_now
from accounts.models import Account
from accounts.roles import Verb
from casework.api.idempotency import keyed_by_its_act

from ..diagnoses import MeterDiagnosis
from ..models import CreditForecast, MeterCommand, MeterDay
from ..operations import valve_orders
from ..queries.connected_meters import Standing
from . import meter_examples
from .lookups import account_for
from .refusals import refusing


class DaysQuery(Input):
    """Which days."""

    since = serializers.DateField(required=False, help_text="this day included; without it, the last 62 days")


class ValveInput(Input):
    """An order for the valve."""

    act = serializers.ChoiceField([("open", "let it be opened by its key"), ("close", "close it")])
    reason = serializers.CharField(max_length=200)


class MeterCommandOutput(serializers.ModelSerializer[MeterCommand]):
    """Something the meter is to do, or has done."""

    top_up = serializers.CharField(source="top_up.reference", allow_null=True, default=None)

    class Meta:
        model = MeterCommand
        fields = ["number", "kind", "litres", "because", "status", "top_up", "queued_at", "sent_at", "expires_at", "ended_at"]


class CreditForecastOutput(serializers.ModelSerializer[CreditForecast]):
    """Until about when the credit lasts; `latest` is null where it lies far ahead."""

    class Meta:
        model = CreditForecast
        fields = ["source", "made_on", "ends_on", "earliest", "latest"]


class ConnectedMeterOutput(serializers.Serializer[Any]):
    """A connected meter as it last reported. `diagnosis` and `sentence` are what hall, hotline and cabinet say too."""

    serial = serializers.CharField(source="meter.serial")
    diagnosis = serializers.ChoiceField(MeterDiagnosis.choices, source="code")
    sentence = serializers.CharField(help_text="in the language of Accept-Language")
    balance_litres = serializers.IntegerField(source="state.balance_litres", help_text="below zero: lent")
    emergency_left_litres = serializers.IntegerField(source="emergency_left", help_text="what the meter would still lend")
    on_their_way_litres = serializers.IntegerField(source="litres_on_their_way")
    reading_litres = serializers.IntegerField(source="state.reading_litres")
    valve = serializers.CharField(source="state.valve")
    because = serializers.CharField(source="state.valve_because")
    valve_since = serializers.DateTimeField(source="state.valve_since", allow_null=True)
    battery_percent = serializers.IntegerField(source="state.battery_percent", allow_null=True)
    heard_at = serializers.DateTimeField(source="state.heard_at", allow_null=True)
    commands = MeterCommandOutput(many=True)


class ConnectedMeterWithForecastOutput(ConnectedMeterOutput):
    """With how long its credit lasts."""

    forecast = CreditForecastOutput(allow_null=True)


class DayOutput(serializers.ModelSerializer[MeterDay]):
    """One day."""

    class Meta:
        model = MeterDay
        fields = ["day", "used_litres", "reading_litres"]


class DaysOutput(serializers.Serializer[Any]):
    """Day by day, the oldest first."""

    results = DayOutput(many=True)


@endpoint(
    "GET",
    Doc(
        operation="get_connected_meter",
        tag="Connected meters",
        summary="How an account's connected meter stands",
        text="404 where the account's meter is not a connected one.",
        answers={200: ConnectedMeterWithForecastOutput},
        problems=[404],
        examples=[OpenApiExample("A meter", meter_examples.STANDING, response_only=True, status_codes=["200"])],
    ),
)
def get_connected_meter(request: Request, number: str) -> Response:
    at = business_now()
    account = account_for(request, number, at=at)
    found = ConnectedMeterOutput(_standing(account)).data
    forecast = billing.queries.credit_forecasts.forecast_of(account, at=at)
    return Response({**found, "forecast": CreditForecastOutput(forecast).data if forecast else None})


@endpoint(
    "GET",
    Doc(
        operation="list_meter_days",
        tag="Connected meters",
        summary="What a connected meter used, day by day",
        text="For the household and for staff: days tell when somebody was at home.",
        query=DaysQuery,
        answers={200: DaysOutput},
        problems=[404],
        examples=[OpenApiExample("Two days", meter_examples.DAYS, response_only=True, status_codes=["200"])],
    ),
)
def list_meter_days(request: Request, number: str) -> Response:
    wanted, at = read_query(DaysQuery, request), business_now()
    account = account_for(request, number, at=at)
    if not accounts.permissions.may(accounts.permissions.check_may_see_household, caller(request), account, at=at):
        raise Http404
    since = wanted.get("since") or business_date(at) - timedelta(days=62)
    days = billing.queries.connected_meters.days_of_use(_standing(account).meter, since=since)
    return Response({"results": DayOutput(days, many=True).data})


@endpoint(
    "POST",
    Doc(
        operation="order_valve",
        tag="Connected meters",
        summary="Close a meter's valve, or let it be opened",
        text="Nobody opens a valve from afar: it is let be opened, and somebody at the meter presses its key.",
        body=ValveInput,
        answers={201: MeterCommandOutput},
        problems=[404],
        examples=[
            OpenApiExample("Let it be opened", {"act": "open", "reason": "paid at the hall"}, request_only=True),
            OpenApiExample("Queued", meter_examples.ORDER, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.MANAGE_DEVICES)
@keyed_by_its_act
@refusing
def order_valve(request: Request, number: str) -> Response:
    given, at = read(ValveInput, request), business_now()
    meter = _standing(account_for(request, number, at=at)).meter
    order = valve_orders.open_valve if given["act"] == "open" else valve_orders.close_valve
    command = order(meter=meter, reason=given["reason"], by=caller(request), at=at)
    return Response(MeterCommandOutput(command).data, status=201)


def _standing(account: Account) -> Standing:
    found = billing.queries.connected_meters.standing(account, at=business_now())
    if found is None:
        raise Http404
    return found
