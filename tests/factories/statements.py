"""Bills of providers, and what does not agree."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from accounts.actors import System
from billing import models
from billing.references import new_reference
from casework.operations import open_timeline

from .checkouts import NOW


class StatementFactory(DjangoModelFactory):
    """WeChat's of a day, with one payment in it."""

    class Meta:
        model = models.Statement

    provider, source = models.Provider.WECHAT, models.Statement.Source.UPLOADED
    first_day = last_day = date(2026, 11, 19)
    digest = factory.Sequence(lambda n: f"{n:064d}")
    size, payments, paid, refunds, refunded, fees, fresh, fresh_fees = 900, 1, 5_500, 0, 0, 0, 1, 0
    at = compared_at = NOW
    by = "system:tests"


class StatementLineFactory(DjangoModelFactory):
    """55.00 that came in there."""

    class Meta:
        model = models.StatementLine

    statement = factory.SubFactory(StatementFactory)
    source = models.Statement.Source.UPLOADED
    provider, kind = models.Provider.WECHAT, models.StatementLine.Kind.PAYMENT
    transaction = factory.Sequence(lambda n: f"42000{n:06d}")
    order_number, amount, fee, at = "PUNKNOWN", 5_500, 0, NOW


class BreakFactory(DjangoModelFactory):
    """We know nothing of it."""

    class Meta:
        model = models.Break

    reference = factory.LazyFunction(lambda: new_reference("K"))
    line = factory.SubFactory(StatementLineFactory)
    key = factory.LazyAttribute(lambda row: f"missing_here:wechat:{row.line.transaction}")
    kind, provider, status = models.Break.Kind.MISSING_HERE, models.Provider.WECHAT, "open"
    day, there, found_at = date(2026, 11, 19), 5_500, NOW
    timeline = factory.LazyFunction(lambda: open_timeline(kind="break", steps=[], by=System("tests"), at=NOW))
