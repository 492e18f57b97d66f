"""What customers hear about their bills: each thing once, and nothing that is no news."""

from datetime import UTC, date, datetime, timedelta

import pytest

import casework.operations
from billing.models import Bill, Book
from billing.operations import close_account
from billing.operations.bill_letters import remind
from billing.operations.bills import bill_month, pay
from billing.operations.closing import obstacles
from billing.refusals import Refused
from notices.models import Message
from tests.factories.accounts import PhoneFactory
from tests.factories.bills import ReadingFactory

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def bill(tariff, fang):
    """30 m³ of October, due on 11 November."""
    first = ReadingFactory(meter__account__customer__language="en")
    PhoneFactory(customer=first.meter.account.customer)
    ReadingFactory(meter=first.meter, day=date(2026, 10, 22), litres=130_000)
    return bill_month(account=first.meter.account, month=date(2026, 10, 1), by=fang.user, at=MADE)


def told():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_a_bill_and_its_payment_are_told_once(bill, fang):
    for _ in range(2):
        casework.operations.drain(MADE)
    assert told() == ["bill_issued"]
    text = " ".join(Message.objects.get().text.split())
    assert [part for part in ("¥82.50", "30 m³", f"/bills/{bill.number}/pay/", "11 Nov 2026") if part not in text] == []
    pay(bill=bill, amount=8_250, book=Book.OPENING, by=fang.user, at=MADE + timedelta(days=1))
    casework.operations.drain(MADE + timedelta(days=1))
    assert told() == ["bill_issued", "bill_paid"]


def test_what_happened_weeks_ago_is_no_news(bill):
    casework.operations.drain(MADE + timedelta(days=15))
    assert told() == []


def test_reminders_go_out_before_it_is_due_and_twice_after(bill):
    reminded = []
    for day in range(1, 30):
        remind(at=datetime(2026, 11, day, 2, 0, tzinfo=UTC))
        if told() != reminded:
            reminded = told()
            assert day in {8, 12, 15}
    assert reminded == ["bill_due_soon", "bill_overdue", "bill_long_overdue"]


def test_a_paid_bill_is_not_asked_for(bill):
    Bill.objects.update(status="paid")
    assert remind(at=datetime(2026, 11, 10, 2, 0, tzinfo=UTC)) == 0


def test_an_account_does_not_end_before_its_bills_are_paid(bill, fang, now):
    assert bill.number in str(list(obstacles(account=bill.account))[-1])
    with pytest.raises(Refused):
        close_account(account=bill.account, by=fang.user, at=now)
