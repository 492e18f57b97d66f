"""Charges for works: whoever pays needs no account; paid once whatever a provider does, given back by two people, earned at the end."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as game
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from accounts.actors import System
from accounts.clock import business_date
from billing import providers
from billing.charge_refusals import ChargeNotOpen, ReturnUnderWay, TooMuchOfCharge
from billing.models import Charge, ChargeReceipt, Checkout, Entry, Payment, ProviderPayment, Refund
from billing.operations import charge_checkouts, charge_returns, charge_tills, charges, questions, refunds
from billing.operations.provider_payments import take
from billing.queries.charges import money_of
from billing.queries.exports import Sheet, Wanted, rows_of
from billing.queries.hall_days import day_totals
from billing.queries.ledger_proof import prove
from billing.queries.matching import booked
from billing.queries.verdicts import verify
from billing.refusals import AboveYourLevel, OwnReversal, Refused
from casework.operations import StaleRow, WrongMove
from tests.factories.accounts import StaffFactory
from tests.factories.charges import ChargeFactory, ChargeReturnFactory

from .household import Dream

BY = System("tests")
BOSS = System("boss")
NO = (Refused, WrongMove, StaleRow)
SEEDS = game(max_examples=25, stateful_step_count=14, deadline=None, phases=[Phase.generate], database=None,
             suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], derandomize=True)  # fmt: skip


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def balance(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


def check_books():
    wrong = [f"{finding.rule}: {finding.wrong}" for finding in prove() if not finding.is_right]
    assert wrong == []


@pytest.fixture
def dream(monkeypatch):
    """A provider in memory."""
    dream = Dream()
    monkeypatch.setattr(providers, "provider", lambda code: dream)
    monkeypatch.setattr(providers, "offered", lambda: {"wechat": ("qr",)})
    return dream


@pytest.fixture
def charge(db):
    return ChargeFactory()


def opened(charge, at, key="k"):
    basket = charge_checkouts.ChargeBasket(charge=charge, provider="wechat", product="qr", key=key)
    return charge_checkouts.open_charge_checkout(basket=basket, by=BY, at=at)


def heard(dream, checkout, at):
    for one in dream.paid.get(checkout.reference, []):
        take(provider="wechat", heard=one, heard_by="callback", by=BY, at=at)


def at_till(charge, shift, at, **changes):
    given = {"method": Payment.Method.CASH, "tendered": charge.amount, "key": f"till-{charge.pk}", **changes}
    taken = charge_tills.ChargeTakings(charge=charge, shift=shift, **given)
    return charge_tills.pay_charge_at_till(taken=taken, by=shift.clerk.user, at=at)


def test_a_callback_heard_three_times_pays_a_charge_once(charge, dream, hall, now):
    checkout = opened(charge, now)
    dream.pay(checkout, now)
    for _ in range(3):
        heard(dream, checkout, now)
    assert (fresh(charge).status, fresh(charge).paid_by, fresh(checkout).status) == ("paid", "wechat", "paid")
    assert (ChargeReceipt.objects.count(), ProviderPayment.objects.count()) == (1, 1)
    assert (balance("wechat"), balance("advances")) == (300_000, -300_000)
    paid = ProviderPayment.objects.select_related("checkout").get()
    assert booked([paid]) == {paid.pk: 300_000}
    check_books()


def test_a_lost_callback_is_asked_for_and_money_after_the_end_still_pays(charge, dream, hall, now):
    checkout = opened(charge, now)
    dream.pay(checkout, now)
    assert questions.ask_due(at=now + timedelta(seconds=20)) == 1
    assert fresh(charge).is_paid
    late = ChargeFactory()
    checkout = opened(late, now, key="late")
    questions.ask(checkout=checkout, at=checkout.expires_at)
    assert fresh(checkout).status == "expired"
    dream.paid = {}
    dream.closed.clear()
    dream.pay(checkout, now)
    heard(dream, checkout, checkout.expires_at)
    assert fresh(late).is_paid
    check_books()


@pytest.mark.parametrize("ended", ["paid at a till", "withdrawn"])
def test_money_for_a_charge_that_is_over_is_held_to_go_back(charge, dream, shift, now, ended):
    checkout = opened(charge, now)
    if ended == "withdrawn":
        charges.withdraw_charge(charge=charge, by=BY, at=now)
    else:
        at_till(charge, shift, now)
    dream.pay(checkout, now)
    heard(dream, checkout, now)
    refunds.decide_refund(refund=Refund.objects.get(), approve=True, by=BOSS, at=now)
    assert refunds.send_due(at=now) == 1
    assert (sum(dream.back.values()), Refund.objects.get().status) == (300_000, "done")
    check_books()


def test_a_till_takes_a_charge_once_for_each_key_and_gives_it_back_in_red(charge, shift, qiang, now):
    paid, again = (at_till(charge, shift, now, tendered=400_000) for _ in range(2))
    assert (paid.pk, paid.facts["change"], paid.full_number) == (again.pk, 100_000, "LL01-2026-C00001")
    asked = charge_returns.ask_charge_return(charge=charge, amount=120_000, cause="changed_mind", by=BY, at=now)
    with pytest.raises(ReturnUnderWay):
        charges.settle_charge(charge=charge, by=BY, at=now)
    charge_returns.decide_charge_return(asked=asked, approve=True, by=BOSS, at=now)
    red, same = (charge_returns.pay_out_charge_return(asked=asked, shift=shift, by=shift.clerk.user, at=now) for _ in range(2))
    assert (red.pk, red.amount, red.facts["corrects"]) == (same.pk, -120_000, paid.full_number)
    charges.settle_charge(charge=charge, by=BY, at=now)
    assert (balance("advances"), balance("works"), money_of(fresh(charge)).earned) == (0, -180_000, 180_000)
    check_books()


def test_what_a_charge_moved_is_checked_exported_and_on_the_sheet_of_the_day(charge, shift, hall, client, now):
    paid = at_till(charge, shift, now)
    assert verify(paid.code).contract == charge.basis
    asked = charge_returns.ask_charge_return(charge=charge, amount=1_000, cause="changed_mind", by=BY, at=now)
    red = charge_returns.pay_out_charge_return(asked=asked, shift=shift, by=shift.clerk.user, at=now)
    assert b"it proves the rest" in client.get(f"/verify/{paid.code}/").content
    assert (verify(red.code).corrects, verify("0" * 20).is_genuine) == (paid.full_number, False)
    _head, *rows = rows_of(Sheet.CHARGE_RECEIPTS, Wanted(first=business_date(now), last=business_date(now)))
    assert [(row[0], row[4], row[6]) for row in rows] == [(paid.full_number, charge.basis, 3_000), (red.full_number, charge.basis, -10)]
    totals = day_totals(hall, business_date(now))
    assert (totals["charges"], totals["net"]) == ({"first": 1, "last": 2, "count": 2, "total": 299_000, "back": -1_000}, 299_000)
    assert totals["voided"] == [{"number": red.full_number, "corrects": paid.full_number, "amount": -1_000}]


def test_nobody_pays_a_charge_twice_over_the_counter_or_gets_more_than_was_paid(charge, shift, now):
    at_till(charge, shift, now)
    with pytest.raises(ChargeNotOpen):
        at_till(charge, shift, now, key="another")
    with pytest.raises(TooMuchOfCharge):
        charge_returns.ask_charge_return(charge=charge, amount=300_001, cause="wrong", by=BY, at=now)


def test_a_large_return_needs_another_person_with_the_level_for_it(charge, shift, qiang, mei, settings, now):
    settings.REVERSAL_NEEDS_COMPANY_FROM = 200_000
    at_till(charge, shift, now)
    asked = charge_returns.ask_charge_return(charge=charge, amount=250_000, cause="changed_mind", by=mei.user, at=now)
    with pytest.raises(OwnReversal):
        charge_returns.decide_charge_return(asked=asked, approve=True, by=mei.user, at=now)
    with pytest.raises(AboveYourLevel):
        charge_returns.decide_charge_return(asked=asked, approve=True, by=qiang.user, at=now)
    head = StaffFactory(user__username="boss", number="901", hall=None, roles=["branch_manager"])
    assert charge_returns.decide_charge_return(asked=asked, approve=True, by=head.user, at=now).is_payable


def test_the_proof_finds_a_return_that_no_ledger_knows(charge, shift, now):
    at_till(charge, shift, now)
    ChargeReturnFactory(charge=fresh(charge), status="done", decided_by="system:boss", decided_at=now)
    assert next(finding.wrong for finding in prove() if not finding.is_right).startswith(f"charge {charge.reference}: -300000 in advance")


class Advance(RuleBasedStateMachine):
    """One charge, one provider, one till: paid any number of times, asked back in parts, refused, paid out, settled, in any order."""

    shift = start = None

    def __init__(self):
        super().__init__()
        self.dream, self.at, self.keys = Dream(), self.start, 0
        providers.provider = lambda code: self.dream
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.charge = ChargeFactory()
        self.begin()

    @rule()
    def begin(self):
        self.keys += 1
        with suppress(*NO):
            opened(fresh(self.charge), self.at, key=f"k{self.keys}")

    @rule(missing=st.sampled_from([0, 0, 0, 500]), told=st.sampled_from([2, 1, 0]))
    def pay_online(self, missing, told):
        checkout = Checkout.objects.order_by("-pk").first()
        if checkout is not None and len(self.dream.paid.get(checkout.reference, ())) < 2:
            self.dream.pay(checkout, self.at, missing)
            for _ in range(told):
                heard(self.dream, checkout, self.at)

    @rule()
    def pay_at_till(self):
        with suppress(*NO):
            at_till(fresh(self.charge), self.shift, self.at)

    @rule(amount=st.sampled_from([1_000, 100_000, 300_000]))
    def ask_back(self, amount):
        with suppress(*NO):
            charge_returns.ask_charge_return(charge=self.charge, amount=amount, cause="changed_mind", by=BY, at=self.at)

    @rule(approve=st.booleans())
    def decide(self, approve):
        for asked in self.charge.returns.filter(status="asked"):
            charge_returns.decide_charge_return(asked=asked, approve=approve, by=BOSS, at=self.at)

    @rule()
    def pay_out(self):
        for asked in self.charge.returns.filter(status="approved"):
            with suppress(*NO):
                charge_returns.pay_out_charge_return(asked=asked, shift=self.shift, by=BY, at=self.at)

    @rule(act=st.sampled_from([charges.settle_charge] * 5 + [charges.withdraw_charge]))
    def end(self, act):
        with suppress(*NO):
            act(charge=self.charge, by=BY, at=self.at)

    @rule(hours=st.sampled_from([0.01, 1, 80]))
    def wait(self, hours):
        self.at += timedelta(hours=hours)
        questions.ask_due(at=self.at)
        refunds.send_due(at=self.at)

    def teardown(self):
        try:
            self.come_to_rest()
            check_books()
            self.check_money()
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)

    def come_to_rest(self):
        for checkout in Checkout.objects.all():
            heard(self.dream, checkout, self.at)
        for refund in Refund.objects.filter(status="asked"):
            refunds.decide_refund(refund=refund, approve=True, by=BOSS, at=self.at)
        for _ in range(3):
            refunds.send_due(at=self.at, limit=50)

    def check_money(self):
        """Advance and refund and earned sum to what was paid, and providers hold no more than that."""
        charge = Charge.objects.get(pk=self.charge.pk)
        money = money_of(charge)
        assert money.paid == money.held + money.back + money.earned
        assert ChargeReceipt.objects.filter(charge_return=None).count() == bool(money.paid)
        came = sum(one.amount for several in self.dream.paid.values() for one in several)
        online = money.paid - money.back if charge.paid_by == "wechat" else 0
        assert came - sum(self.dream.back.values()) == online == balance("wechat")


def test_any_order_of_paying_and_giving_back_keeps_advance_refund_and_earned_even(shift, now, monkeypatch):
    monkeypatch.setattr(providers, "provider", providers.provider)
    monkeypatch.setattr(providers, "offered", lambda: {"wechat": ("qr",)})
    Advance.shift, Advance.start = shift, now
    run_state_machine_as_test(Advance, settings=SEEDS)
