"""Money."""

from datetime import UTC, date, datetime

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from accounts.actors import System
from accounts.models import Account
from billing import models
from billing.devices.cards import CardImage, encode
from billing.operations.ledger import Line, post
from billing.references import new_reference
from billing.states import TopUpStatus

from .accounts import LONG_AGO, CounterFactory, StaffFactory
from .casework import TimelineFactory


class TariffFactory(DjangoModelFactory):
    class Meta:
        model = models.Tariff
        django_get_or_create = ("price_class",)

    price_class = Account.PriceClass.RESIDENT
    name = "居民生活用气(示例)"


class TariffVersionFactory(DjangoModelFactory):
    """The Changshu example: 2.75 to 400 m3 a year, 3.30 to 1000, 4.125 above."""

    class Meta:
        model = models.TariffVersion
        skip_postgeneration_save = True

    tariff = factory.SubFactory(TariffFactory)
    number = 1
    effective_from = date(2024, 1, 1)
    decision = "示例"
    created_at = LONG_AGO
    created_by = "system:tests"

    @factory.post_generation
    def tiers(self, create, extracted, **kwargs):
        rows = extracted or [(400_000, 100_000, 27_500), (1_000_000, 250_000, 33_000), (None, 0, 41_250)]
        for n, (upper, extra, price) in enumerate(rows, start=1):
            models.Tier.objects.create(version=self, number=n, upper_litres=upper, extra_person_litres=extra, unit_price=price)


class ShiftFactory(DjangoModelFactory):
    """An open shift; its float stands in the ledger, as in life."""

    class Meta:
        model = models.Shift
        skip_postgeneration_save = True

    clerk = factory.SubFactory(StaffFactory)
    counter = factory.SubFactory(CounterFactory, hall=factory.SelfAttribute("..clerk.hall"))
    opened_at = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    float_amount = 50_000

    @factory.post_generation
    def float_posting(self, create, extracted, **kwargs):
        if create and self.float_amount:
            lines = [Line(models.Book.CASH, self.float_amount, shift=self), Line(models.Book.SAFE, -self.float_amount, shift=self)]
            post(models.Posting.Kind.FLOAT, lines, by=System("tests"), at=self.opened_at)


class CounterVisitFactory(DjangoModelFactory):
    """A customer at a clerk's counter, about whom nothing is promised."""

    class Meta:
        model = models.CounterVisit

    reference = factory.LazyFunction(lambda: new_reference("V"))
    opened_at = datetime(2026, 11, 20, 1, 50, tzinfo=UTC)
    timeline = factory.SubFactory(TimelineFactory, kind="counter_visit")


class AllowanceFactory(DjangoModelFactory):
    """Six people under one roof, for this year."""

    class Meta:
        model = models.Allowance

    kind = models.Allowance.Kind.EXTRA_PERSONS
    persons = 6
    proof = "户口簿"
    valid_from = date(2026, 1, 1)
    valid_until = date(2026, 12, 31)
    granted_at = LONG_AGO
    granted_by = "system:tests"


class TopUpFactory(DjangoModelFactory):
    """A purchase of this year that is on the card and in the meter, as carried over: without journal and money."""

    class Meta:
        model = models.TopUp

    reference = factory.LazyFunction(new_reference)
    meter = factory.LazyAttribute(lambda o: o.account.meters.get(removed_at__isnull=True))
    channel = models.TopUp.Channel.CARRIED_OVER
    status = TopUpStatus.WRITTEN
    litres = 20_000
    amount = 5_500
    tier_year = 2026
    bought_on = date(2026, 11, 2)
    paid_at = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
    written_at = paid_at


def image_of(card, **changes):
    """The content of a customer's card as we believe it to be."""
    values = {
        "factory_code": settings.CARD_FACTORY_CODE,
        "area_code": settings.CARD_AREA_CODE,
        "card_number": card.number,
        "password": card.password,
        "counter": card.counter,
        "cumulative_litres": card.cumulative_litres,
    }
    return CardImage(**{**values, **changes})


def chip_of(card, counter=None, **changes):
    """The customer's card, lying on the reader of a counter."""
    return models.SimulatedChip.objects.create(label=card.number, image=encode(image_of(card, **changes)), counter=counter)
