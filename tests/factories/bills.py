"""Accounts whose meters are read, and readings."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from accounts.actors import System
from accounts.models import Meter
from billing import models
from billing.references import new_reference
from casework.operations import Step, open_timeline

from .accounts import MeterFactory


class ReadMeterFactory(MeterFactory):
    """A mechanical meter, as old as its account."""

    kind = Meter.Kind.MECHANICAL


class ReadingFactory(DjangoModelFactory):
    """A believed reading, taken at the door."""

    class Meta:
        model = models.Reading

    meter = factory.SubFactory(ReadMeterFactory)
    day = date(2026, 9, 22)
    litres = 100_000
    source = models.Reading.Source.CREW
    standing = models.Reading.Standing.ACCEPTED
    taken_at = datetime(2026, 9, 22, 2, 0, tzinfo=UTC)
    by = "system:tests"


class BillFactory(DjangoModelFactory):
    """An open bill of October, for 30 m³ by the norm; the ledger knows nothing of it."""

    class Meta:
        model = models.Bill

    number = factory.LazyFunction(lambda: new_reference("B"))
    month = date(2026, 10, 1)
    first_day = date(2026, 10, 1)
    last_day = date(2026, 10, 31)
    basis = models.Bill.Basis.NORM
    litres = 30_000
    amount = 8_250
    tariff_version = factory.LazyFunction(lambda: models.TariffVersion.objects.get(number=1, tariff__price_class="resident"))
    issued_at = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    due_on = date(2026, 11, 11)

    @factory.lazy_attribute
    def timeline(self):
        return open_timeline(kind="bill", steps=[Step("bill.issued")], by=System("tests"), at=self.issued_at)

    @factory.lazy_attribute
    def lines(self):
        line = {"tier": 1, "litres": self.litres, "unit_price": 27_500, "amount": self.amount, "version": 1, "year": 2026}
        return [{**line, "first": self.first_day.isoformat(), "last": self.last_day.isoformat(), "corrects": ""}]
