"""Kiosks: how they are, what lies in their reader, what it would cost to buy more. Signed with the machine's key."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import authentication_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.card_reads
import billing.operations.kiosks
import billing.queries
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.models import GasCard

from .. import device_signatures
from ..device_actors import Device
from ..devices.cards import CardFault
from ..diagnoses import Diagnosis
from ..models import Kiosk
from ..operations.card_reads import CardReading
from ..operations.kiosks import Health
from ..queries import kiosks as queries
from ..refusals import WrongCard
from ..volumes import MAX_LITRES, MAX_MINOR
from . import kiosk_examples as examples
from .device_authentication import Devices, KioskAuthentication, server_time, skew_ms
from .fields import ImageField, content_of, own_content_of
from .kiosk_outputs import HeartbeatOutput, KioskQuoteOutput, KioskReadOutput
from .refusals import refusing

#: Columns for what a machine says of its clock and software.
_MOST_SKEW = 2_000_000


def machine(request: Request) -> Device:
    """Who is calling; only behind ``by_a_kiosk``."""
    return cast("Device", request.user)


def kiosk_of(request: Request) -> Kiosk:
    """The machine's own row."""
    kiosk = machine(request).kiosk
    assert kiosk is not None
    return kiosk


def by_a_kiosk(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Only for machines that sign with a kiosk's key, counted by machine."""
    signed: Callable[..., Any] = authentication_classes([KioskAuthentication])(throttle_classes([Devices])(handler))
    return signed


class HeartbeatInput(Input):
    """What the machine finds out about itself."""

    paper = serializers.ChoiceField(Kiosk.Part.choices)
    reader = serializers.ChoiceField(Kiosk.Part.choices)
    cash_box = serializers.ChoiceField(Kiosk.Part.choices)
    door = serializers.ChoiceField(Kiosk.Part.choices)
    software = serializers.CharField(required=False, allow_blank=True, max_length=20)


class KioskReadInput(Input):
    """What the reader saw."""

    image = ImageField()


class KioskQuoteInput(Input):
    """The card in the reader, and either how much gas or for how much money."""

    image = ImageField()
    litres = serializers.IntegerField(required=False, min_value=1, max_value=MAX_LITRES)
    amount = serializers.IntegerField(required=False, min_value=1, max_value=MAX_MINOR, help_text="buys the greatest volume it pays for")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("litres" in attrs) == ("amount" in attrs):
            raise serializers.ValidationError(_("Send either litres or amount."))
        return attrs


@endpoint(
    "POST",
    Doc(
        operation="kiosk_heartbeat",
        tag="Kiosks",
        summary="Say how the machine is",
        text="As often as the answer says, and at once when something changes: customers see it at once. The answer carries our time.",
        body=HeartbeatInput,
        answers={200: HeartbeatOutput},
        examples=[
            OpenApiExample("In order", examples.HEARTBEAT, request_only=True),
            OpenApiExample("Heard", examples.HEARD, response_only=True, status_codes=["200"]),
        ],
    ),
)
@by_a_kiosk
@refusing
def heartbeat(request: Request) -> Response:
    said = read(HeartbeatInput, request)
    signature = device_signatures.read(request.headers["Authorization"])
    skew = skew_ms(signature) if signature else 0
    health = Health(**{"software": "", **said}, skew_ms=max(-_MOST_SKEW, min(_MOST_SKEW, skew)))
    kiosk = billing.operations.kiosks.note_heartbeat(kiosk=kiosk_of(request), health=health, by=machine(request), at=business_now())
    told = {
        "server_time": server_time(),
        "skew_ms": kiosk.skew_ms,
        "state": kiosk.state,
        "sells": kiosk.sells,
        "cash_room": queries.cash_room(kiosk),
        # Thrice before anybody calls it silent.
        "again_in": settings.KIOSK_SILENT_MINUTES * 20,
    }
    return Response(HeartbeatOutput(told).data)


@endpoint(
    "POST",
    Doc(
        operation="kiosk_read_card",
        tag="Kiosks",
        summary="Show a card: what is to be done with it, and what is still to be written",
        text="Whatever is wrong with the card is its diagnosis, not an error. Writes that nobody saw the end of are settled by it, "
        "wherever they began. Showing a card twice changes nothing, so it takes no key.",
        body=KioskReadInput,
        answers={200: KioskReadOutput},
        examples=[
            OpenApiExample("A card", {"image": examples.IMAGE}, request_only=True),
            OpenApiExample("Something to write", examples.READING, response_only=True, status_codes=["200"]),
        ],
    ),
)
@by_a_kiosk
def read_card(request: Request) -> Response:
    content = read(KioskReadInput, request)["image"]
    try:
        seen = content_of(content)
    except CardFault as fault:
        return Response(KioskReadOutput(CardReading(diagnosis=Diagnosis(fault.code))).data)
    reading = billing.operations.card_reads.read_card(seen=seen, by=machine(request), at=business_now())
    return Response(KioskReadOutput(reading).data)


@endpoint(
    "POST",
    Doc(
        operation="kiosk_quote",
        tag="Kiosks",
        summary="What gas would cost for the card in the reader",
        text="Take no more cash than `cash_room`. A quote is not kept: it holds while its `fingerprint` stays the same.",
        body=KioskQuoteInput,
        answers={200: KioskQuoteOutput},
        examples=[
            OpenApiExample("A volume", {"image": examples.IMAGE, "litres": 60_000}, request_only=True),
            OpenApiExample("Its price", examples.QUOTE, response_only=True, status_codes=["200"]),
        ],
    ),
)
@by_a_kiosk
@refusing
def quote(request: Request) -> Response:
    asked = read(KioskQuoteInput, request)
    seen = own_content_of(asked.pop("image"))
    card = GasCard.objects.select_related("account").filter(number=seen.card_number, status=GasCard.Status.ACTIVE).first()
    if card is None:
        raise WrongCard("")
    found = billing.queries.quote(account=card.account, at=business_now(), **asked)
    return Response({**KioskQuoteOutput(_WithRoom(found, queries.cash_room(kiosk_of(request)))).data})


class _WithRoom:
    """A quote, and the room for cash beside it."""

    def __init__(self, found: Any, cash_room: int) -> None:
        self._found, self.cash_room = found, cash_room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found, name)


def no_such_thing() -> Problem:
    """What is not the machine's business looks like what does not exist."""
    return Problem(404, "not_found", _("There is nothing here that you may see."))
