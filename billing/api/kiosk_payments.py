"""At a kiosk that sells, the customer pays by phone: a code on the screen, then the same write as for anything paid elsewhere."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.kiosk_payments
from accounts.api.endpoints import Doc, endpoint
from accounts.api.inputs import Input, read
from accounts.clock import business_now
from casework.api.idempotency import keyed_below, unique_key

from ..models import Checkout, Provider
from ..operations.kiosk_payments import CodeOrder
from ..queries.checkouts import standing
from ..volumes import MAX_LITRES
from . import kiosk_examples as examples
from .fields import ImageField, own_content_of
from .kiosk import by_a_kiosk, kiosk_of, machine, no_such_thing
from .kiosk_outputs import KioskCheckoutOutput
from .refusals import refusing


class KioskCodeInput(Input):
    """The card in the reader, what was quoted for it, and by which provider it is paid."""

    image = ImageField()
    litres = serializers.IntegerField(min_value=1, max_value=MAX_LITRES)
    fingerprint = serializers.CharField(max_length=64, help_text="of the quote the customer agreed to")
    provider = serializers.ChoiceField([Provider.WECHAT.value, Provider.ALIPAY.value])


@endpoint(
    "POST",
    Doc(
        operation="kiosk_open_checkout",
        tag="Kiosks",
        summary="Let the customer pay by phone: a code to be scanned",
        text="Only where `sells` is true, and only where the card in the reader could take the gas. Show `code` as a QR code until "
        "`expires_at`, and ask for the state every other second. The same key again gives the same order.",
        body=KioskCodeInput,
        answers={201: KioskCheckoutOutput},
        examples=[
            OpenApiExample("By WeChat Pay", examples.CODE_ORDER, request_only=True),
            OpenApiExample("To be scanned", examples.CHECKOUT, response_only=True, status_codes=["201"]),
        ],
    ),
)
@by_a_kiosk
@keyed_below
@refusing
def open_checkout(request: Request) -> Response:
    given, at = read(KioskCodeInput, request), business_now()
    order = CodeOrder(seen=own_content_of(given.pop("image")), key=unique_key(request), **given)
    checkout = billing.operations.kiosk_payments.let_pay_by_code(kiosk=kiosk_of(request), order=order, by=machine(request), at=at)
    return _told(checkout, 201)


@endpoint(
    "POST",
    Doc(
        operation="kiosk_checkout_state",
        tag="Kiosks",
        summary="Whether it has been paid",
        text="`not_on_card`: paid; read the card and write what is `unwritten`. The customer may also go: any kiosk or counter writes it.",
        answers={200: KioskCheckoutOutput},
        problems=[404],
        examples=[OpenApiExample("Paid", {**examples.CHECKOUT, "state": "not_on_card"}, response_only=True, status_codes=["200"])],
    ),
)
@by_a_kiosk
def checkout_state(request: Request, reference: str) -> Response:
    return _told(_checkout(request, reference), 200)


@endpoint(
    "POST",
    Doc(
        operation="kiosk_cancel_checkout",
        tag="Kiosks",
        summary="The customer does not want it any more",
        text="422 `paid_meanwhile`: it was paid a moment ago and stands.",
        answers={200: KioskCheckoutOutput},
        problems=[404],
    ),
)
@by_a_kiosk
@refusing
def cancel_checkout(request: Request, reference: str) -> Response:
    found = _checkout(request, reference)
    return _told(billing.operations.kiosk_payments.cancel(checkout=found, by=machine(request), at=business_now()), 200)


def _checkout(request: Request, reference: str) -> Checkout:
    rows = Checkout.objects.select_related("top_up__meter", "account__customer")
    found = rows.filter(reference=reference, kiosk=kiosk_of(request)).first()
    if found is None:
        raise no_such_thing()
    return found


def _told(checkout: Checkout, status: int) -> Response:
    how = standing(checkout)
    told = {
        "reference": checkout.reference,
        "state": how.code,
        "sentence": how.state.label,
        "amount": checkout.amount,
        "code": checkout.shown.get("code", "") or checkout.shown.get("url", ""),
        "expires_at": checkout.expires_at,
        "order": checkout.top_up.reference if checkout.top_up else None,
    }
    return Response(KioskCheckoutOutput(told).data, status=status)
