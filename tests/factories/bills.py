"""Accounts whose meters are read, and readings."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from accounts.models import Meter
from billing import models

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
