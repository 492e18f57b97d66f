"""The nights on which the operator's clocks change, and the nights on which the year does: days, numbers and tills still fit."""

from datetime import UTC, date, datetime

import pytest

from accounts.clock import business_date
from billing.models import Receipt, TopUp
from billing.operations import sell
from billing.operations.hall_days import close_hall_day
from billing.operations.shifts import count_shift, countersign_shift
from billing.queries.hall_days import day_totals
from billing.queries.ledger_proof import prove
from tests.factories.billing import ShiftFactory
from tests.factories.tills import pay

#: The hour that comes twice (02:30 summer time, 02:30 winter time) and the hour that is skipped (01:59, 03:00).
TWICE = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
SKIPPED = [datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)]
#: The last and the first instant of a local day of 25 hours, and of one of 23.
LONG_DAY = [datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)]
SHORT_DAY = [datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)]

pytestmark = pytest.mark.usefixtures("berlin")


@pytest.fixture
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


@pytest.mark.parametrize(("moments", "day"), [(LONG_DAY + TWICE, date(2026, 10, 25)), (SHORT_DAY + SKIPPED, date(2026, 3, 29))])
def test_the_whole_local_day_is_one_business_day(moments, day):
    assert {business_date(moment) for moment in moments} == {day}


@pytest.mark.parametrize("moments", [TWICE, SKIPPED])
def test_receipts_of_that_night_follow_one_another(account, neighbour, shift, moments):
    receipts = [pay(account, shift, at=moments[0]), pay(neighbour, shift, at=moments[1])]
    assert [receipt.number for receipt in receipts] == [1, 2]
    assert {receipt.facts["issued_on"] for receipt in receipts} == {business_date(moments[0]).isoformat()}


@pytest.mark.parametrize(("before", "after"), [(TWICE[0], TWICE[1]), (TWICE[1], TWICE[0])])
def test_a_clock_that_runs_back_between_quote_and_payment_sells_the_same(order_of, fang, before, after):
    top_up = sell(order=order_of(at=before), by=fang.user, at=after)
    assert (top_up.bought_on, top_up.tier_year, top_up.amount) == (date(2026, 10, 25), 2026, 5_500)


def test_a_night_shift_over_the_change_counts_and_closes_on_its_day(account, fang, qiang, hall):
    shift = ShiftFactory(clerk=fang, counter__hall=hall, opened_at=LONG_DAY[0])
    for n, moment in enumerate(TWICE):
        pay(account, shift, at=moment, litres=20_000 * (n + 1), written=True)
    count_shift(shift=shift, counted={100: 665}, reason="", at=LONG_DAY[1])
    shift.refresh_from_db()
    countersign_shift(shift=shift, staff=qiang, at=LONG_DAY[1])
    closed = close_hall_day(hall=hall, day=date(2026, 10, 25), staff=qiang, at=LONG_DAY[1])
    assert (closed.totals["net"], closed.totals["litres"]) == (16_500, 60_000)


def test_nothing_of_the_long_day_is_lost_to_its_neighbours(account, neighbour, hall):
    for moment, who, litres in ((LONG_DAY[0], account, 20_000), (LONG_DAY[1], neighbour, 40_000)):
        pay(who, ShiftFactory(counter__hall=hall, opened_at=moment), at=moment, litres=litres)
    litres = {day: day_totals(hall, date(2026, 10, day))["litres"] for day in (24, 25, 26)}
    assert litres == {24: 0, 25: 60_000, 26: 0}


@pytest.mark.parametrize(
    ("moment", "year"), [(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), 2027)]
)
def test_the_year_of_receipt_and_tiers_is_the_operators(order_of, fang, moment, year):
    top_up = sell(order=order_of(at=moment), by=fang.user, at=moment)
    assert (Receipt.objects.get().year, top_up.tier_year, TopUp.objects.get().bought_on.year) == (year, year, year)
    assert all(finding.is_right for finding in prove())
