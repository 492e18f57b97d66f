"""What the API shows of offers and their money."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ..models import Design, Quote, QuoteLine
from ..queries.offers import Offer
from ..queries.quote_words import line_words, until_of
from ..states import ConnectionStatus


class QuoteLineOutput(serializers.Serializer[QuoteLine]):
    """One line of a contract. `hundredths` is how many, in hundredths; amounts in minor units."""

    id = serializers.IntegerField(source="pk")
    words = serializers.SerializerMethodField(help_text="in the language of Accept-Language, where it is a fee of the plan")
    hundredths = serializers.IntegerField()
    price = serializers.IntegerField(help_text="of one")
    amount = serializers.IntegerField()
    refundable_until = serializers.SerializerMethodField(help_text="the last status in which it goes back")

    @extend_schema_field(serializers.ChoiceField(ConnectionStatus.choices))
    def get_refundable_until(self, line: QuoteLine) -> str:
        return until_of(line)

    @extend_schema_field(serializers.CharField())
    def get_words(self, line: QuoteLine) -> str:
        return line_words(line)


class ContractOutput(serializers.Serializer[Any]):
    """The contract that stands."""

    number = serializers.CharField()
    offered_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    valid_until = serializers.DateField(source="quote.valid_until")
    total = serializers.IntegerField(source="quote.total", help_text="minor units")
    lines = QuoteLineOutput(source="quote.lines.all", many=True)


class OfferChargeOutput(serializers.Serializer[Any]):
    """What is to be paid for it, or was. `pay_url` is for whoever pays: no sign-in is needed there."""

    reference = serializers.CharField()
    status = serializers.CharField()
    amount = serializers.IntegerField()
    due_on = serializers.DateField()
    paid_at = serializers.DateTimeField(allow_null=True)
    pay_url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField())
    def get_pay_url(self, charge: Any) -> str:
        return settings.SITE_URL + reverse("billing:charge_pay", args=[charge.reference])


class OfferMoneyOutput(serializers.Serializer[Any]):
    """Where what was paid is: `held` in advance, `back`, or `earned`; minor units."""

    paid = serializers.IntegerField()
    held = serializers.IntegerField()
    back = serializers.IntegerField()
    earned = serializers.IntegerField()


class GasOfferOutput(serializers.Serializer[Offer]):
    """The offer of an application. `digest` is the fingerprint of what stands in the contract now: send it along to accept it."""

    contract = ContractOutput(allow_null=True)
    is_to_accept = serializers.BooleanField()
    is_expired = serializers.BooleanField()
    digest = serializers.CharField(allow_blank=True)
    charge = OfferChargeOutput(allow_null=True)
    money = OfferMoneyOutput(allow_null=True)
    currency = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_currency(self, offer: Offer) -> str:
        return settings.CURRENCY


class DesignOutput(serializers.Serializer[Design]):
    """One version of the drawing; `file` is its token among the files of the case."""

    number = serializers.IntegerField()
    file = serializers.CharField(source="attachment.token")
    note = serializers.CharField()
    made_at = serializers.DateTimeField()


class GasQuoteOutput(serializers.Serializer[Quote]):
    """One version of the quote. Send `mark` along to change or to send it."""

    number = serializers.IntegerField()
    mark = serializers.CharField()
    total = serializers.IntegerField(help_text="minor units")
    note = serializers.CharField()
    design = serializers.IntegerField(source="design.design.number", default=None, allow_null=True, help_text="number of the drawing")
    made_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    contract = serializers.CharField(source="contract.number", default=None, allow_null=True)
    lines = QuoteLineOutput(source="lines.all", many=True)


class GasQuotesOutput(serializers.Serializer[Any]):
    """Drawings and quotes, the newest first."""

    designs = DesignOutput(many=True)
    quotes = GasQuoteOutput(many=True)
