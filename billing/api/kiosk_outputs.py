"""What a kiosk is told. Whoever stands there holds a card, and is not asked who they are: names are masked, addresses not shown."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import masking

from ..diagnoses import Diagnosis, PaymentState
from ..models import Kiosk
from .outputs import CardContentOutput, Currency, LineOutput, QuoteOutput, WriteOutput


class HeartbeatOutput(serializers.Serializer[Any]):
    """How we see the machine, and what it may do."""

    server_time = serializers.IntegerField(help_text="our clock, milliseconds since 1970: set yours by it")
    skew_ms = serializers.IntegerField(help_text="by how much yours is ahead")
    state = serializers.ChoiceField(Kiosk.State.choices)
    sells = serializers.BooleanField()
    cash_room = serializers.IntegerField(help_text="so much more cash may be taken, in minor units")
    currency = Currency()
    again_in = serializers.IntegerField(help_text="seconds until the next heartbeat")


class KioskOrderOutput(serializers.Serializer[Any]):
    """A purchase, as far as somebody with the card may see it."""

    reference = serializers.CharField()
    status = serializers.CharField()
    litres = serializers.IntegerField()
    amount = serializers.IntegerField()
    currency = Currency()
    can_be_written = serializers.BooleanField(help_text="whether a write may begin now")
    bought_on = serializers.DateField()


class KioskReadOutput(serializers.Serializer[Any]):
    """What one read of a card told us: the same code and sentence as in a hall, on the hotline and in the cabinet."""

    diagnosis = serializers.ChoiceField(Diagnosis.choices, source="code")
    sentence = serializers.CharField(help_text="the diagnosis in words, in the language of Accept-Language")
    content = CardContentOutput(source="image", allow_null=True)
    account = serializers.SerializerMethodField(help_text="number of the account; null for a card that is not on file")
    holder = serializers.SerializerMethodField(help_text="masked")
    settled = KioskOrderOutput(many=True, help_text="purchases that this read made clear")
    unwritten = KioskOrderOutput(many=True, help_text="paid, and still to be written: the first one first")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_account(self, reading: Any) -> str | None:
        return reading.account.number if reading.account else None

    @extend_schema_field(serializers.CharField())
    def get_holder(self, reading: Any) -> str:
        return masking.mask_name(reading.account.customer.name) if reading.account else ""


class KioskQuoteOutput(QuoteOutput):
    """A price, and how much cash the machine may take for it."""

    account = serializers.CharField(source="account.number")
    cash_room = serializers.IntegerField()


class SlipOutput(serializers.Serializer[Any]):
    """To be printed, in the language of Accept-Language."""

    title = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())


class KioskEndOutput(serializers.Serializer[Any]):
    """What became of a write. `case` is the request that the hall has where it did not succeed."""

    order = KioskOrderOutput()
    reason = serializers.CharField(allow_null=True, help_text="code of the diagnosis where the card was not written")
    case = serializers.CharField(allow_null=True)
    slip = SlipOutput()


class KioskSaleOutput(serializers.Serializer[Any]):
    """Sold: write the image of `write`, give back `change`, print `slip`."""

    order = KioskOrderOutput()
    lines = LineOutput(many=True)
    change = serializers.IntegerField()
    receipts = serializers.ListField(child=serializers.CharField())
    write = WriteOutput(allow_null=True)
    slip = SlipOutput()


class KioskCheckoutOutput(serializers.Serializer[Any]):
    """A payment by phone, and how it stands: the same state and sentence as in the cabinet."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(PaymentState.choices)
    sentence = serializers.CharField()
    amount = serializers.IntegerField()
    currency = Currency()
    code = serializers.CharField(help_text="to be shown as a QR code")
    expires_at = serializers.DateTimeField()
    order = serializers.CharField(allow_null=True, help_text="the purchase, once it is paid")
