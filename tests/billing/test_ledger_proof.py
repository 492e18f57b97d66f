"""The proof finds each kind of wrong row and names it, and is content with right books."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from sequences.models import Sequence

import billing.operations
from accounts.models import GasCard
from billing.models import Book, Entry, HallDay, Payment, Posting, Receipt, Reversal, Shift, TopUp
from billing.operations import hall_days, shifts
from billing.operations.counter import sell_and_write
from billing.operations.ledger import Line, post
from billing.queries.ledger_proof import RULES, prove
from tests.factories import billing as money
from tests.factories.tills import CLERK, deliver, pay

pytestmark = [pytest.mark.django_db, pytest.mark.every_row]


def wrong():
    """What the proof has to say: the sentences of the broken rules."""
    return [finding.wrong for finding in prove() if finding.wrong]


def tamper(rows, **columns):
    """Change append-only rows behind everybody's back."""
    super(type(rows), rows).update(**columns)


def remove(rows):
    rows._raw_delete(rows.db)


@pytest.fixture
def receipt(account, shift, now):
    """One sale of 60 m3 for 165.00, on the card."""
    receipt = pay(account, shift, at=now, tendered=20_000, written=True)
    GasCard.objects.filter(account=account).update(counter=1)
    return receipt


@pytest.fixture
def unwritten(neighbour, shift, now):
    return pay(neighbour, shift, at=now)


@pytest.fixture
def taken_back(unwritten, shift, fang, now):
    """A sale of the same amount whose money went back."""
    reversal = billing.operations.ask_reversal(top_up=unwritten.top_up, reason="wrong volume", by=fang.user, at=now)
    billing.operations.carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
    return unwritten


class TestRightBooks:
    def test_of_nothing_are_right(self, db):
        assert wrong() == []

    def test_of_sales_written_and_not_are_right(self, receipt, unwritten):
        assert wrong() == []

    def test_of_real_sales_are_right(self, order_of, reader, fang, now):
        sell_and_write(order=order_of(), reader=reader, by=fang.user, at=now)
        assert wrong() == []

    def test_of_a_purchase_taken_back_are_right(self, order_of, reader, chip, fang, qiang, shift, now):
        top_up = billing.operations.sell(order=order_of(litres=80_000), by=fang.user, at=now)
        reversal = billing.operations.ask_reversal(top_up=top_up, reason="wrong account", by=fang.user, at=now)
        billing.operations.decide_reversal(reversal=reversal, approve=True, by=qiang.user, at=now)
        billing.operations.carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
        assert Receipt.objects.count() == 2
        assert wrong() == []

    def test_of_a_closed_day_are_right(self, receipt, hall, shift, qiang, now):
        shifts.count_shift(shift=shift, counted={10_000: 6}, reason="short", at=now)
        shifts.countersign_shift(shift=shift, staff=qiang, at=now)
        hall_days.close_hall_day(hall=hall, day=now.date(), staff=qiang, at=now)
        assert wrong() == []

    def test_of_purchases_carried_over_are_right(self, account, tariff, now):
        money.TopUpFactory(account=account, amount=0, lines=[])
        old = money.TopUpFactory(account=account, lines=[{"tier": 1, "litres": 20_000, "unit_price": 27_500, "amount": 5_500}])
        Payment.objects.create(top_up=old, method="cash", amount=5_500, tendered=5_500, at=now)
        lines = [Line(Book.OPENING, 5_500), Line(Book.PREPAID, -5_500, account=account)]
        post(Posting.Kind.PAYMENT, lines, by=CLERK, at=now, top_up=old)
        deliver(old, at=now)
        assert wrong() == []


