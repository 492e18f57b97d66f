"""Online payments."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.actors import System
from billing import models
from billing.references import new_reference
from casework.operations import open_timeline

#: As in tests/conftest.py, which imports the factories.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class CheckoutFactory(DjangoModelFactory):
    """Twenty cubic metres by bank transfer, not paid yet."""

    class Meta:
        model = models.Checkout

    reference = factory.LazyFunction(lambda: new_reference("P"))
    purpose, channel = models.Checkout.Purpose.TOP_UP, models.Checkout.Channel.CABINET
    provider, product = models.Provider.BANK, models.Checkout.Product.TRANSFER
    amount, litres, tier_year = 5_500, 20_000, 2026
    lines = [{"tier": 1, "litres": 20_000, "unit_price": 27_500, "amount": 5_500}]
    shown = {"to": "示例燃气"}
    opened_at, expires_at = NOW, NOW + timedelta(days=3)
    timeline = factory.LazyFunction(lambda: open_timeline(kind="checkout", steps=[], by=System("tests"), at=NOW))


class HeldPaymentFactory(DjangoModelFactory):
    """A hundred that came in by bank, nobody knows for what."""

    class Meta:
        model = models.ProviderPayment

    provider, transaction = models.Provider.BANK, factory.Sequence(lambda n: f"20261120{n:06d}")
    amount, paid_at, heard_at = 10_000, NOW, NOW
    heard_by, use = models.ProviderPayment.HeardBy.STATEMENT, models.ProviderPayment.Use.HELD
    held_because = models.ProviderPayment.HeldBecause.UNKNOWN


class RefundFactory(DjangoModelFactory):
    """The same hundred, to go back, waiting for a second pair of eyes."""

    class Meta:
        model = models.Refund

    reference = factory.LazyFunction(lambda: new_reference("R"))
    payment = factory.SubFactory(HeldPaymentFactory)
    amount, reason, status = 10_000, models.Refund.Reason.UNCLAIMED, "asked"
    asked_by, asked_at = "system:tests", NOW
    timeline = factory.LazyFunction(lambda: open_timeline(kind="refund", steps=[], by=System("tests"), at=NOW))


class AssignmentFactory(DjangoModelFactory):
    """Ten of a held hundred, wanted as credit; the ledger knows of none of it."""

    class Meta:
        model = models.HeldAssignment

    reference = factory.LazyFunction(lambda: new_reference("H"))
    payment = factory.SubFactory(HeldPaymentFactory)
    amount, because = 1_000, models.HeldAssignment.Because.PROOF
    asked_by, asked_at = "system:tests", NOW
    timeline = factory.LazyFunction(lambda: open_timeline(kind="held_money", steps=[], by=System("tests"), at=NOW))


class CreditPayoutFactory(DjangoModelFactory):
    """Ten of an account's credit, to be paid out; the ledger knows of none of it."""

    class Meta:
        model = models.CreditPayout

    reference = factory.LazyFunction(lambda: new_reference("G"))
    amount, because = 1_000, models.CreditPayout.Because.NO_BILLS
    asked_by, asked_at = "system:tests", NOW
    timeline = factory.LazyFunction(lambda: open_timeline(kind="credit_payout", steps=[], by=System("tests"), at=NOW))
