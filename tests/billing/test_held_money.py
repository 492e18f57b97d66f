"""Held money is used for what it is for, when two people agree, and for nothing else; the books stay right."""

from datetime import date
from unittest.mock import DEFAULT, Mock

import pytest
from django.db.models import Sum

import casework.operations
from accounts.actors import System
from accounts.permissions import Forbidden
from billing.charge_refusals import ChargeNotOpen
from billing.models import Bill, Book, Charge, Checkout, Entry, HeldAssignment, Posting, ProviderPayment, Refund, TopUp
from billing.operations import ask_reversal, carry_out_reversal, charge_returns, decide_reversal, held_money, refunds, transfers_back
from billing.operations.bills import bill_month
from billing.operations.checkouts import Basket, open_checkout
from billing.operations.held_money import AlreadyWished, NotPayable, NotSoMuchHeld, OtherPrice, ask_assignment, decide_assignment
from billing.operations.ledger import Line, post
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard, RefundState
from billing.queries import quote
from billing.queries.held_money import Target, TargetNotFound, find_target, left_of
from billing.queries.ledger_proof import prove
from billing.refusals import AboveYourLevel, OwnReversal
from casework.operations import WrongMove
from notices.models import Message
from tests.factories.bills import ReadingFactory
from tests.factories.charges import ChargeFactory
from tests.factories.checkouts import AssignmentFactory, CheckoutFactory

pytestmark = pytest.mark.django_db
LIST = "/staff/online-payments/"


@pytest.fixture(autouse=True)
def transfers(settings):
    settings.BANK_TRANSFER_TO = "示例燃气, 示例银行, 6222"


@pytest.fixture
def held(now):
    """A hundred by bank that nobody knows."""
    heard = Heard(transaction="77", order_number="", amount=10_000, currency="CNY", paid_at=now)
    return take(provider="bank", heard=heard, heard_by="statement", by=System("bank"), at=now)


@pytest.fixture
def order(account, chip, tariff, now):
    """Olive's twenty cubic metres, to be transferred."""
    offer = quote(account=account, litres=20_000, at=now)
    basket = Basket(
        account=account, provider="bank", product="transfer", channel=Checkout.Channel.CABINET, key="k",
        litres=20_000, fingerprint=offer.fingerprint,
    )  # fmt: skip
    return open_checkout(basket=basket, by=System("tests"), at=now)


@pytest.fixture
def ask(held, mei, now):
    def ask(target, **given):
        return ask_assignment(payment=held, target=target, because="proof", by=mei.user, at=now, **given)

    return ask


def agree(assignment, by, at):
    return decide_assignment(assignment=HeldAssignment.objects.get(pk=assignment.pk), approve=True, by=by.user, at=at)


def balance(book):
    return Entry.objects.filter(book=book).aggregate(total=Sum("amount"))["total"] or 0


def wrong():
    return [finding.wrong for finding in prove() if finding.wrong]


def test_pays_the_order_it_was_meant_for(ask, order, held, qiang, now):
    agree(ask(find_target(order.reference)), qiang, now)
    top_up = TopUp.objects.get()
    assert (top_up.status, top_up.payment.method, top_up.litres, top_up.receipts.count()) == ("paid", "bank", 20_000, 1)
    assert (balance(Book.BANK), balance(Book.HELD), balance(Book.PREPAID)) == (10_000, -4_500, -5_500)
    assert (left_of(held), ProviderPayment.objects.get().use) == (4_500, "held")
    assert wrong() == []


def test_what_is_left_goes_back_and_the_payment_is_over(ask, order, held, mei, qiang, now):
    agree(ask(find_target(order.reference)), qiang, now)
    refund = refunds.ask_refund(payment=held, amount=4_500, reason="twice", by=mei.user, at=now)
    refunds.note_outcome(reference=refund.reference, state=RefundState.DONE, by=System("bank"), at=now)
    assert (ProviderPayment.objects.get().use, balance(Book.HELD)) == ("assigned", 0)
    assert wrong() == []


def test_a_purchase_made_of_it_can_be_taken_back(ask, order, mei, qiang, fang, now):
    agree(ask(find_target(order.reference)), qiang, now)
    reversal = ask_reversal(top_up=TopUp.objects.get(), reason="wrong", by=fang.user, at=now)
    if reversal.status == "asked":
        decide_reversal(reversal=reversal, approve=True, by=qiang.user, at=now)
    carry_out_reversal(reversal=reversal, shift=None, by=fang.user, at=now)
    assert (balance(Book.HELD), balance(Book.PREPAID)) == (-10_000, 0)
    assert wrong() == []
    refunds.note_outcome(reference=Refund.objects.get().reference, state=RefundState.DONE, by=System("bank"), at=now)
    assert (balance(Book.BANK), balance(Book.HELD)) == (4_500, -4_500)
    assert wrong() == []


