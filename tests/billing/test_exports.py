"""What finance takes along adds up with the books, is whole, and says nothing about anybody."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum
from openpyxl import load_workbook

import billing.operations
from accounts.actors import System
from billing.models import Entry
from billing.operations import refunds, shifts
from billing.operations.hall_days import close_hall_day, deposit_cash, sign_hall_day
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard
from billing.queries.exports import Sheet, Wanted, rows_of
from tests.factories import accounts as people
from tests.factories.tills import pay

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DAY = Wanted(first=TODAY, last=TODAY)


@pytest.fixture
def worked(account, neighbour, shift, hall, fang, qiang, mei, now):
    """A day: two sales, one of them taken back; the till 5.00 short, 100.00 to the bank, both signatures."""
    pay(account, shift, at=now, written=True)
    undone = pay(neighbour, shift, at=now).top_up
    reversal = billing.operations.ask_reversal(top_up=undone, reason="=cmd", by=fang.user, at=now)
    billing.operations.carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
    shifts.count_shift(shift=shift, counted={10_000: 6, 1_000: 6}, reason="short", at=now)
    shifts.countersign_shift(shift=shift, staff=qiang, at=now)
    deposit_cash(hall=hall, amount=10_000, slip="B-1", staff=qiang, at=now)
    closed = close_hall_day(hall=hall, day=TODAY, staff=qiang, at=now)
    return sign_hall_day(closed=closed, staff=mei, at=now)


def table(sheet, wanted=DAY):
    head, *rows = rows_of(sheet, wanted)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_journal_balances_and_is_the_ledger(worked):
    rows = table(Sheet.JOURNAL)
    assert sum(row["debit"] for row in rows) == sum(row["credit"] for row in rows) > 0
    for book, total in Entry.objects.order_by("book").values_list("book").annotate(total=Sum("amount")):
        assert sum(row["debit"] - row["credit"] for row in rows if row["book"] == book) == Decimal(total) / 100
    assert {row["hall"] for row in rows if row["book"] in {"cash", "bank", "safe"}} == {"LL01"}


def test_every_posting_is_there_once(worked):
    assert len(table(Sheet.POSTINGS)) == Entry.objects.count()
    assert sum(row["amount"] for row in table(Sheet.POSTINGS)) == 0


def test_takings_say_what_came_in_and_went_back(worked):
    assert table(Sheet.TAKINGS) == [
        {
            "day": TODAY, "hall": "LL01", "book": "cash", "payments": 2, "taken": 330, "refunds": 1, "given_back": 165, "net": 165,
        }
    ]  # fmt: skip


def test_takings_know_of_money_that_is_held_and_of_it_going_back(db, mei, now):
    heard = Heard(transaction="77", order_number="", amount=10_000, currency="CNY", paid_at=now)
    held = take(provider="bank", heard=heard, heard_by="statement", by=System("bank"), at=now)
    refund = refunds.ask_refund(payment=held, amount=4_000, reason="unclaimed", by=mei.user, at=now)
    refunds.note_gone(refund=refund, by=System("bank"), at=now)
    assert [(row["book"], row["taken"], row["given_back"], row["net"]) for row in table(Sheet.TAKINGS)] == [("bank", 100, 40, 60)]


def test_receipts_in_red_name_what_they_take_back(worked):
    kinds = {row["number"]: (row["kind"], row["amount"], row["corrects"]) for row in table(Sheet.RECEIPTS)}
    assert kinds["LL01-2026-000003"] == ("red_letter", Decimal(-165), "LL01-2026-000002")


def test_days_carry_both_signatures_as_numbers(worked):
    row = table(Sheet.DAYS)[0]
    assert (row["net"], row["over_or_short"], row["to_the_bank"], row["left_in_safe"]) == (165, -5, 100, 60)
    assert (row["closed_by"], row["signed_by"]) == ("001", worked.signed_by.number)


def test_purchases_say_how_they_stand(worked):
    assert [(row["status"], row["m3"], row["amount"]) for row in table(Sheet.PURCHASES)] == [("written", 60, 165), ("reversed", 60, 165)]


def test_of_other_days_and_halls_there_is_nothing(worked):
    earlier = Wanted(first=date(2026, 11, 1), last=date(2026, 11, 19))
    elsewhere = Wanted(first=TODAY, last=TODAY, hall=people.HallFactory(code="LL77"))
    assert [sheet for sheet in Sheet if table(sheet, earlier) or table(sheet, elsewhere)] == []


def test_nobody_is_named(worked, account):
    text = str([list(rows_of(sheet, DAY)) for sheet in Sheet])
    secrets = [account.number, account.customer.name, "=cmd", worked.signed_by.name]
    assert [secret for secret in secrets if secret in text] == []


class TestThePage:
    def ask(self, client, **given):
        return client.get("/staff/exports/file/", {"sheet": "journal", "first": "2026-11-01", "last": "2026-11-30", "form": "csv", **given})

    def test_gives_csv_line_by_line(self, client, signed_in, mei, worked):
        answer = self.ask(signed_in(client, mei))
        rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert answer.headers["Content-Disposition"] == 'attachment; filename="journal-2026-11-01-2026-11-30.csv"'
        assert rows[0] == ["day", "hall", "kind", "book", "debit", "credit", "postings"]
        assert ["2026-11-20", "LL01", "payment", "cash", "330.00", "0.00", "2"] in rows

    def test_gives_a_workbook(self, client, signed_in, mei, worked):
        answer = self.ask(signed_in(client, mei), form="xlsx", sheet="days")
        sheet = load_workbook(io.BytesIO(b"".join(answer))).active
        assert [cell.value for cell in sheet[2]][:3] == ["2026-11-20", "LL01", 165]

    def test_too_much_for_a_workbook_is_said_beside_what_was_chosen(self, client, signed_in, mei, worked, monkeypatch):
        monkeypatch.setattr("billing.spreadsheets.MOST_ROWS", 1)
        answer = self.ask(signed_in(client, mei), form="xlsx")
        assert (answer.status_code, "Take CSV" in answer.text) == (422, True)

    @pytest.mark.parametrize("nonsense", [{"last": "2026-10-01"}, {"first": "2024-01-01"}, {"sheet": "people"}, {"hall": "nowhere"}])
    def test_says_what_makes_no_sense(self, client, signed_in, mei, hall, nonsense):
        answer = self.ask(signed_in(client, mei), **nonsense)
        assert answer.status_code == 422
        assert "Please check what you entered" in answer.text