class TestPostings:
    def test_that_do_not_sum_to_zero_are_named(self, receipt):
        entry = Entry.objects.filter(book=Book.SALES).get()
        tamper(Entry.objects.filter(pk=entry.pk), amount=-1)
        assert f"posting {entry.posting_id}: 2 entries sum to 16499" in wrong()

    def test_without_entries_are_named(self, now):
        empty = Posting.objects.create(kind="payment", at=now, by="x")
        assert f"posting {empty.pk}: no entries" in wrong()

    def test_for_another_account_are_named(self, receipt, unwritten, neighbour):
        entry = Entry.objects.get(posting__top_up=receipt.top_up, posting__kind="payment", book=Book.PREPAID)
        tamper(Entry.objects.filter(pk=entry.pk), account=neighbour)
        assert f"entry {entry.pk}: not what its payment says" in wrong()

    def test_of_deliveries_swapped_between_two_accounts_are_named(self, receipt, unwritten, account, neighbour, now):
        deliver(unwritten.top_up, at=now)
        GasCard.objects.update(counter=1)
        mine, theirs = (Entry.objects.filter(posting__kind="delivery", account=whose) for whose in (account, neighbour))
        keys = list(mine.values_list("pk", flat=True))
        tamper(theirs, account=account)
        tamper(Entry.objects.filter(pk__in=keys), account=neighbour)
        assert wrong() == [f"entry {min(keys)}: not what its purchase says"]

    def test_of_a_mirror_of_somebody_elses_payment_are_named(self, receipt, taken_back):
        payment = Posting.objects.get(kind="payment", top_up=receipt.top_up)
        refund = Posting.objects.filter(kind="refund")
        tamper(refund, reverses=payment)
        assert wrong() == [f"posting {refund.get().pk}: not the mirror of what it takes back"]

    def test_of_a_refund_that_nobody_wished_for_are_named(self, taken_back):
        Reversal.objects.update(status="refused")
        assert wrong() == [f"top-up {taken_back.top_up_id}: taken back, but nobody's wish was carried out"]

    def test_in_the_wrong_book_are_named(self, receipt):
        entry = Entry.objects.get(posting__kind="payment", book=Book.CASH)
        tamper(Entry.objects.filter(pk=entry.pk), book=Book.BANK_CARD)
        assert f"entry {entry.pk}: not what its payment says" in wrong()

    def test_of_cash_in_no_till_are_named(self, receipt):
        entry = Entry.objects.get(posting__kind="payment", book=Book.CASH)
        tamper(Entry.objects.filter(pk=entry.pk), shift=None)
        assert f"entry {entry.pk}: cash of no till" in wrong()


class TestPurchases:
    def test_whose_payment_says_another_amount_are_named(self, receipt):
        Payment.objects.update(amount=1)
        assert f"payment {receipt.top_up.payment.pk}: another amount than its purchase" in wrong()

    def test_paid_but_not_posted_are_named(self, receipt):
        posting = Posting.objects.filter(kind="payment")
        remove(Entry.objects.filter(posting__in=list(posting)))
        remove(posting)
        assert f"payment {receipt.top_up.payment.pk}: not in the ledger" in wrong()

    def test_posted_twice_are_named(self, receipt, account, shift, now):
        lines = [Line(Book.CASH, 16_500, shift=shift), Line(Book.PREPAID, -16_500, account=account)]
        post(Posting.Kind.PAYMENT, lines, by=CLERK, at=now, top_up=receipt.top_up)
        assert any(sentence.startswith(f"top-up {receipt.top_up_id}: 2 postings of the kind") for sentence in wrong())

    def test_sold_and_never_paid_are_named(self, receipt):
        Payment.objects.all().delete()
        assert f"top-up {receipt.top_up_id}: sold, but never paid" in wrong()

    def test_taken_back_without_the_money_are_named(self, unwritten):
        TopUp.objects.update(status="reversed")
        assert f"top-up {unwritten.top_up_id}: taken back, but the money was not returned" in wrong()

    def test_written_but_not_sold_in_the_books_are_named(self, unwritten):
        TopUp.objects.update(status="written")
        said = wrong()
        assert f"top-up {unwritten.top_up_id}: written, but not in the books as sold" in said
        assert f"account {unwritten.top_up.account_id}: the ledger owes it 16500, its purchases 0" in said

    def test_sold_in_the_books_but_not_written_are_named(self, receipt):
        TopUp.objects.update(status="failed")
        assert f"top-up {receipt.top_up_id}: sold for -16500 in the books, should be 0" in wrong()

    @pytest.mark.parametrize("change", [{"litres": 1}, {"amount": 1}, {"unit_price": 1}, {"tier": 0}])
    def test_whose_lines_do_not_sum_are_named(self, receipt, change):
        TopUp.objects.update(lines=[receipt.top_up.lines[0] | change])
        assert f"top-up {receipt.top_up_id}: its lines do not sum to 60000 l and 16500" in wrong()