def test_pays_a_charge_for_works_and_goes_back_by_transfer_when_it_is_withdrawn(ask, held, qiang, now):
    charge = ChargeFactory(amount=10_000, lines=[{"words": "Connection", "hundredths": 100, "price": 10_000, "amount": 10_000}])
    assignment = ask(find_target(charge.basis))
    with pytest.raises(AlreadyWished):
        ask(find_target(charge.reference))
    agree(assignment, qiang, now)
    assert (charge.receipts.get().method, balance(Book.HELD), balance(Book.ADVANCES)) == ("bank", 0, -10_000)
    assert (ProviderPayment.objects.get().use, wrong()) == ("assigned", [])
    asked = charge_returns.ask_charge_return(charge=charge, amount=4_000, cause="changed_mind", by=System("tests"), at=now)
    assert (asked.status, left_of(held), balance(Book.HELD), wrong()) == ("done", 0, -4_000, [])
    refunds.note_outcome(reference=asked.refund.reference, state=RefundState.DONE, by=System("bank"), at=now)
    assert (balance(Book.BANK), balance(Book.HELD), wrong()) == (6_000, 0, [])


def test_a_charge_paid_meanwhile_takes_nothing(ask, held, qiang, now):
    charge = ChargeFactory(amount=10_000)
    assignment = ask(find_target(charge.reference))
    Charge.objects.filter(pk=charge.pk).update(status="withdrawn", ended_at=now)
    with pytest.raises(ChargeNotOpen):
        agree(assignment, qiang, now)
    assert balance(Book.HELD) == -10_000


def test_becomes_credit_and_the_customer_hears_so(ask, account, qiang, now):
    agree(ask(find_target(account.number)), qiang, now)
    casework.operations.drain(now)
    assert (balance(Book.HELD), balance(Book.CREDIT), ProviderPayment.objects.get().use) == (0, -10_000, "assigned")
    assert Posting.objects.latest("pk").kind == "assigned"
    assert Message.objects.filter(kind="money_credited").exists()
    assert wrong() == []


def test_pays_a_bill(ask, tariff, qiang, now):
    first = ReadingFactory()
    ReadingFactory(meter=first.meter, day=date(2026, 10, 22), litres=130_000)
    bill = bill_month(account=first.meter.account, month=date(2026, 10, 1), by=System("tests"), at=now)
    assignment = ask(find_target(bill.number))
    agree(assignment, qiang, now)
    assert (assignment.amount, Bill.objects.get().status, balance(Book.RECEIVABLE)) == (bill.to_pay, "paid", 0)
    assert wrong() == []


def test_takes_two_people(ask, account, held, mei, now):
    assignment = ask(find_target(account.number))
    with pytest.raises(OwnReversal):
        decide_assignment(assignment=assignment, approve=True, by=mei.user, at=now)
    assert balance(Book.HELD) == -10_000


def test_a_clerk_cannot_agree(ask, account, fang, now):
    with pytest.raises(Forbidden):
        decide_assignment(assignment=ask(find_target(account.number)), approve=True, by=fang.user, at=now)


def test_parts_of_one_payment_need_whoever_may_approve_the_whole(ask, account, held, mei, qiang, now, settings):
    settings.REVERSAL_NEEDS_COMPANY_FROM = 8_000
    first = ask(find_target(account.number), amount=5_000)
    refund = refunds.ask_refund(payment=held, amount=4_000, reason="unclaimed", by=mei.user, at=now)
    with pytest.raises(AboveYourLevel):
        agree(first, qiang, now)
    with pytest.raises(AboveYourLevel):
        refunds.decide_refund(refund=refund, approve=True, by=qiang.user, at=now)


def test_is_decided_once(ask, account, qiang, now):
    assignment = ask(find_target(account.number))
    agree(assignment, qiang, now)
    with pytest.raises(WrongMove):
        agree(assignment, qiang, now)
    assert balance(Book.CREDIT) == -10_000


def test_what_was_refused_is_free_again(ask, account, held, qiang, now):
    decide_assignment(assignment=ask(find_target(account.number)), approve=False, by=qiang.user, at=now)
    assert left_of(held) == 10_000


