"""The ledger for finance, the price list for everybody, the approvals inbox for heads."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest

import billing.operations
from accounts.roles import Role
from billing.models import Reversal
from billing.queries.ledger import book_lines
from billing.queries.tariff_archive import tariff_archive
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.tills import pay

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def morning(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def receipt(account, shift, now):
    return pay(account, shift, at=now, written=True)


class TestLedger:
    def test_books_sum_to_zero(self, receipt):
        lines = {line.book: line.balance for line in book_lines(TODAY)}
        assert sum(lines.values()) == 0
        assert (lines["cash"], lines["sales"], lines["prepaid"], lines["safe"]) == (66_500, -16_500, 0, -50_000)

    def test_movement_is_of_the_day_and_the_balance_of_all_days(self, receipt):
        tomorrow = {line.book: (line.moved, line.balance) for line in book_lines(TODAY + timedelta(days=1))}
        assert tomorrow["cash"] == (0, 66_500)

    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30"])
    @pytest.mark.parametrize("page", ["/staff/ledger/", "/staff/ledger.csv"])
    def test_of_an_impossible_day_is_todays(self, client, signed_in, mei, page, day):
        assert signed_in(client, mei).get(page, {"day": day}).status_code == 200

    def test_each_amount_leads_to_its_story(self, client, signed_in, mei, receipt):
        page = signed_in(client, mei).get("/staff/ledger/?day=2026-11-20&book=").content.decode()
        story = f"/staff/ledger/{receipt.top_up.reference}/"
        assert story in page
        assert receipt.full_number in client.get(story).content.decode()

    @pytest.mark.parametrize(("amount", "found"), [("165.00", True), ("１６５", True), ("164.99", False), ("", True)])
    def test_a_sum_is_found(self, client, signed_in, mei, receipt, amount, found):
        page = signed_in(client, mei).get("/staff/ledger/", {"day": "2026-11-20", "book": "", "amount": amount}).content.decode()
        assert (receipt.top_up.reference in page) is found

    def test_an_unknown_purchase_is_not_found(self, client, signed_in, mei, db):
        assert signed_in(client, mei).get("/staff/ledger/NOPE/").status_code == 404

    @pytest.mark.parametrize("query", ["?day=x", "?day=2026-11-20&book=nonsense", "?page=999", "?day=2026-11-20&book=safe"])
    def test_odd_questions_are_answered(self, client, signed_in, mei, receipt, query):
        assert signed_in(client, mei).get(f"/staff/ledger/{query}").status_code == 200

    def test_the_file_sums_to_zero_and_names_nobody(self, client, signed_in, mei, receipt, account):
        answer = signed_in(client, mei).get("/staff/ledger.csv?day=2026-11-20&book=")
        body = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(body)))
        assert sum(Decimal(row["amount"]) for row in rows) == 0
        assert len(rows) == 6
        assert {row["hall"] for row in rows} == {"LL01", ""}
        assert account.number not in body
        assert account.customer.name not in body

    def test_a_day_asks_the_same_number_of_questions(self, client, signed_in, mei, account, shift, now, django_assert_max_num_queries):
        for _ in range(8):
            pay(account, shift, at=now)
        signed_in(client, mei)
        with django_assert_max_num_queries(11):
            client.get("/staff/ledger/")


class TestPrices:
    def test_are_public_with_an_example(self, client, tariff):
        page = client.get("/tariffs/").content.decode()
        assert all(part in page for part in ("¥2.75", "¥3.30", "¥4.125", "400\u00a0m³", "¥1,430.00", "in force"))

    def test_tell_past_present_and_future_apart(self, tariff):
        money.TariffVersionFactory(tariff=tariff.tariff, number=2, effective_from=date(2025, 1, 1))
        money.TariffVersionFactory(tariff=tariff.tariff, number=3, effective_from=date(2027, 1, 1))
        versions = tariff_archive(TODAY)[0].versions
        assert [(v.version.number, v.is_in_force, v.is_future) for v in versions] == [(3, False, True), (2, True, False), (1, False, False)]

    def test_of_nothing_have_an_empty_page(self, client, db):
        assert "No price has been published yet" in client.get("/tariffs/").content.decode()


class TestReversals:
    @pytest.fixture
    def asked(self, account, shift, fang, now):
        receipt = pay(account, shift, at=now, litres=100_000)
        return billing.operations.ask_reversal(top_up=receipt.top_up, reason="wrong account", by=fang.user, at=now)

    @pytest.mark.parametrize(("verb", "status"), [("approve", "approved"), ("refuse", "refused")])
    def test_are_decided_from_the_inbox(self, client, signed_in, qiang, asked, verb, status):
        page = signed_in(client, qiang).get("/staff/reversals/").content.decode()
        assert "wrong account" in page
        assert "王芳" in page
        client.post(f"/staff/reversals/{asked.top_up.reference}/{verb}/")
        assert Reversal.objects.get().status == status

    def test_long_lists_are_paged(self, client, signed_in, mei, account, fang, shift, now, monkeypatch):
        monkeypatch.setattr("billing.queries.reversal_inbox.PAGE", 1)
        for _ in range(2):
            bought = pay(account, shift, at=now, litres=100_000).top_up
            billing.operations.ask_reversal(top_up=bought, reason="wrong account", by=fang.user, at=now)
        page = signed_in(client, mei).get("/staff/reversals/?page=2").content.decode()
        assert (page.count("Asked by 王芳"), "Page 2 of 2" in page) == (1, True)

    def test_decided_twice_are_not_found_the_second_time(self, client, signed_in, qiang, asked):
        url = f"/staff/reversals/{asked.top_up.reference}/approve/"
        assert [signed_in(client, qiang).post(url).status_code for _ in range(2)] == [302, 404]

    def test_of_another_hall_do_not_exist(self, client, signed_in, asked):
        signed_in(client, people.StaffFactory(roles=[Role.HALL_HEAD]))
        assert "wrong account" not in client.get("/staff/reversals/").content.decode()
        assert client.post(f"/staff/reversals/{asked.top_up.reference}/approve/").status_code == 404

    def test_are_not_decided_by_whoever_asked(self, client, signed_in, qiang, account, shift, now):
        receipt = pay(account, shift, at=now, litres=100_000)
        billing.operations.ask_reversal(top_up=receipt.top_up, reason="mine", by=qiang.user, at=now)
        page = signed_in(client, qiang).get("/staff/reversals/").content.decode()
        assert "Somebody else must look at it" in page
        client.post(f"/staff/reversals/{receipt.top_up.reference}/approve/")
        assert Reversal.objects.get().status == "asked"
