"""The day of a hall: closed once, when every till is, with totals that stay."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import HallDay
from billing.operations import hall_days, shifts
from billing.operations.hall_days import close_hall_day
from billing.operations.receipts import issue_red_letter
from billing.queries.hall_days import day_totals
from casework.models import FrozenRow
from tests.factories import accounts as people
from tests.factories.tills import CLERK, pay

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def closed_till(account, shift, qiang, now):
    """Fang's till of today: one sale of 165.00, 5.00 short."""
    pay(account, shift, at=now)
    shifts.count_shift(shift=shift, counted={10_000: 6, 1_000: 6}, reason="short", at=now)
    return shifts.countersign_shift(shift=shift, staff=qiang, at=now)


def test_fixes_the_totals(closed_till, hall, qiang, now):
    totals = close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now).totals
    assert (totals["net"], totals["payments"], totals["litres"], totals["difference"]) == (16_500, 1, 60_000, -500)
    assert totals["shifts"][0] == {
        "shift": closed_till.pk,
        "counter": 1,
        "clerk": "017",
        "float": 50_000,
        "expected": 66_500,
        "counted": 66_000,
        "difference": -500,
        "reason": "short",
        "signed_by": "001",
    }


def test_is_refused_while_a_till_is_open(shift, hall, qiang, now):
    with pytest.raises(hall_days.TillsStillOpen) as refusal:
        close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)
    assert refusal.value.count == 1


def test_is_refused_while_a_till_is_only_counted(shift, hall, qiang, now):
    shifts.count_shift(shift=shift, counted={10_000: 5}, reason="", at=now)
    with pytest.raises(hall_days.TillsStillOpen):
        close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)


def test_is_refused_before_the_day_has_come(hall, qiang, now):
    with pytest.raises(hall_days.FutureDay):
        close_hall_day(hall=hall, day=TODAY + timedelta(days=1), staff=qiang, at=now)


def test_is_refused_to_clerks_and_other_halls(hall, fang, now):
    with pytest.raises(Forbidden):
        close_hall_day(hall=hall, day=TODAY, staff=fang, at=now)
    with pytest.raises(shifts.OtherHall):
        close_hall_day(hall=hall, day=TODAY, staff=people.StaffFactory(roles=[Role.HALL_HEAD]), at=now)


def test_happens_once(closed_till, hall, qiang, now):
    first = close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)
    assert close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now + timedelta(hours=1)) == first
    assert HallDay.objects.get().closed_at == now


def test_after_it_no_shift_opens_on_that_day(closed_till, hall, fang, qiang, now):
    close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)
    with pytest.raises(shifts.DayIsClosed):
        shifts.open_shift(counter=closed_till.counter, clerk=fang, float_amount=0, at=now)


def test_the_next_morning_shifts_open_again(closed_till, hall, fang, qiang, now):
    close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)
    tomorrow = now + timedelta(days=1)
    assert shifts.open_shift(counter=closed_till.counter, clerk=fang, float_amount=0, at=tomorrow).is_open


def test_is_never_changed(closed_till, hall, qiang, now):
    closed = close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)
    with pytest.raises(FrozenRow):
        closed.save()


class TestTotals:
    def test_count_receipts_and_red_ones(self, account, shift, hall, now):
        receipt = pay(account, shift, at=now)
        issue_red_letter(receipt=receipt, by=CLERK, at=now)
        assert day_totals(hall, TODAY)["receipts"] == {"first": 1, "last": 2, "count": 2, "total": 0, "red": 1, "back": -16_500}

    def test_of_an_empty_day_are_zeros(self, hall):
        totals = day_totals(hall, TODAY)
        assert (totals["net"], totals["litres"], totals["shifts"], totals["receipts"]["count"]) == (0, 0, [], 0)

    def test_belong_to_the_day_of_the_operators_zone(self, hall, fang):
        evening = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
        shifts.open_shift(counter=people.CounterFactory(hall=hall), clerk=fang, float_amount=0, at=evening)
        assert len(day_totals(hall, TODAY)["shifts"]) == 1
        assert day_totals(hall, TODAY - timedelta(days=1))["shifts"] == []
