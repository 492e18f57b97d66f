"""Credit of an account is paid out when two people agree, once, and never more than there is."""

import pytest
from django.db.models import Sum

import casework.operations
from accounts.permissions import Forbidden
from billing.models import Book, CreditPayout, Entry, HeldAssignment
from billing.operations.credit_payouts import NotSoMuchCredit, PayoutWaiting, SlipMissing, approve_payout, ask_payout, refuse_payout
from billing.operations.held_money import ask_assignment, decide_assignment
from billing.queries.exports import Sheet, Wanted, rows_of
from billing.queries.held_money import Target
from billing.queries.ledger import credit_of
from billing.queries.ledger_proof import prove
from billing.refusals import AboveYourLevel, OwnReversal
from casework.operations import WrongMove
from notices.models import Message
from tests.factories.checkouts import HeldPaymentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def credited(account, mei, qiang, now):
    """A hundred of held money became credit of Olive's account."""
    held = HeldPaymentFactory()
    ask_assignment(payment=held, target=Target(account), because="proof", by=mei.user, at=now)
    decide_assignment(assignment=HeldAssignment.objects.get(), approve=True, by=qiang.user, at=now)
    return account


@pytest.fixture
def asked(credited, fang, now):
    return ask_payout(account=credited, amount=6_000, because="no_bills", by=fang.user, at=now)


def approve(payout, by, at, slip="BK-1"):
    return approve_payout(payout=CreditPayout.objects.get(pk=payout.pk), slip=slip, by=by.user, at=at)


def wrong():
    """What the proof says of credit; how the money came in is not this test's."""
    return [finding.wrong for finding in prove() if "credit" in finding.wrong]


def test_credit_goes_to_the_bank_and_the_customer_hears_so(asked, credited, qiang, now):
    done = approve(asked, qiang, now)
    casework.operations.drain(now)
    assert (done.status, done.slip, credit_of(credited)) == ("done", "BK-1", 4_000)
    assert Entry.objects.filter(book=Book.BANK).aggregate(total=Sum("amount"))["total"] == -6_000
    assert Message.objects.filter(kind="credit_paid_out").exists()
    assert wrong() == []
    (row,) = list(rows_of(Sheet.TAKINGS, Wanted(first=now.date(), last=now.date())))[1:]
    assert row[2:] == ("bank", 0, 0, 1, 60, -60)


def test_nobody_approves_alone_or_without_the_bank_s_number(asked, fang, qiang, mei, now, settings):
    with pytest.raises(OwnReversal):
        approve(asked, fang, now)
    with pytest.raises(SlipMissing):
        approve(asked, qiang, now, slip=" ")
    settings.REVERSAL_NEEDS_COMPANY_FROM = 6_000
    with pytest.raises(AboveYourLevel):
        approve(asked, qiang, now)


def test_one_at_a_time_and_no_more_than_there_is(asked, credited, fang, qiang, now):
    with pytest.raises(PayoutWaiting):
        ask_payout(account=credited, because="wished", by=fang.user, at=now)
    approve(asked, qiang, now)
    with pytest.raises(NotSoMuchCredit):
        ask_payout(account=credited, amount=4_001, because="wished", by=fang.user, at=now)
    assert ask_payout(account=credited, because="wished", by=fang.user, at=now).amount == 4_000
    with pytest.raises(WrongMove):
        approve(asked, qiang, now)


def test_what_a_bill_used_up_meanwhile_is_not_paid_out_too(asked, credited, qiang, now):
    Entry.objects.filter(book=Book.CREDIT)._raw_delete("default")
    with pytest.raises(NotSoMuchCredit):
        approve(asked, qiang, now)
    assert refuse_payout(payout=CreditPayout.objects.get(), by=qiang.user, at=now).status == "refused"


def test_where_there_is_no_credit_nothing_is_paid_out(account, fang, now):
    with pytest.raises(NotSoMuchCredit):
        ask_payout(account=account, because="wished", by=fang.user, at=now)


def test_only_who_may_ask_to_give_money_back_asks(credited, ada, now):
    with pytest.raises(Forbidden):
        ask_payout(account=credited, because="wished", by=ada.user, at=now)


def test_the_proof_finds_what_one_person_alone_paid_out_or_was_not_booked(asked, qiang, now):
    approve(asked, qiang, now)
    CreditPayout.objects.update(amount=5_000)
    assert wrong() == [f"payout of credit {asked.pk} (key): not what the ledger says"]


class TestThePage:
    def test_one_asks_and_another_approves(self, client, signed_in, credited, fang, qiang):
        page = f"/staff/accounts/{credited.number}/credit/"
        refused = signed_in(client, fang).post(f"{page}pay-out/", {"amount": "200", "because": "wished"})
        assert (refused.status_code, "credit of ¥100.00" in refused.text, 'value="200"' in refused.text) == (422, True, True)
        client.post(f"{page}pay-out/", {"amount": "", "because": "wished"})
        assert "Whoever asked cannot approve" in client.get(page).text
        assert "Credit that somebody wants paid out" in signed_in(client, qiang).get("/staff/online-payments/").text
        client.post(f"/staff/credit-payouts/{CreditPayout.objects.get().reference}/approve/", {"slip": "BK-2"})
        assert "Transfer BK-2" in client.get(page).text
