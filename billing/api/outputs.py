"""What the API shows of money and cards. Amounts are whole minor units, gas is litres, prices are 1/10 000 per m³."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.outputs import AccountDetailOutput, AccountOutput, CardOutput

from .. import models
from ..devices.cards import encode
from ..diagnoses import Diagnosis, PaymentState
from ..queries.checkouts import standing
from ..states import CheckoutStatus


@extend_schema_field(serializers.CharField(help_text="ISO 4217"))
class Currency(serializers.Field[Any, Any, str, Any]):
    """The currency of every amount beside it."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> str:
        return str(settings.CURRENCY)


class LineOutput(serializers.Serializer[Any]):
    """One priced part; tier 0 is free volume."""

    tier = serializers.IntegerField()
    litres = serializers.IntegerField()
    unit_price = serializers.IntegerField()
    amount = serializers.IntegerField()


class TierOutput(serializers.Serializer[Any]):
    """Volume of the year up to `upper_litres` (null: all above) at `unit_price`."""

    number = serializers.IntegerField()
    upper_litres = serializers.IntegerField(allow_null=True)
    unit_price = serializers.IntegerField()


class TariffOutput(serializers.Serializer[Any]):
    """The prices of one class in force."""

    price_class = serializers.CharField(source="tariff.price_class")
    name = serializers.CharField(source="tariff.name")
    version = serializers.IntegerField(source="number")
    effective_from = serializers.DateField()
    decision = serializers.CharField()
    base_persons = serializers.IntegerField()
    currency = Currency()
    tiers = TierOutput(many=True)


class TariffsOutput(serializers.Serializer[Any]):
    """All prices in force."""

    results = TariffOutput(many=True)


class PositionOutput(serializers.Serializer[Any]):
    """Where an account stands in its tier year. `tiers` are already widened for a larger household."""

    tier_year = serializers.IntegerField()
    year_began = serializers.DateField()
    position_litres = serializers.IntegerField(help_text="what the tiers have counted this year")
    free_left_litres = serializers.IntegerField(source="free_left")
    tariff_version = serializers.IntegerField(source="version.number")
    currency = Currency()
    tiers = TierOutput(many=True)


class AccountWithPositionOutput(AccountDetailOutput):
    """An account with meter, card and tariff position."""

    position = PositionOutput(allow_null=True, help_text="null where no price is in force")

    class Meta(AccountDetailOutput.Meta):
        fields = [*AccountDetailOutput.Meta.fields, "position"]


class QuoteOutput(serializers.Serializer[Any]):
    """A price. It holds while the `fingerprint` stays the same; send that with the sale."""

    account = serializers.CharField(source="account.number")
    litres = serializers.IntegerField()
    free_litres = serializers.IntegerField()
    amount = serializers.IntegerField()
    currency = Currency()
    lines = LineOutput(many=True)
    tariff_version = serializers.IntegerField(source="tariff_version.number")
    effective_from = serializers.DateField(source="tariff_version.effective_from")
    decision = serializers.CharField(source="tariff_version.decision")
    tier_year = serializers.IntegerField()
    position_litres = serializers.IntegerField()
    most_litres = serializers.IntegerField(source="explanation.most_litres", allow_null=True, help_text="the most that limits allow now")
    tiers = TierOutput(many=True)
    fingerprint = serializers.CharField()


class PaymentOutput(serializers.ModelSerializer[models.Payment]):
    """How it was paid; `change` is what went back."""

    change = serializers.IntegerField()

    class Meta:
        model = models.Payment
        fields = ["method", "amount", "tendered", "change", "slip", "at"]


class TopUpOutput(serializers.ModelSerializer[models.TopUp]):
    """A purchase or a credit, from payment to the card."""

    account = serializers.CharField(source="account.number")
    card = serializers.CharField(source="card.number", allow_null=True)
    currency = Currency()
    lines = LineOutput(many=True)
    tariff_version = serializers.IntegerField(source="tariff_version.number", allow_null=True)
    payment = PaymentOutput(allow_null=True)
    receipts = serializers.SerializerMethodField(help_text="numbers, for GET /receipts/{number}/")

    class Meta:
        model = models.TopUp
        fields = [
            *("reference", "account", "card", "kind", "channel", "status", "litres", "free_litres", "amount", "currency", "lines"),
            *("tariff_version", "tier_year", "bought_on", "reason", "counter", "paid_at", "written_at", "payment", "receipts"),
        ]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_receipts(self, top_up: models.TopUp) -> list[str]:
        issued = top_up.receipts.all() if top_up.receipts_at_hand is None else top_up.receipts_at_hand
        return [receipt.full_number for receipt in issued]


