"""Charges for works."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from accounts.actors import System
from billing import models
from billing.references import new_reference
from casework.operations import open_timeline
from tests.factories.casework import CaseFactory

#: As in tests/conftest.py, which imports the factories.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class ChargeFactory(DjangoModelFactory):
    """A connection and twelve and a half metres of pipe, to be paid within two weeks."""

    class Meta:
        model = models.Charge

    reference = factory.LazyFunction(lambda: new_reference("F"))
    case = factory.SubFactory(CaseFactory, contact_phone="+8613900000001", language="en")
    basis = factory.Sequence(lambda n: f"LJ-2026-{n:05d}")
    language = "en"
    lines = [
        {"words": "Connection", "hundredths": 100, "price": 200_000, "amount": 200_000},
        {"words": "Pipe", "hundredths": 1_250, "price": 8_000, "amount": 100_000},
    ]
    amount, due_on, opened_at = 300_000, date(2026, 12, 4), NOW
    timeline = factory.LazyFunction(lambda: open_timeline(kind="charge", steps=[], by=System("tests"), at=NOW))


class ChargeReturnFactory(DjangoModelFactory):
    """A third of it, to go back, waiting for a second pair of eyes."""

    class Meta:
        model = models.ChargeReturn

    reference = factory.LazyFunction(lambda: new_reference("W"))
    charge = factory.SubFactory(ChargeFactory)
    amount, asked_by, asked_at = 100_000, "system:tests", NOW
    timeline = factory.LazyFunction(lambda: open_timeline(kind="charge_return", steps=[], by=System("tests"), at=NOW))
