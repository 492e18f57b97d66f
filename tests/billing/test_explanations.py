"""Why a purchase cost what it did."""

from datetime import date

import pytest

from billing.models import TopUp
from billing.operations import sell
from billing.queries import why_price
from billing.states import TopUpStatus
from tests.factories.billing import TariffVersionFactory, TopUpFactory


@pytest.fixture
def told(order_of, account, fang, now):
    TopUpFactory(account=account, litres=390_000)
    return why_price(sell(order=order_of(), by=fang.user, at=now))


def test_names_every_tier_and_the_decision(told):
    assert told.sentences == [
        "Since 1 Jan 2026 the household had bought 390\u00a0m³ before.",
        "10\u00a0m³ in tier 1 at ¥2.75 make ¥27.50.",
        "10\u00a0m³ in tier 2 at ¥3.30 make ¥33.00.",
        "Price list no. 1, in force since 1 Jan 2024: 示例.",
    ]


def test_places_it_in_the_year(told):
    assert (told.position_before, told.position_after, told.year_began) == (390_000, 410_000, date(2026, 1, 1))


def test_says_when_the_price_changed_within_the_year(order_of, tariff, fang, now):
    TariffVersionFactory(tariff=tariff.tariff, number=2, effective_from=date(2026, 11, 1))
    assert "still counts" in why_price(sell(order=order_of(), by=fang.user, at=now)).sentences[-1]


def test_stays_the_same_when_more_is_bought(order_of, account, fang, now, told):
    before = TopUp.objects.get(channel="counter")
    TopUpFactory(account=account, litres=50_000, paid_at=now.replace(hour=9))
    assert why_price(before).position_before == 390_000


def test_leaves_out_what_was_taken_back(order_of, account, fang, now):
    TopUpFactory(account=account, litres=390_000, status=TopUpStatus.REVERSED)
    assert why_price(sell(order=order_of(), by=fang.user, at=now)).position_before == 0


def test_says_nothing_about_credit_without_money(account):
    assert why_price(TopUpFactory(account=account, kind=TopUp.Kind.GIFT, amount=0)) is None