class TopUpPageOutput(serializers.Serializer[Any]):
    """One page, the newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = TopUpOutput(many=True)


class WriteOutput(serializers.ModelSerializer[models.CardWrite]):
    """A write that has begun: put `image` on the card, read it back, and send the result."""

    reference = serializers.CharField(source="top_up.reference")
    image = serializers.SerializerMethodField(help_text="what to write, as hex")

    class Meta:
        model = models.CardWrite
        fields = ["id", "reference", "image", "started_at"]

    def get_image(self, write: models.CardWrite) -> str:
        return encode(write.wanted_image)


class SoldOutput(TopUpOutput):
    """A sale; with the write that began with it, when the card's image came along."""

    write = WriteOutput(allow_null=True)

    class Meta(TopUpOutput.Meta):
        fields = [*TopUpOutput.Meta.fields, "write"]


class CardContentOutput(serializers.Serializer[Any]):
    """What is written on a card, for people. `litres` (or `money`) was bought and not yet loaded by the meter."""

    card_number = serializers.CharField()
    counter = serializers.IntegerField()
    litres = serializers.IntegerField()
    money = serializers.IntegerField()
    last_litres = serializers.IntegerField()
    cumulative_litres = serializers.IntegerField()
    sold_on = serializers.DateField(allow_null=True)


class CardReadOutput(serializers.Serializer[Any]):
    """What one read of a card told us."""

    diagnosis = serializers.ChoiceField(Diagnosis.choices, source="code")
    sentence = serializers.CharField(help_text="the diagnosis in words, in the language of Accept-Language")
    content = CardContentOutput(source="image", allow_null=True)
    card = CardOutput(allow_null=True)
    account = AccountOutput(allow_null=True)
    settled = TopUpOutput(many=True, help_text="orders that this read made clear")
    unwritten = TopUpOutput(many=True, help_text="paid, and still to be written")


class ReceiptOutput(serializers.ModelSerializer[models.Receipt]):
    """A receipt. `facts` is all that stands on the paper; `code` is for the public check at /verify/."""

    number = serializers.CharField(source="full_number")
    reference = serializers.CharField(source="top_up.reference")
    hall = serializers.CharField(source="hall.code")
    corrects = serializers.CharField(source="corrects.full_number", allow_null=True)
    facts = serializers.DictField()

    class Meta:
        model = models.Receipt
        fields = ["number", "kind", "hall", "reference", "amount", "corrects", "code", "issued_at", "facts"]


class ShiftOutput(serializers.ModelSerializer[models.Shift]):
    """A clerk's shift at a counter."""

    hall = serializers.CharField(source="counter.hall.code")
    counter = serializers.IntegerField(source="counter.number")
    clerk = serializers.CharField(source="clerk.number")
    currency = Currency()

    class Meta:
        model = models.Shift
        fields = [
            *("hall", "counter", "clerk", "status", "opened_at", "float_amount", "currency"),
            *("counted_amount", "expected_amount", "difference_reason", "counted_at"),
        ]


class CheckoutOutput(serializers.Serializer[Any]):
    """An online payment. `standing` is the code that halls, kiosks and the hotline give as well; `shown` is what to pay with."""

    reference = serializers.CharField()
    account = serializers.CharField(source="account.number")
    status = serializers.ChoiceField(CheckoutStatus.choices)
    standing = serializers.SerializerMethodField()
    provider = serializers.ChoiceField(models.Provider.choices)
    product = serializers.ChoiceField(models.Checkout.Product.choices)
    litres = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField()
    currency = Currency()
    lines = LineOutput(many=True)
    shown = serializers.DictField(help_text="`code` to scan, `url` to open, `app` parameters, or `to` whom to transfer")
    opened_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    top_up = serializers.CharField(source="top_up.reference", default=None, allow_null=True)

    @extend_schema_field(serializers.ChoiceField(PaymentState.choices))
    def get_standing(self, row: models.Checkout) -> str:
        return standing(row).code


class CheckoutPageOutput(serializers.Serializer[Any]):
    """A page of online payments."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = CheckoutOutput(many=True)
