"""Kiosks write cards and sell: begin, acknowledge (also hours later), take cash. Signed with the machine's key."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.card_writes
import billing.operations.kiosk_sales
import billing.operations.kiosk_writes
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read
from accounts.api.outputs import shown
from accounts.clock import business_now
from accounts.models import GasCard
from casework.api.idempotency import keyed, keyed_by_its_act, unique_key

from .. import kiosk_slips
from ..devices.cards import CardImage
from ..models import CardWrite, TopUp
from ..operations.kiosk_sales import CashOrder, KioskSale
from ..states import TopUpStatus
from ..volumes import MAX_LITRES, MAX_MINOR
from . import kiosk_examples as examples
from .card_reads import ResultInput, WriteInput, outcome_of
from .fields import ImageField, own_content_of
from .kiosk import by_a_kiosk, kiosk_of, machine, no_such_thing
from .kiosk_outputs import KioskEndOutput, KioskOrderOutput, KioskSaleOutput, SlipOutput
from .outputs import LineOutput, WriteOutput
from .refusals import refusing


class CashSaleInput(Input):
    """The card in the reader, what was quoted for it, and the cash in the machine."""

    image = ImageField()
    litres = serializers.IntegerField(min_value=1, max_value=MAX_LITRES)
    fingerprint = serializers.CharField(max_length=64, help_text="of the quote the customer agreed to")
    inserted = serializers.IntegerField(min_value=0, max_value=MAX_MINOR, help_text="cash put in; what is above the price goes back")


@endpoint(
    "POST",
    Doc(
        operation="kiosk_begin_write",
        tag="Kiosks",
        summary="Begin to write a paid purchase to the card in the reader",
        text="The first time, or again after a failure with a new key. Write the image in the answer, read the card back, acknowledge.",
        body=WriteInput,
        answers={201: WriteOutput},
        problems=[404],
        examples=[
            OpenApiExample("The card", {"image": examples.IMAGE}, request_only=True),
            OpenApiExample("Write this", examples.WRITE, response_only=True, status_codes=["201"]),
        ],
    ),
)
@by_a_kiosk
@keyed_by_its_act
@refusing
def begin_write(request: Request, reference: str) -> Response:
    seen, at = own_content_of(read(WriteInput, request)["image"]), business_now()
    top_up = _order_for(reference, seen)
    write = billing.operations.card_writes.begin_write(top_up=top_up, seen=seen, by=machine(request), at=at)
    return Response(WriteOutput(write).data, status=201)


@endpoint(
    "POST",
    Doc(
        operation="kiosk_acknowledge",
        tag="Kiosks",
        summary="Say what became of a write",
        text="`image` as read back, or the `fault`. Keep it in the machine until it is answered, and send it again with its key when the "
        "line is back: hours later it still counts, and twice is once. Where the card was not written the slip says why, "
        "and the hall has a case.",
        body=ResultInput,
        answers={200: KioskEndOutput},
        problems=[404],
        examples=[
            OpenApiExample("Read back", {"image": examples.IMAGE}, request_only=True),
            OpenApiExample("A fault", {"fault": "pulled"}, request_only=True),
            OpenApiExample("Not written", examples.ENDED, response_only=True, status_codes=["200"]),
        ],
    ),
)
@by_a_kiosk
@keyed
@refusing
def acknowledge(request: Request, write: int) -> Response:
    given, at, kiosk = read(ResultInput, request), business_now(), kiosk_of(request)
    read_back, fault = outcome_of(given)
    found = _write_for(request, write)
    ended = billing.operations.kiosk_writes.finish_at_kiosk(
        kiosk=kiosk, write=found, read_back=read_back, error=fault, by=machine(request), at=at
    )
    reason = None if ended.top_up.status == TopUpStatus.WRITTEN else kiosk_slips.reason_of(fault)
    slip = kiosk_slips.of_write(ended.top_up, reason=reason, case=ended.case, hall=kiosk.hall)
    told = {
        "order": shown(KioskOrderOutput, ended.top_up),
        "reason": reason.value if reason else None,
        "case": ended.case.reference if ended.case else None,
        "slip": shown(SlipOutput, slip),
    }
    return Response(told)


@endpoint(
    "POST",
    Doc(
        operation="kiosk_sell",
        tag="Kiosks",
        summary="Sell gas for cash in the machine",
        text="Only where `sells` is true. The write begins with the sale. A refusal means that nothing was sold: give the money back.",
        body=CashSaleInput,
        answers={201: KioskSaleOutput},
        examples=[
            OpenApiExample("Cash", examples.SALE, request_only=True),
            OpenApiExample("Sold", examples.SOLD, response_only=True, status_codes=["201"]),
        ],
    ),
)
@by_a_kiosk
@keyed_by_its_act
@refusing
def sell(request: Request) -> Response:
    given = read(CashSaleInput, request)
    order = CashOrder(
        seen=own_content_of(given["image"]),
        litres=given["litres"],
        fingerprint=given["fingerprint"],
        inserted=given["inserted"],
        key=unique_key(request),
    )
    sale = billing.operations.kiosk_sales.sell_for_cash(kiosk=kiosk_of(request), order=order, by=machine(request), at=business_now())
    return Response(_sold(sale), status=201)


def _sold(sale: KioskSale) -> dict[str, Any]:
    if sale.top_up.receipts_at_hand is None:
        sale.top_up.receipts_at_hand = list(sale.top_up.receipts.select_related("hall"))
    return {
        "order": shown(KioskOrderOutput, sale.top_up),
        "lines": LineOutput(sale.top_up.lines, many=True).data,
        "change": sale.change,
        "receipts": [receipt.full_number for receipt in sale.top_up.receipts_at_hand],
        "write": shown(WriteOutput, sale.write) if sale.write else None,
        "slip": shown(SlipOutput, kiosk_slips.of_sale(sale.top_up, change=sale.change)),
    }


def _order_for(reference: str, seen: CardImage) -> TopUp:
    """A purchase of the account whose card lies in the reader, and of no other."""
    rows = TopUp.objects.select_related("account", "meter", "card", "tariff_version")
    own = GasCard.objects.filter(number=seen.card_number, status=GasCard.Status.ACTIVE).values("account")
    top_up = rows.filter(reference=reference, account__in=own).first()
    if top_up is None:
        raise no_such_thing()
    return top_up


def _write_for(request: Request, pk: int) -> CardWrite:
    """A write that this machine began: nobody else can know how it ended."""
    rows = CardWrite.objects.select_related("card", "top_up__account__customer", "top_up__meter", "top_up__card", "top_up__timeline")
    write = rows.filter(pk=pk, top_up__isnull=False, by=machine(request).actor_label).exclude(operation="cancel").first()
    if write is None:
        raise no_such_thing()
    return write