def test_no_more_than_came_in(ask, account, mei, held, now):
    refunds.ask_refund(payment=held, amount=6_000, reason="unclaimed", by=mei.user, at=now)
    with pytest.raises(NotSoMuchHeld):
        ask(find_target(account.number), amount=4_001)
    ask(find_target(account.number), amount=4_000)
    with pytest.raises(refunds.TooMuchBack):
        refunds.ask_refund(payment=held, amount=1, reason="unclaimed", by=mei.user, at=now)


def test_an_order_is_paid_whole_and_asked_for_once(ask, order, now):
    with pytest.raises(OtherPrice):
        ask(find_target(order.reference), amount=5_000)
    ask(find_target(order.reference))
    with pytest.raises(AlreadyWished):
        ask(find_target(order.reference))


def test_two_who_ask_at_once_out_of_two_payments_get_one_order_paid(ask, order, mei, now, monkeypatch):
    # The first look comes before the other has asked.
    looks = Mock(side_effect=[None, DEFAULT], wraps=held_money._check_target)
    monkeypatch.setattr(held_money, "_check_target", looks)
    AssignmentFactory(account=order.account, checkout=order, amount=5_500)
    with pytest.raises(AlreadyWished):
        ask(find_target(order.reference))


def test_an_order_paid_meanwhile_takes_nothing(ask, order, held, qiang, now):
    assignment = ask(find_target(order.reference))
    heard = Heard(transaction="78", order_number=order.reference, amount=5_500, currency="CNY", paid_at=now)
    take(provider="bank", heard=heard, heard_by="statement", by=System("bank"), at=now)
    with pytest.raises(NotPayable):
        agree(assignment, qiang, now)
    assert (HeldAssignment.objects.get().status, left_of(held)) == ("asked", 4_500)
    assert wrong() == []


def test_an_order_that_was_cancelled_is_not_paid(ask, account):
    with pytest.raises(NotPayable):
        ask(Target(account, checkout=CheckoutFactory(account=account, status="cancelled")))


def test_a_number_nobody_has_is_said(db):
    with pytest.raises(TargetNotFound):
        find_target("P999")


class TestTheProof:
    def test_finds_credit_that_nobody_agreed_to(self, held, account, now):
        lines = [Line(Book.HELD, 10_000, account=account), Line(Book.CREDIT, -10_000, account=account)]
        post(Posting.Kind.ASSIGNED, lines, by=System("tests"), at=now)
        assert f"account {account.pk}: 10000 of held money in its credit, 0 agreed" in wrong()

    def test_finds_an_agreement_that_was_not_booked(self, ask, account, now):
        assignment = ask(find_target(account.number))
        HeldAssignment.objects.filter(pk=assignment.pk).update(status="done", decided_by="user:9", decided_at=now)
        assert any("held money in its credit" in each for each in wrong())


class TestThePage:
    def test_one_asks_another_agrees(self, client, signed_in, held, account, mei, qiang):
        asked = {"target": account.number, "amount": "40", "because": "payer"}
        signed_in(client, mei).post(f"{LIST}held/{held.pk}/assign/", asked)
        assert "Whoever asked cannot approve" in client.get(LIST).text
        signed_in(client, qiang).post(f"{LIST}assignments/{HeldAssignment.objects.get().reference}/approve/")
        assert balance(Book.CREDIT) == -4_000
        assert "Still free: ¥60.00" in client.get(LIST).text

    def test_what_was_typed_stays_with_the_reason(self, client, signed_in, held, mei):
        answer = signed_in(client, mei).post(f"{LIST}held/{held.pk}/assign/", {"target": "nobody", "amount": "1", "because": "payer"})
        assert answer.status_code == 422
        assert "no order, no bill, no charge and no account" in answer.text
        assert 'value="nobody"' in answer.text
        assert '<option value="payer" selected' in answer.text


def test_what_a_provider_cannot_give_back_is_transferred(held, mei, qiang, now):
    refund = refunds.ask_refund(payment=held, amount=10_000, reason="unclaimed", by=mei.user, at=now)
    Refund.objects.filter(pk=refund.pk).update(status="failed")
    done = transfers_back.note_given_by_hand(refund=Refund.objects.get(), by=qiang.user, at=now)
    assert (done.status, done.out_of, balance(Book.BANK), balance(Book.HELD)) == ("done", "bank", 0, 0)
    assert wrong() == []
