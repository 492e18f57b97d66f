"""A reader bridge shows us a card, writes it, and says what came of it."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.card_writes
import billing.operations.counter_visits
import billing.queries.shifts
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, caller, read
from accounts.api.outputs import shown
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed_by_its_act

from ..devices.cards import CardFault, CardImage
from ..diagnoses import Diagnosis
from ..operations.card_reads import CardReading
from . import examples
from .fields import ImageField, content_of, own_content_of
from .lookups import top_up_for, write_for
from .outputs import CardReadOutput, TopUpOutput, WriteOutput
from .refusals import refusing

_FAULTS = ("no_card", "foreign", "damaged", "empty", "tool", "wrong_password", "pulled", "power_lost", "fault")


class CardReadInput(Input):
    """What the reader saw."""

    image = ImageField()


class WriteInput(Input):
    """The card as just read."""

    image = ImageField()


class ResultInput(Input):
    """What was read back after the write, or why nothing could be."""

    image = ImageField(required=False)
    fault = serializers.ChoiceField(_FAULTS, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("image" in attrs) == ("fault" in attrs):
            raise serializers.ValidationError(_("Send either image or fault."))
        return attrs


@endpoint(
    "POST",
    Doc(
        operation="read_card",
        tag="Cards",
        summary="Show a card: whose it is, what it settles, what to do next",
        text="Whatever is wrong with the card is its diagnosis, not an error. Writes that nobody saw the end of are settled by it. "
        "Showing a card twice changes nothing, so it takes no key. At a clerk's open shift its customer is at the counter from now on, "
        "and the promise to be done on the spot runs until the write is finished.",
        body=CardReadInput,
        answers={200: CardReadOutput},
        examples=[
            OpenApiExample("A card", {"image": examples.IMAGE}, request_only=True),
            OpenApiExample("In order", examples.READING, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.SELL_GAS)
def read_card(request: Request) -> Response:
    content = read(CardReadInput, request)["image"]
    try:
        seen = content_of(content)
    except CardFault as fault:
        return Response(CardReadOutput(CardReading(diagnosis=Diagnosis(fault.code))).data)
    shift = billing.queries.shifts.current_shifts_of(caller(request)).first()
    reading = billing.operations.counter_visits.read_at_counter(seen=seen, shift=shift, by=caller(request), at=business_now())
    return Response(CardReadOutput(reading).data)


@endpoint(
    "POST",
    Doc(
        operation="begin_write",
        tag="Cards",
        summary="Begin to write a paid order to the card",
        text="The first time, or again after a failure. Write the image in the answer, read the card back, then send the result.",
        body=WriteInput,
        answers={201: WriteOutput},
        problems=[404],
        examples=[
            OpenApiExample("The card", {"image": examples.IMAGE}, request_only=True),
            OpenApiExample("Write this", examples.WRITE, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.SELL_GAS)
@keyed_by_its_act
@refusing
def begin_write(request: Request, reference: str) -> Response:
    seen, at = own_content_of(read(WriteInput, request)["image"]), business_now()
    top_up = top_up_for(request, reference, at=at)
    write = billing.operations.card_writes.begin_write(top_up=top_up, seen=seen, by=caller(request), at=at)
    return Response(WriteOutput(write).data, status=201)


@endpoint(
    "POST",
    Doc(
        operation="finish_write",
        tag="Cards",
        summary="Say what became of a write",
        text="`image` as read back, or the `fault`. The top-up is then written, failed (write it again) or unknown (read the card again). "
        "Sending it twice changes nothing, so it takes no key.",
        body=ResultInput,
        answers={200: TopUpOutput},
        problems=[404],
        examples=[
            OpenApiExample("Read back", {"image": examples.IMAGE}, request_only=True),
            OpenApiExample("A fault", {"fault": "pulled"}, request_only=True),
            OpenApiExample("Written", examples.WRITTEN, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.SELL_GAS)
@refusing
def finish_write(request: Request, write: int) -> Response:
    given, at = read(ResultInput, request), business_now()
    read_back, fault = outcome_of(given)
    found = write_for(request, write)
    finish = billing.operations.counter_visits.finish_write_at_counter
    top_up = finish(write=found, read_back=read_back, error=fault, by=caller(request), at=at)
    return Response(shown(TopUpOutput, top_up))


def outcome_of(given: dict[str, Any]) -> tuple[CardImage | None, str]:
    """What was read back, or why nothing could be: a code of the one diagnosis."""
    if "fault" in given:
        return None, given["fault"]
    try:
        return own_content_of(given["image"]), ""
    except CardFault as fault:
        return None, fault.code
