"""Finance's work through the API: breaks, providers' bills and payouts, sheets of the books, days of halls, credit paid out."""

import pytest

from accounts.roles import Role
from billing.models import Break, CreditPayout, HallDay, HeldAssignment, Payout, Statement
from billing.operations import shifts
from billing.operations.held_money import ask_assignment, decide_assignment
from billing.queries.held_money import Target
from tests.api.conftest import device_of
from tests.billing.bills_of_day import as_there, fetched, paid_here, there
from tests.factories.accounts import StaffFactory
from tests.factories.checkouts import HeldPaymentFactory
from tests.factories.tills import pay

pytestmark = pytest.mark.django_db
API = "/api/v1"


def post(client, url, key="k", **body):
    return client.post(f"{API}{url}", body, format="json", headers={"Idempotency-Key": key})


def test_a_loss_is_asked_for_by_one_and_approved_by_another(meis, mei, account, now, monkeypatch):
    paid_here(account)
    fetched([there("T9", "PUNKNOWN")], at=now, monkeypatch=monkeypatch)
    found = next(row for row in meis.get(f"{API}/reconciliation/breaks/").json()["results"] if row["kind"] == "missing_there")
    assert (found["gap"], found["can"], found["transaction"], found["owner"]) == (5_500, ["write_off", "explain"], "T1", None)
    one = f"/reconciliation/breaks/{found['reference']}/"
    assert post(meis, f"{one}take-on/").json()["owner"] == mei.number
    assert post(meis, f"{one}settle/", action="write_off").json()["code"] == "reason_missing"
    assert post(meis, f"{one}settle/", action="write_off", note="seen there").json()["status"] == "asked"
    juns = device_of(StaffFactory(user__username="jun", hall=None, roles=[Role.BRANCH_MANAGER]).user)
    assert post(juns, f"{one}approve/").json()["status"] == "settled"
    assert meis.get(f"{API}/reconciliation/breaks/", {"status": "settled"}).json()["results"][0]["can"] == []


def test_using_held_money_says_for_what_and_how_we_know(meis, db, now, monkeypatch):
    fetched([there("T1", "PNOBODY")], at=now, monkeypatch=monkeypatch)
    answer = post(meis, f"/reconciliation/breaks/{Break.objects.get().reference}/settle/", action="assign")
    assert (answer.status_code, {error["pointer"] for error in answer.json()["errors"]}) == (400, {"#/target", "#/evidence"})


def test_a_bill_is_fetched_and_a_payout_noted_once(meis, account, now, monkeypatch):
    fetched(as_there(paid_here(account)), at=now, monkeypatch=monkeypatch)
    bill = meis.get(f"{API}/reconciliation/bills/").json()["results"][0]
    assert (bill["source"], bill["paid"], bill["unread"]) == ("fetched", 5_500, 0)
    assert post(meis, "/reconciliation/bills/fetch/", provider="wechat", day="2099-01-01").json()["code"] == "day_not_over"
    payout = {"provider": "wechat", "amount": 5_467, "day": "2026-11-20", "slip": "B1"}
    assert [post(meis, "/reconciliation/payouts/", **payout).status_code for _ in "12"] == [201, 201]
    assert post(meis, "/reconciliation/payouts/", key="other", **payout).json()["code"] == "slip_known"
    assert (Statement.objects.count(), Payout.objects.get().amount) == (1, 5_467)


def test_a_sheet_is_the_same_file_as_on_the_pages(meis, account, shift, now):
    pay(account, shift, at=now)
    answer = meis.get(f"{API}/exports/takings/", {"first": "2026-11-20", "last": "2026-11-20"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["day,hall,book,payments,taken,refunds,given_back,net", "2026-11-20,LL01,cash,1,165.00,0,0.00,165.00"]


@pytest.mark.parametrize(
    ("sheet", "query", "status"),
    [
        ("people", {}, 404),
        ("journal", {"last": "2026-11-01"}, 400),
        ("journal", {"first": "2025-01-01"}, 400),
        ("journal", {"hall": "nowhere"}, 400),
    ],
)
def test_what_makes_no_sheet_is_refused(meis, sheet, query, status):
    given = {"first": "2026-11-20", "last": "2026-11-20", **query}
    assert meis.get(f"{API}/exports/{sheet}/", given).status_code == status


def test_a_day_is_closed_and_signed_and_its_cash_goes_to_the_bank(meis, qiang, account, shift, now, time_machine):
    time_machine.move_to(now)
    pay(account, shift, at=now)
    qiangs, day = device_of(qiang.user), "/halls/LL01/days/2026-11-20/"
    assert post(qiangs, f"{day}close/").json()["code"] == "tills_still_open"
    shifts.count_shift(shift=shift, counted={10_000: 6, 1_000: 6}, reason="short", at=now)
    shifts.countersign_shift(shift=shift, staff=qiang, at=now)
    assert post(qiangs, "/halls/LL01/deposits/", amount=10_000, slip="B-1").json() == {"slip": "B-1", "amount": 10_000}
    closed = post(qiangs, f"{day}close/").json()
    assert (closed["net"], closed["over_or_short"], closed["left_overnight"], closed["closed_by"]) == (16_500, -500, 6_000, "001")
    assert post(qiangs, f"{day}sign/").json()["code"] == "own_day"
    assert post(meis, f"{day}sign/").status_code == 200
    assert qiangs.get(f"{API}{day}").json()["signed_by"] == HallDay.objects.get().signature.signed_by.number


def test_a_hall_or_day_that_is_not_is_not_found(meis, shift):
    codes = ["/halls/XX/days/2026-11-20/", "/halls/LL01/days/2026-11-31/"]
    assert [meis.get(f"{API}{url}").status_code for url in codes] == [404, 404]
    assert post(meis, "/halls/LL01/days/2026-11-20/sign/").json()["code"] == "day_not_found"


def test_credit_is_paid_out_when_two_agree(meis, fangs, mei, qiang, account, now):
    ask_assignment(payment=HeldPaymentFactory(), target=Target(account), because="proof", by=mei.user, at=now)
    decide_assignment(assignment=HeldAssignment.objects.get(), approve=True, by=qiang.user, at=now)
    asked = post(fangs, f"/accounts/{account.number}/credit-payouts/", reason="no_bills")
    assert (asked.status_code, asked.json()["amount"]) == (201, 10_000)
    assert post(fangs, f"/accounts/{account.number}/credit-payouts/", key="b", reason="wished").json()["code"] == "payout_waiting"
    assert post(meis, f"/credit-payouts/{asked.json()['reference']}/approve/", slip="0042").json()["status"] == "done"
    assert CreditPayout.objects.get().decided_by == mei.user.actor_label
