"""What the API shows of readings and bills. Volumes are litres, amounts whole minor units, prices 1/10 000 per m³."""

from typing import Any

from rest_framework import serializers

from .. import models
from ..bill_refusals import doubt_sentence
from .outputs import Currency


class ReadingOutput(serializers.ModelSerializer[models.Reading]):
    """What a meter showed on a day. A doubtful one is not billed before somebody has looked; `why` says what is doubted."""

    meter = serializers.CharField(source="meter.serial")
    is_replaced = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField(help_text="the doubt in words, in the language of Accept-Language")

    class Meta:
        model = models.Reading
        fields = ["id", "meter", "day", "litres", "source", "standing", "doubt", "why", "is_replaced", "taken_at"]

    def get_is_replaced(self, reading: models.Reading) -> bool:
        return reading.superseded_by_id is not None

    def get_why(self, reading: models.Reading) -> str:
        return doubt_sentence(reading.doubt) if reading.doubt else ""


class ReadingPageOutput(serializers.Serializer[Any]):
    """One page, the newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReadingOutput(many=True)


class BillLineOutput(serializers.Serializer[Any]):
    """One priced part; tier 0 is free volume. `corrects` names the bill whose estimate it takes back: volume and amount are below zero."""

    tier = serializers.IntegerField()
    litres = serializers.IntegerField()
    unit_price = serializers.IntegerField()
    amount = serializers.IntegerField()
    version = serializers.IntegerField(help_text="number of the price list")
    year = serializers.IntegerField(help_text="tier year")
    first = serializers.DateField()
    last = serializers.DateField(help_text="this day included")
    corrects = serializers.CharField(allow_blank=True)


class BillOutput(serializers.ModelSerializer[models.Bill]):
    """The bill of a month. `to_pay` is `amount` less what came out of the account's credit (`credited`, below zero: went into it)."""

    account = serializers.CharField(source="account.number")
    meter = serializers.CharField(source="meter.serial", allow_null=True)
    reading_litres = serializers.IntegerField(source="reading.litres", allow_null=True)
    to_pay = serializers.IntegerField()
    currency = Currency()
    lines = BillLineOutput(many=True)

    class Meta:
        model = models.Bill
        fields = [
            *("number", "account", "meter", "month", "first_day", "last_day", "basis", "previous_litres", "reading_litres", "litres"),
            *("amount", "credited", "to_pay", "currency", "lines", "status", "issued_at", "due_on", "paid_at"),
        ]


class BillPageOutput(serializers.Serializer[Any]):
    """One page, the newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = BillOutput(many=True)


class BillPaymentOutput(serializers.ModelSerializer[models.BillPayment]):
    """A bill paid at a till; `number` stands on the paper."""

    number = serializers.CharField(source="full_number")
    bill = serializers.CharField(source="bill.number")
    change = serializers.IntegerField()
    currency = Currency()

    class Meta:
        model = models.BillPayment
        fields = ["number", "bill", "method", "amount", "tendered", "change", "slip", "currency", "at"]


class CalculationOutput(serializers.Serializer[Any]):
    """What a volume in a period would cost, by tier and price list."""

    litres = serializers.IntegerField(source="wish.litres")
    amount = serializers.IntegerField()
    currency = Currency()
    lines = BillLineOutput(many=True)
