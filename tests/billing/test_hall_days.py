"""The day of a hall: closed once, when every till is, with totals that stay."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.actors import System
from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import BankDeposit, HallDay, Kiosk, KioskCash
from billing.operations import hall_days, shifts
from billing.operations.hall_days import Compared, close_hall_day, deposit_cash, sign_hall_day
from billing.operations.kiosk_cash import empty_kiosk
from billing.operations.receipts import issue_red_letter
from billing.queries.hall_days import day_totals
from billing.queries.ledger_proof import prove
from billing.queries.safes import in_safe
from casework.models import FrozenRow
from tests.factories import accounts as people
from tests.factories.kiosks import KioskFactory
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


class TestComparing:
    @pytest.fixture
    def card_paid(self, account, shift, qiang, now):
        """One sale of 165.00 by bank card; the till is signed."""
        pay(account, shift, at=now, method="bank_card")
        shifts.count_shift(shift=shift, counted={10_000: 5}, reason="", at=now)
        return shifts.countersign_shift(shift=shift, staff=qiang, at=now)

    def close(self, hall, qiang, now, **compared):
        return close_hall_day(hall=hall, day=TODAY, staff=qiang, compared=Compared(**compared), at=now)

    def test_the_terminals_report_is_asked_for_where_cards_were_taken(self, card_paid, hall, qiang, now):
        with pytest.raises(hall_days.TerminalMissing):
            self.close(hall, qiang, now)
        assert self.close(hall, qiang, now, terminal=16_500).totals["terminal"]["difference"] == 0

    def test_a_report_that_differs_needs_a_reason_which_stays(self, card_paid, hall, qiang, now):
        with pytest.raises(hall_days.TerminalDiffers) as refusal:
            self.close(hall, qiang, now, terminal=16_000)
        assert refusal.value.difference == -500
        found = self.close(hall, qiang, now, terminal=16_000, terminal_reason="slip 12 was lost").totals["terminal"]
        assert found == {"expected": 16_500, "reported": 16_000, "difference": -500, "reason": "slip 12 was lost"}

    def test_much_cash_stays_overnight_only_with_a_reason(self, closed_till, hall, qiang, now, settings):
        settings.HALL_CASH_OVERNIGHT = 15_999
        with pytest.raises(hall_days.MuchOvernight) as refusal:
            self.close(hall, qiang, now)
        assert refusal.value.left == 16_000  # the till handed in 660.00, of which 500.00 were its float
        assert self.close(hall, qiang, now, overnight_reason="the bank is shut").totals["safe"]["reason"] == "the bank is shut"

    def test_a_day_that_is_closed_later_says_what_stayed_on_its_own_night(self, closed_till, hall, qiang, now):
        deposit_cash(hall=hall, amount=10_000, slip="B-1", staff=qiang, at=now + timedelta(days=1))
        safe = close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now + timedelta(days=2)).totals["safe"]
        assert (safe["left"], safe["deposits"], in_safe(hall)) == (16_000, [], 6_000)

    def test_cash_stays_where_it_was_taken_when_its_kiosk_moves(self, hall, qiang, now):
        kiosk = KioskFactory(hall=hall)
        KioskCash.objects.create(kiosk=kiosk, since=now, expected=5_000)
        empty_kiosk(kiosk=kiosk, counted=5_000, reason="", by=System("tests"), at=now)
        Kiosk.objects.update(hall=people.HallFactory(code="LL77"))
        assert in_safe(hall) == 5_000

    def test_a_float_that_is_out_is_not_missed_in_the_safe(self, shift, hall):
        assert in_safe(hall) == 0

    def test_cash_goes_to_the_bank_once_for_each_slip(self, closed_till, hall, qiang, now):
        for _ in range(2):
            deposit_cash(hall=hall, amount=16_000, slip="B-1", staff=qiang, at=now)
        assert (in_safe(hall), BankDeposit.objects.count()) == (0, 1)
        with pytest.raises(hall_days.SlipNoted):
            deposit_cash(hall=hall, amount=1, slip="B-1", staff=qiang, at=now)
        with pytest.raises(hall_days.MoreThanInSafe):
            deposit_cash(hall=hall, amount=1, slip="B-2", staff=qiang, at=now)
        safe = self.close(hall, qiang, now).totals["safe"]
        assert safe == {"deposits": [{"slip": "B-1", "amount": 16_000, "by": "001"}], "left": 0, "reason": ""}
        assert [finding.wrong for finding in prove() if finding.wrong] == []


class TestSecondSignature:
    @pytest.fixture
    def closed(self, closed_till, hall, qiang, now):
        return close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)

    def test_is_somebody_elses_and_stays(self, closed, qiang, mei, now):
        with pytest.raises(hall_days.OwnDay):
            sign_hall_day(closed=closed, staff=qiang, at=now)
        first = sign_hall_day(closed=closed, staff=mei, at=now)
        assert sign_hall_day(closed=closed, staff=mei, at=now + timedelta(hours=1)) == first
        with pytest.raises(FrozenRow):
            first.save()

    def test_is_not_a_clerks_nor_another_halls(self, closed, fang, now):
        with pytest.raises(Forbidden):
            sign_hall_day(closed=closed, staff=fang, at=now)
        with pytest.raises(shifts.OtherHall):
            sign_hall_day(closed=closed, staff=people.StaffFactory(roles=[Role.HALL_HEAD]), at=now)


class TestMatch:
    def test_orders_payments_and_cards_agree_and_name_what_waits(self, account, neighbour, shift, hall, now):
        pay(account, shift, at=now, written=True)
        waiting = pay(neighbour, shift, at=now).top_up
        match = day_totals(hall, TODAY)["match"]
        sides = {side: (match[side]["count"], match[side]["amount"]) for side in ("orders", "payments", "ledger", "on_cards", "waiting")}
        assert sides == {
            "orders": (2, 33_000),
            "payments": (2, 33_000),
            "ledger": (2, 33_000),
            "on_cards": (1, 16_500),
            "waiting": (1, 16_500),
        }
        assert (match["agrees"], match["open"]) == (True, [{"reference": waiting.reference, "status": "paid"}])

    def test_a_sale_that_was_never_paid_shows(self, account, shift, hall, now):
        receipt = pay(account, shift, at=now)
        type(receipt.top_up).objects.filter(pk=receipt.top_up_id).update(amount=16_499)
        assert not day_totals(hall, TODAY)["match"]["agrees"]


class TestTotals:
    def test_list_what_was_voided(self, account, shift, hall, now):
        receipt = pay(account, shift, at=now)
        red = issue_red_letter(receipt=receipt, by=CLERK, at=now)
        assert day_totals(hall, TODAY)["voided"] == [{"number": red.full_number, "corrects": receipt.full_number, "amount": -16_500}]

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
