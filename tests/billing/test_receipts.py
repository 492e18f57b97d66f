"""Receipts: numbers without gaps, a snapshot of everything, correction in red."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction

from billing.models import Payment, Receipt
from billing.operations.receipts import AlreadyCorrected, NoHall, issue_receipt, issue_red_letter
from casework.models import FrozenRow
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.tills import CLERK, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(account, shift, now):
    return pay(account, shift, at=now, tendered=20_000)


class TestNumber:
    def test_counts_up_in_its_hall_and_year(self, account, shift, now):
        assert [pay(account, shift, at=now).full_number for _ in range(3)] == [f"LL01-2026-00000{n}" for n in (1, 2, 3)]

    def test_begins_anew_in_another_hall(self, account, shift, now):
        pay(account, shift, at=now)
        elsewhere = money.ShiftFactory(clerk__hall__code="LL02")
        assert pay(account, elsewhere, at=now).full_number == "LL02-2026-000001"

    def test_begins_anew_at_new_year_of_the_operators_zone(self, account, shift):
        last = pay(account, shift, at=datetime(2026, 12, 31, 15, 59, tzinfo=UTC))
        first = pay(account, shift, at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
        assert (last.full_number, first.full_number) == ("LL01-2026-000001", "LL01-2027-000001")

    def test_is_not_used_up_by_a_sale_that_fails(self, account, shift, now):
        with transaction.atomic():
            assert pay(account, shift, at=now).number == 1
            transaction.set_rollback(True)
        assert pay(account, shift, at=now).number == 1


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_leave_no_gap(account, neighbour, shift, now):
    tills = [shift, *(money.ShiftFactory(counter__hall=shift.counter.hall) for _ in range(3))]

    def work(till):
        try:
            return [pay(account, till, at=now, reference=f"T-{till.pk}-{n}").number for n in range(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        numbers = [number for found in threads.map(work, tills) for number in found]
    assert sorted(numbers) == list(range(1, 21))


class TestFacts:
    def test_hold_all_that_stands_on_the_paper(self, receipt, account, shift):
        facts = receipt.facts
        assert (facts["holder"], facts["account"], facts["address"]) == ("李娜", account.number, account.premises.address)
        assert (facts["hall"], facts["counter"], facts["clerk"], facts["language"]) == (shift.counter.hall.name, 1, "017", "zh-hans")
        assert (facts["amount"], facts["tendered"], facts["change"]) == (16_500, 20_000, 3_500)
        assert (facts["position_before"], facts["position_after"]) == (0, 60_000)

    def test_stay_as_they_were_when_the_household_changes(self, receipt, account):
        account.customer.name = "王五"
        account.customer.save()
        assert Receipt.objects.get(pk=receipt.pk).facts["holder"] == "李娜"

    def test_know_no_change_on_a_bank_card(self, account, shift, now):
        facts = pay(account, shift, at=now, method=Payment.Method.BANK_CARD).facts
        assert (facts["tendered"], facts["change"], facts["slip"]) == (None, None, "004711")

    def test_count_what_was_bought_before_in_the_year(self, receipt, account, shift, now):
        assert pay(account, shift, at=now).facts["position_before"] == 60_000


class TestRedLetter:
    def test_mirrors_the_first_and_names_it(self, receipt, now):
        red = issue_red_letter(receipt=receipt, by=CLERK, at=now + timedelta(days=1))
        assert (red.kind, red.amount, red.facts["amount"], red.facts["lines"][0]["amount"]) == ("red_letter", -16_500, -16_500, -16_500)
        assert (red.corrects, red.facts["corrects"], red.number) == (receipt, "LL01-2026-000001", 2)

    def test_names_the_till_that_gives_the_money_back(self, receipt, now):
        elsewhere = money.ShiftFactory(counter__hall=people.HallFactory(code="LL09"), counter__number=4)
        red = issue_red_letter(receipt=receipt, by=CLERK, at=now, shift=elsewhere)
        assert (red.full_number, red.facts["counter"], red.facts["hall"]) == ("LL09-2026-000001", 4, elsewhere.counter.hall.name)

    def test_is_issued_once(self, receipt, now):
        issue_red_letter(receipt=receipt, by=CLERK, at=now)
        with pytest.raises(AlreadyCorrected):
            issue_red_letter(receipt=receipt, by=CLERK, at=now)

    def test_is_not_corrected_itself(self, receipt, now):
        red = issue_red_letter(receipt=receipt, by=CLERK, at=now)
        with pytest.raises(AlreadyCorrected):
            issue_red_letter(receipt=red, by=CLERK, at=now)


def test_a_payment_outside_any_hall_has_no_hall_receipt(receipt, now):
    top_up = receipt.top_up
    top_up.shift = None
    with pytest.raises(NoHall):
        issue_receipt(top_up=top_up, payment=top_up.payment, by=CLERK, at=now)


def test_a_receipt_is_never_changed_or_deleted(receipt):
    for forbidden in (receipt.save, receipt.delete, Receipt.objects.all().delete, lambda: Receipt.objects.update(amount=1)):
        with pytest.raises(FrozenRow):
            forbidden()
