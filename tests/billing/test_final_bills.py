"""An account whose meter is read ends with a bill up to its last reading; and why a bill was withdrawn is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Account
from accounts.permissions import Forbidden
from billing.bill_refusals import BillStillOpen, FinalBillMissing, FinalMonthBilled, FinalReadingMissing
from billing.models import Bill, Book
from billing.operations import close_account
from billing.operations.bills import bill_final, bill_month, pay, withdraw
from billing.operations.closing import obstacles
from billing.queries.ledger_proof import prove
from casework.models import Event
from tests.factories.bills import ReadingFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def billed(tariff, fang):
    """October is billed, by reading up to the 22nd and so up to there."""
    first = ReadingFactory()
    ReadingFactory(meter=first.meter, day=date(2026, 10, 22), litres=130_000)
    return bill_month(account=first.meter.account, month=date(2026, 10, 1), by=fang.user, at=AT - timedelta(days=10))


@pytest.fixture
def last_read(billed):
    return ReadingFactory(meter=billed.account.meters.get(), day=date(2026, 11, 19), litres=151_000)


def final(account, fang, at=AT):
    return bill_final(account=account, by=fang.user, at=at)


def test_has_all_gas_up_to_the_last_reading(billed, last_read, fang):
    bill = final(billed.account, fang)
    assert (bill.is_final, bill.first_day, bill.last_day, bill.litres, bill.basis) == (
        True, date(2026, 10, 23), date(2026, 11, 19), 21_000, "reading",
    )  # fmt: skip
    assert final(billed.account, fang) == bill
    assert [finding.wrong for finding in prove() if finding.wrong] == []


def test_puts_an_estimate_right(tariff, fang):
    first = ReadingFactory(litres=100_000)
    guess = bill_month(account=first.meter.account, month=date(2026, 10, 1), by=fang.user, at=AT)
    assert guess.reading is None
    ReadingFactory(meter=first.meter, day=date(2026, 11, 19), litres=101_000)
    bill = final(first.meter.account, fang)
    assert bill.litres + guess.litres == 1_000  # what the meter counted, whatever had been guessed


def test_wants_a_reading_of_these_days_after_what_is_billed(billed, fang):
    with pytest.raises(FinalReadingMissing):
        final(billed.account, fang)
    ReadingFactory(meter=billed.account.meters.get(), day=date(2026, 11, 12), litres=140_000)
    with pytest.raises(FinalReadingMissing):
        final(billed.account, fang)


def test_of_a_month_that_is_billed_says_which_bill(billed, last_read, fang):
    first = final(billed.account, fang)
    ReadingFactory(meter=last_read.meter, day=date(2026, 11, 20), litres=152_000)
    with pytest.raises(FinalMonthBilled, match=first.number):
        final(billed.account, fang)


def test_the_account_ends_when_it_is_made_and_paid(billed, last_read, fang):
    account = billed.account
    assert [type(each) for each in obstacles(account=account)] == [FinalBillMissing, BillStillOpen]
    bills = [billed, final(account, fang)]
    with pytest.raises(BillStillOpen):
        close_account(account=account, by=fang.user, at=AT)
    for bill in bills:
        pay(bill=bill, amount=bill.to_pay, book=Book.OPENING, by=fang.user, at=AT)
    assert close_account(account=account, by=fang.user, at=AT).status == Account.Status.CLOSED


def test_gas_used_after_it_must_be_billed_too(billed, last_read, fang):
    for bill in (billed, final(billed.account, fang)):
        pay(bill=bill, amount=bill.to_pay, book=Book.OPENING, by=fang.user, at=AT)
    ReadingFactory(meter=last_read.meter, day=date(2026, 11, 20), litres=152_000)
    with pytest.raises(FinalBillMissing):
        close_account(account=billed.account, by=fang.user, at=AT)


def test_is_made_by_whoever_keeps_customers_data(billed, last_read, mei):
    with pytest.raises(Forbidden):
        final(billed.account, mei)


def test_why_a_bill_was_withdrawn_is_kept_as_a_code_in_the_journal(billed, qiang):
    withdraw(bill=billed, because="reading", reason=" read the neighbour's meter ", by=qiang.user, at=AT)
    bill = Bill.objects.get()
    assert (bill.withdrawn_because, bill.withdrawn_words) == ("reading", "read the neighbour's meter")
    assert Event.objects.get(timeline=bill.timeline_id, verb="bill.withdraw").facts["because"] == "reading"


class TestThePages:
    def test_lead_from_the_final_bill_to_the_end(self, client, signed_in, billed, last_read, fang):
        page = f"/staff/accounts/{billed.account.number}/ending/"
        assert "The final bill is not made yet" in signed_in(client, fang).get(page).text
        client.post(f"{page}final-bill/")
        for bill in Bill.objects.all():
            pay(bill=bill, amount=bill.to_pay, book=Book.OPENING, by=fang.user, at=AT)
        assert "Nothing stands in the way" in client.get(page).text
        client.post(f"{page}close/")
        assert Account.objects.get(pk=billed.account_id).status == "closed"

    def test_tell_staff_why_a_bill_was_withdrawn(self, client, signed_in, billed, qiang):
        signed_in(client, qiang).post(f"/staff/bills/{billed.number}/withdraw/", {"because": "price", "reason": "benefit was forgotten"})
        text = client.get(f"/staff/bills/{billed.number}/").text
        assert "price, benefit or household was wrong: benefit was forgotten" in " ".join(text.split())
