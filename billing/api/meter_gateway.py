"""What the gateway of the connected meters calls: a meter has connected; a meter has carried a command out."""

from datetime import UTC
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import authentication_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.connected_meters
import billing.operations.meter_commands
import billing.queries.connected_meters
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.models import Meter

from ..meter_refusals import MeterUnknown
from ..models import ConnectedMeter, MeterCommand
from ..operations.connected_meters import Day, Report
from ..valves import Because, State, Valve
from . import meter_examples
from .device_authentication import Devices, MetersAuthentication, server_time
from .refusals import refusing

#: More than any connected meter holds, or burns in a day.
MOST_LITRES = 100_000_000


class DayInput(serializers.Serializer[Any]):
    """One day of the meter's own calendar."""

    day = serializers.DateField()
    used_litres = serializers.IntegerField(min_value=0, max_value=MOST_LITRES)
    reading_litres = serializers.IntegerField(min_value=0, max_value=10**12)


class ConnectionInput(Input):
    """A meter that has connected, and how it stands."""

    meter = serializers.CharField(max_length=32, help_text="its serial number")
    number = serializers.IntegerField(min_value=1, max_value=10**12, help_text="of this report; each meter counts its own, upwards")
    balance_litres = serializers.IntegerField(
        min_value=-MOST_LITRES, max_value=MOST_LITRES, help_text="below zero: emergency credit in use"
    )
    reading_litres = serializers.IntegerField(min_value=0, max_value=10**12)
    valve = serializers.ChoiceField(ConnectedMeter.Valve.choices)
    because = serializers.ChoiceField(ConnectedMeter.Because.choices, required=False, help_text="why the valve is closed")
    emergency = serializers.BooleanField(required=False, default=False, help_text="somebody pressed the key for emergency credit")
    tampered = serializers.BooleanField(required=False, default=False)
    battery_percent = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=100)
    days = DayInput(many=True, required=False, help_text="days since the last visit, today's so far included")
    done = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**31 - 1),
        required=False,
        max_length=64,
        help_text="numbers of commands it has carried out lately; named again and again they count once",
    )


class DoneInput(Input):
    """A command that a meter has carried out."""

    meter = serializers.CharField(max_length=32, help_text="its serial number")
    number = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="of the command")


class CommandOutput(serializers.ModelSerializer[MeterCommand]):
    """Carry it out once: a meter that has done this number before confirms it again and does nothing."""

    class Meta:
        model = MeterCommand
        fields = ["number", "kind", "litres", "because", "expires_at"]


class RulesOutput(serializers.Serializer[Any]):
    """What the meter goes by on its own, also where there is no reception."""

    low_litres = serializers.IntegerField()
    emergency_litres = serializers.IntegerField()
    idle_days = serializers.IntegerField(help_text="0: the valve does not close for want of use")
    battery_percent = serializers.IntegerField()


class ConnectionOutput(serializers.Serializer[Any]):
    """What waits for the meter. `server_time` is ours in milliseconds since 1970; set the meter's clock by it."""

    server_time = serializers.IntegerField()
    business_time = serializers.DateTimeField(help_text="the moment by which days are counted")
    rules = RulesOutput()
    commands = CommandOutput(many=True)
    refused_days = serializers.ListField(child=serializers.DateField(), help_text="they have not come yet, or are too long ago")


class DoneOutput(serializers.ModelSerializer[MeterCommand]):
    """The command as it stands."""

    meter = serializers.CharField(source="meter.serial")

    class Meta:
        model = MeterCommand
        fields = ["meter", "number", "kind", "status", "ended_at"]


@endpoint(
    "POST",
    Doc(
        operation="meter_connects",
        tag="Connected meters",
        summary="A meter has connected: how it stands; what waits for it",
        text="Keeps state and days, confirms what is `done`, and answers with every command the meter has not confirmed. Repeating it "
        "because an answer was lost changes nothing and gets the same commands, so it takes no key.",
        body=ConnectionInput,
        answers={200: ConnectionOutput},
        problems=[404],
        examples=[
            OpenApiExample("A visit", meter_examples.CONNECTION, request_only=True),
            OpenApiExample("A recharge waits", meter_examples.ANSWER, response_only=True, status_codes=["200"]),
        ],
    ),
)
@authentication_classes([MetersAuthentication])
@throttle_classes([Devices])
def meter_connects(request: Request) -> Response:
    given, at = read(ConnectionInput, request), business_now()
    meter = _meter(given["meter"])
    answer = billing.operations.connected_meters.connect(meter=meter, report=_report(given), by=caller(request), at=at)
    return Response(ConnectionOutput({**answer._asdict(), "server_time": server_time(), "business_time": at.astimezone(UTC)}).data)


@endpoint(
    "POST",
    Doc(
        operation="meter_has_done",
        tag="Connected meters",
        summary="A meter has carried a command out",
        text="Paid gas counts as delivered from here on. Sending it again changes nothing, so it takes no key.",
        body=DoneInput,
        answers={200: DoneOutput},
        problems=[404],
        examples=[
            OpenApiExample("Number 7", meter_examples.DONE, request_only=True),
            OpenApiExample("Confirmed", meter_examples.CONFIRMED, response_only=True, status_codes=["200"]),
        ],
    ),
)
@authentication_classes([MetersAuthentication])
@throttle_classes([Devices])
@refusing
def meter_has_done(request: Request) -> Response:
    given, at = read(DoneInput, request), business_now()
    meter = _meter(given["meter"])
    command = billing.operations.meter_commands.confirm(meter=meter, number=given["number"], by=caller(request), at=at)
    command.meter = meter
    return Response(DoneOutput(command).data)


def _meter(serial: str) -> Meter:
    try:
        return billing.queries.connected_meters.meter_by_serial(serial)
    except MeterUnknown as unknown:
        raise Http404 from unknown


def _report(given: dict[str, Any]) -> Report:
    state = State(
        valve=Valve(given["valve"]),
        because=Because(given["because"]) if given.get("because") else None,
        balance_litres=given["balance_litres"],
        on_emergency=given["emergency"],
        battery_percent=given.get("battery_percent"),
        is_tampered=given["tampered"],
    )
    return Report(
        number=given["number"],
        state=state,
        reading_litres=given["reading_litres"],
        days=[Day(**day) for day in given.get("days", [])],
        done=given.get("done", []),
    )