class TestTills:
    @pytest.fixture
    def closed(self, receipt, shift, qiang, now):
        shifts.count_shift(shift=shift, counted={10_000: 6, 1_000: 6, 500: 1}, reason="", at=now)
        return shifts.countersign_shift(shift=shift, staff=qiang, at=now)

    @pytest.mark.parametrize(
        ("columns", "sentence"),
        [
            ({"float_amount": 1}, "float 1, but 50000 in the ledger"),
            ({"expected_amount": 1, "difference_reason": "x"}, "1 expected at the count, 66500 in the ledger"),
            ({"counted_amount": 1, "difference_reason": "x"}, "1 counted, 66500 handed in"),
            ({"counted": {"10000": 1}}, "its notes and coins are not worth 66500"),
        ],
    )
    def test_that_were_changed_afterwards_are_named(self, closed, columns, sentence):
        Shift.objects.update(**columns)
        assert f"shift {closed.pk}: {sentence}" in wrong()

    def test_that_are_not_empty_after_closing_are_named(self, closed, now):
        lines = [Line(Book.CASH, 100, shift=closed), Line(Book.OVER_SHORT, -100, shift=closed)]
        post(Posting.Kind.OVER_SHORT, lines, by=CLERK, at=now)
        assert f"shift {closed.pk}: closed with 100 left in the till" in wrong()

    @pytest.mark.parametrize(("kind", "book"), [("hand_in", "over_short"), ("float", "bank_card"), ("hand_in", "sales")])
    def test_whose_cash_went_elsewhere_than_to_the_safe_are_named(self, closed, kind, book):
        entry = Entry.objects.get(posting__kind=kind, book=Book.SAFE)
        tamper(Entry.objects.filter(pk=entry.pk), book=book)
        assert f"entry {entry.pk}: not in the books of a till, or in another till's" in wrong()

    def test_whose_hand_in_stands_under_another_till_are_named(self, closed):
        other = money.ShiftFactory(float_amount=0)
        entry = Entry.objects.get(posting__kind="hand_in", book=Book.SAFE)
        tamper(Entry.objects.filter(pk=entry.pk), shift=other)
        assert f"entry {entry.pk}: not in the books of a till, or in another till's" in wrong()

    def test_of_a_day_whose_totals_were_changed_are_named(self, closed, hall, qiang, now):
        day = hall_days.close_hall_day(hall=hall, day=now.date(), staff=qiang, at=now)
        tamper(HallDay.objects.all(), totals=day.totals | {"net": 1})
        assert "day 2026-11-20 of hall LL01: its totals are not those of its tills" in wrong()


class TestReceipts:
    def test_a_gap_is_named_by_the_missing_number(self, receipt, unwritten):
        tamper(Receipt.objects.filter(pk=unwritten.pk), number=4)
        assert "receipt LL01-2026-000003 is missing" in wrong()

    def test_a_missing_first_one_is_named(self, receipt):
        tamper(Receipt.objects.all(), number=2)
        assert "receipt LL01-2026-000001 is missing" in wrong()

    def test_a_series_that_would_repeat_a_number_is_named(self, receipt):
        Sequence.objects.update(last=0)
        assert "series receipt:LL01:2026 stands at 0, its last receipt is 1" in wrong()

    def test_another_amount_is_named(self, receipt):
        tamper(Receipt.objects.all(), amount=1)
        assert f"receipt {receipt.pk} (key): not the amount of its purchase" in wrong()

    def test_another_amount_on_the_paper_is_named(self, receipt):
        tamper(Receipt.objects.all(), facts=receipt.facts | {"amount": 1})
        assert f"receipt {receipt.pk} (key): another amount on its paper" in wrong()

    def test_a_payment_without_one_is_named(self, receipt):
        remove(Receipt.objects.all())
        assert f"payment {receipt.top_up.payment.pk}: no receipt" in wrong()

    def test_one_in_red_for_a_purchase_that_stands_is_named(self, receipt, now):
        from billing.operations.receipts import issue_red_letter

        red = issue_red_letter(receipt=receipt, by=CLERK, at=now)
        assert f"receipt {red.pk} (key): in red for a purchase that stands" in wrong()


class TestCards:
    def test_a_counter_that_does_not_rise_is_named(self, receipt, account, shift, now):
        again = pay(account, shift, at=now)
        deliver(again.top_up, at=now + timedelta(minutes=1), counter=1)
        assert f"top-up {again.top_up_id}: purchase counter 1 after 1" in wrong()

    def test_a_card_behind_its_orders_is_named(self, receipt, account):
        card = account.cards.get()
        GasCard.objects.update(counter=0)
        assert f"card {card.pk}: counter 0, but an order left 1" in wrong()


class TestCommand:
    def test_says_each_rule_and_that_all_is_well(self, receipt):
        out = StringIO()
        call_command("check_ledger", stdout=out)
        assert out.getvalue().count("✓") == len(RULES)
        assert "The books are right." in out.getvalue()

    def test_names_the_wrong_row_and_fails(self, receipt):
        out = StringIO()
        TopUp.objects.update(lines=[])
        with pytest.raises(CommandError):
            call_command("check_ledger", stdout=out)
        assert f"top-up {receipt.top_up_id}:" in out.getvalue()

    @pytest.mark.django_db(transaction=True)
    def test_lets_others_write_while_it_looks(self, receipt, unwritten):
        def write():
            try:
                return Shift.objects.update(difference_reason="written meanwhile")
            finally:
                connections.close_all()

        looking = prove()
        next(looking)
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(write).result(timeout=5) == 1
        assert [finding.wrong for finding in looking if finding.wrong] == []
        assert Shift.objects.get().difference_reason == "written meanwhile"

    def test_asks_the_same_few_questions_of_any_number_of_rows(self, account, shift, now, django_assert_max_num_queries):
        for _ in range(5):
            pay(account, shift, at=now)
        with django_assert_max_num_queries(105):
            list(prove())
