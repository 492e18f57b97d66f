"""Readings and bills over the API."""

from datetime import date

import pytest

from billing.models import Bill, BillPayment
from billing.operations.billing_runs import bill_last_month
from tests.factories.accounts import BindingFactory
from tests.factories.bills import ReadingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meter(tariff, olive):
    """Read on 22 September and 22 October; Olive looks after it too."""
    first = ReadingFactory()
    ReadingFactory(meter=first.meter, day=date(2026, 10, 22), litres=130_000)
    BindingFactory(user=olive, account=first.meter.account)
    return first.meter


@pytest.fixture
def bill(meter, now):
    bill_last_month(at=now)
    return Bill.objects.get()


class TestReadings:
    def send(self, client, meter, key, **body):
        address = f"/api/v1/accounts/{meter.account.number}/readings/take/"
        return client.post(address, body, format="json", headers={"Idempotency-Key": key})

    def test_a_reading_is_taken_once_for_its_key(self, olives, meter, time_machine, now):
        time_machine.move_to(now, tick=False)
        answers = [self.send(olives, meter, "k", litres=158_000) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert (answers[0].json()["standing"], answers[0].json()["day"]) == ("accepted", "2026-11-20")
        listed = olives.get(f"/api/v1/accounts/{meter.account.number}/readings/").json()["results"]
        assert [reading["litres"] for reading in listed] == [158_000, 130_000, 100_000]

    def test_a_doubt_is_said_in_words(self, olives, meter, time_machine, now):
        time_machine.move_to(now, tick=False)
        answer = self.send(olives, meter, "k", litres=120_000).json()
        assert (answer["standing"], answer["doubt"], "below the last" in answer["why"]) == ("doubtful", "below_last", True)
        refused = self.send(olives, meter, "k2", litres=1, day="2027-01-01")
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_reading")


class TestBills:
    def test_a_bill_has_its_breakdown(self, olives, bill):
        shown = olives.get(f"/api/v1/bills/{bill.number}/").json()
        assert (shown["to_pay"], shown["lines"][0]["litres"], shown["reading_litres"]) == (8_250, 30_000, 130_000)
        page = olives.get(f"/api/v1/accounts/{shown['account']}/bills/?status=open").json()
        assert [one["number"] for one in page["results"]] == [bill.number]
        assert olives.get(f"/api/v1/bills/{bill.number}/pdf/").content.startswith(b"%PDF")

    def test_a_clerks_till_takes_its_money_once(self, fangs, bill, shift):
        pay = {"path": f"/api/v1/bills/{bill.number}/take-payment/", "data": {"method": "cash", "tendered": 10_000}, "format": "json"}
        answers = [fangs.post(**pay, headers={"Idempotency-Key": "k"}).json() for _ in range(2)]
        assert [(answer["number"], answer["change"]) for answer in answers] == [("LL01-2026-B00001", 1_750)] * 2
        again = fangs.post(**pay, headers={"Idempotency-Key": "k2"})
        assert (again.status_code, again.json()["code"], BillPayment.objects.count()) == (422, "bill_not_open", 1)


def test_everybody_may_reckon(visitor, tariff):
    asked = {"price_class": "resident", "first": "2026-11-01", "end": "2026-12-01", "litres": 50_000, "used": 375_000}
    answer = visitor.post("/api/v1/calculations/", asked, format="json").json()
    assert (answer["amount"], [line["tier"] for line in answer["lines"]]) == (15_125, [1, 2])
    assert visitor.post("/api/v1/calculations/", {**asked, "end": "2026-11-01"}, format="json").status_code == 400
