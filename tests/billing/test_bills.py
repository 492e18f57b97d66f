"""A year in the life of an account whose meter is read."""

from datetime import UTC, date, datetime

import pytest

import billing.queries.ledger_proof
from accounts.permissions import Forbidden
from billing import tariffs
from billing.bill_refusals import BillNotOpen, CannotBill, LaterBillStands, MonthNotOver, OtherAmount
from billing.models import BillFault, Book, Entry, Reading
from billing.operations.billing_runs import bill_last_month
from billing.operations.bills import bill_month, pay, withdraw
from billing.queries.explanations import position_before
from billing.queries.pricing import pricing
from tests.factories import billing as money
from tests.factories.accounts import AccountFactory
from tests.factories.bills import ReadingFactory, ReadMeterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_meter(tariff):
    """Read for the first time on 22 September at 100 m³."""
    return ReadingFactory().meter


def read(meter, day, cubic_metres):
    return ReadingFactory(meter=meter, day=day, litres=cubic_metres * 1000)


@pytest.fixture
def bill_of(fang):
    """The bill of a month, made on the second of the next."""

    def make(meter, month, year=2026):
        at = datetime(year + month // 12, month % 12 + 1, 2, 2, 0, tzinfo=UTC)
        return bill_month(account=meter.account, month=date(year, month, 1), by=fang.user, at=at)

    return make


def proven():
    return [finding.wrong for finding in billing.queries.ledger_proof.prove() if not finding.is_right]


def credit_of(account):
    return -sum(Entry.objects.filter(book=Book.CREDIT, account=account).values_list("amount", flat=True))


class TestBillMonth:
    def test_a_reading_is_billed_from_the_day_after_the_last(self, read_meter, bill_of):
        october = read(read_meter, date(2026, 10, 22), 130)
        bill = bill_of(read_meter, 10)
        assert (bill.basis, bill.reading, bill.previous_litres) == ("reading", october, 100_000)
        assert (bill.first_day, bill.last_day, bill.litres, bill.amount) == (date(2026, 9, 23), date(2026, 10, 22), 30_000, 8_250)
        assert (bill.status, bill.due_on) == ("open", date(2026, 11, 12))
        assert proven() == []

    def test_twice_is_once(self, read_meter, bill_of):
        read(read_meter, date(2026, 10, 22), 130)
        assert bill_of(read_meter, 10) == bill_of(read_meter, 10)
        assert read_meter.account.bills.count() == 1

    def test_a_month_without_a_reading_is_billed_by_the_mean_and_put_right_by_the_next(self, read_meter, bill_of):
        read(read_meter, date(2026, 10, 22), 130)
        october, november = bill_of(read_meter, 10), bill_of(read_meter, 11)
        assert (november.basis, november.first_day, november.last_day) == ("mean", date(2026, 10, 23), date(2026, 11, 30))
        assert november.litres == 39_000
        read(read_meter, date(2026, 12, 22), 180)
        december = bill_of(read_meter, 12)
        assert (december.litres, sum(line["litres"] for line in december.lines if line["corrects"])) == (11_000, -39_000)
        assert october.amount + november.amount + december.amount == tariffs.total(
            tariffs.split([tariffs.Step(1, None, 27_500)], position=0, litres=80_000)
        )
        assert proven() == []

    def test_an_estimate_too_high_becomes_credit_that_pays_the_next(self, read_meter, bill_of, settings, mei):
        settings.MEAN_FOR_MONTHS = 0
        read(read_meter, date(2026, 10, 22), 130)
        bill_of(read_meter, 10)
        november = bill_of(read_meter, 11)
        assert (november.basis, november.litres) == ("norm", 45_000 * 9 // 31 + 45_000)
        read(read_meter, date(2026, 12, 22), 131)
        december = bill_of(read_meter, 12)
        assert (december.status, december.amount < 0, december.to_pay) == ("paid", True, 0)
        assert credit_of(read_meter.account) == -december.amount
        read(read_meter, date(2027, 1, 22), 141)
        january = bill_of(read_meter, 1, year=2027)
        assert (january.amount, january.credited, january.status) == (2_750, 2_750, "paid")
        assert proven() == []

    def test_a_wrong_reading_that_was_billed_is_put_right_by_its_successor(self, read_meter, bill_of):
        wrong = read(read_meter, date(2026, 10, 22), 230)
        bill_of(read_meter, 10)
        wrong.superseded_by = read(read_meter, date(2026, 10, 23), 130)
        wrong.save()
        read(read_meter, date(2026, 11, 22), 160)
        november = bill_of(read_meter, 11)
        assert (november.litres, november.amount) == (60_000 - 130_000, 16_500 - 35_750)
        assert proven() == []

    def test_free_volume_is_free_as_long_as_its_proof_is_valid(self, read_meter, bill_of):
        money.AllowanceFactory(
            account=read_meter.account,
            kind="free_volume",
            persons=None,
            litres_per_month=4_000,
            valid_from=date(2026, 9, 1),
            valid_until=date(2026, 10, 31),
        )
        read(read_meter, date(2026, 10, 22), 130)
        read(read_meter, date(2026, 11, 22), 160)
        october, november = bill_of(read_meter, 10), bill_of(read_meter, 11)
        assert [line["litres"] for line in october.lines] == [8_000, 22_000]
        assert [line["tier"] for line in november.lines] == [1]

    def test_a_meter_change_goes_on_counting_on_the_new_one(self, read_meter, bill_of, now):
        account = read_meter.account
        read(read_meter, date(2026, 10, 12), 120)
        read_meter.removed_at = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
        read_meter.save()
        new = ReadMeterFactory(account=account, installed_at=read_meter.removed_at)
        read(new, date(2026, 10, 12), 5)
        read(new, date(2026, 10, 22), 15)
        bill = bill_of(new, 10)
        assert (bill.litres, bill.meter, bill.previous_litres) == (30_000, new, 5_000)

    def test_a_firm_without_reading_and_past_waits_for_somebody(self, bill_of):
        money.TariffVersionFactory(tariff__price_class="commercial")
        meter = ReadMeterFactory(account=AccountFactory(price_class="commercial"))
        with pytest.raises(CannotBill) as refusal:
            bill_of(meter, 10)
        assert refusal.value.rule == "no_norm"

    def test_a_month_is_billed_when_it_is_over(self, read_meter, fang, now):
        with pytest.raises(MonthNotOver):
            bill_month(account=read_meter.account, month=date(2026, 11, 1), by=fang.user, at=now)


class TestACardAfterwards:
    def test_goes_on_in_the_tiers_where_the_bills_of_the_year_left_off(self, read_meter, bill_of, now):
        read(read_meter, date(2026, 10, 22), 490)
        bill = bill_of(read_meter, 10)
        assert bill.litres == 390_000
        today = pricing(read_meter.account, date(2026, 11, 20))
        assert (today.position_litres, tariffs.tier_of(today.tiers, today.position_litres + 10_000).number) == (390_000, 2)
        bought = money.TopUpFactory(account=read_meter.account, litres=20_000, bought_on=date(2026, 11, 20), paid_at=now)
        assert position_before(bought) == 390_000 if bill.issued_at <= now else 0
        assert pricing(read_meter.account, date(2027, 1, 5)).position_litres == 0

    def test_has_used_the_free_volume_that_was_billed(self, read_meter, bill_of):
        account = read_meter.account
        money.AllowanceFactory(account=account, persons=None, litres_per_month=4_000, kind="free_volume", valid_from=date(2026, 9, 1))
        read(read_meter, date(2026, 10, 22), 130)
        billed = sum(line["litres"] for line in bill_of(read_meter, 10).lines if line["tier"] == 0)
        assert (billed > 0, pricing(account, date(2026, 11, 20)).free_left) == (True, 12_000 - billed)


class TestRun:
    def test_one_bad_row_holds_up_no_other(self, read_meter, now):
        firm = ReadMeterFactory(account=AccountFactory(price_class="commercial")).account
        run = bill_last_month(at=now)
        assert (run.made, run.faults) == (1, 1)
        assert list(BillFault.objects.values_list("account", "month", "code")) == [(firm.pk, date(2026, 10, 1), "no_norm")]
        assert (bill_last_month(at=now).made, bill_last_month(at=now).faults) == (0, 0)
        money.TariffVersionFactory(tariff__price_class="commercial")
        ReadingFactory(meter=firm.meters.get())
        read(firm.meters.get(), date(2026, 10, 22), 300)
        assert bill_last_month(at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC)).made == 1
        assert not BillFault.objects.exists()


class TestPay:
    @pytest.fixture
    def bill(self, read_meter, bill_of):
        read(read_meter, date(2026, 10, 22), 130)
        return bill_of(read_meter, 10)

    def test_a_bill_is_paid_as_a_whole_and_once(self, bill, fang, now):
        with pytest.raises(OtherAmount):
            pay(bill=bill, amount=1, book=Book.OPENING, by=fang.user, at=now)
        assert pay(bill=bill, amount=8_250, book=Book.OPENING, by=fang.user, at=now).paid_at == now
        with pytest.raises(BillNotOpen):
            pay(bill=bill, amount=8_250, book=Book.OPENING, by=fang.user, at=now)
        assert list(bill.timeline.events.order_by("seq").values_list("verb", flat=True)) == ["bill.issued", "bill.pay"]
        assert proven() == []

    def test_what_was_paid_for_a_withdrawn_bill_pays_the_one_made_anew(self, bill, bill_of, qiang, now):
        pay(bill=bill, amount=8_250, book=Book.OPENING, by=qiang.user, at=now)
        withdraw(bill=bill, reason="read at another door", by=qiang.user, at=now)
        assert (credit_of(bill.account), proven()) == (8_250, [])
        Reading.objects.filter(pk=bill.reading_id).update(litres=120_000)
        anew = bill_of(bill.meter, 10)
        assert (anew.amount, anew.credited, anew.is_paid, credit_of(bill.account)) == (5_500, 5_500, True, 2_750)
        assert proven() == []

    def test_an_open_bill_is_withdrawn_without_a_trace_in_the_books(self, bill, qiang, now):
        withdraw(bill=bill, reason="x", by=qiang.user, at=now)
        assert (credit_of(bill.account), proven()) == (0, [])

    def test_bills_are_withdrawn_from_the_newest(self, bill, bill_of, qiang, fang, now):
        bill_of(bill.meter, 11)
        with pytest.raises(LaterBillStands):
            withdraw(bill=bill, reason="x", by=qiang.user, at=now)
        with pytest.raises(Forbidden):
            withdraw(bill=bill, reason="x", by=fang.user, at=now)
