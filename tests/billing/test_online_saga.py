"""Any order of buying, paying, telling, writing and giving back keeps the books right and the customer whole."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as game
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from accounts.actors import System
from accounts.models import Account
from billing import providers
from billing.devices.cards import CardFault
from billing.models import Checkout, Payment, ProviderPayment, Receipt, Refund, TopUp
from billing.operations import ask_reversal, carry_out_reversal, questions, refunds
from billing.operations.checkouts import Basket, note_cancelled, open_checkout
from billing.operations.counter import write_now
from billing.operations.provider_payments import take
from billing.providers.protocol import Closed, Heard, RefundState, Shown
from billing.queries import quote
from billing.queries.ledger_proof import prove
from billing.refusals import Refused
from billing.states import CheckoutStatus, TopUpStatus
from casework.operations import StaleRow, WrongMove

BY = System("tests")
GAS = {"provider": "wechat", "product": "qr", "channel": Checkout.Channel.CABINET}


class Dream:
    """A provider in memory, as honest as the stand-in and much faster: what was paid is paid, what went back went back once."""

    def __init__(self):
        self.paid, self.closed, self.back = {}, set(), {}

    def open(self, order):
        return Shown(code="https://pay.test/")

    def pay(self, checkout, at):
        """Whether it could be paid: not where it is closed. A second payment is another transaction."""
        if checkout.reference in self.closed:
            return
        heard = self.paid.setdefault(checkout.reference, [])
        facts = {"order_number": checkout.reference, "amount": checkout.amount, "currency": "CNY", "paid_at": at}
        heard.append(Heard(transaction=f"{checkout.reference}-{len(heard)}", **facts))

    def ask(self, reference):
        return self.paid[reference][0] if reference in self.paid else Closed() if reference in self.closed else None

    def close(self, reference):
        if reference not in self.paid:
            self.closed.add(reference)
        return reference not in self.paid

    def refund(self, back):
        self.back.setdefault(back.reference, back.amount)
        return RefundState.DONE

    def ask_refund(self, back):
        return RefundState.DONE if back.reference in self.back else RefundState.UNKNOWN


class Saga(RuleBasedStateMachine):
    """One household, one card, one provider."""

    account = reader = shift = clerk = start = None

    def __init__(self):
        super().__init__()
        self.dream, self.at, self.keys = Dream(), self.start, 0
        providers.provider = lambda code: self.dream
        self.inside = transaction.atomic()
        self.inside.__enter__()

    def teardown(self):
        self.check()
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    def last(self):
        return Checkout.objects.order_by("-pk").first()

    @rule(litres=st.sampled_from([10_000, 20_000, 390_000]))
    def buy(self, litres):
        self.keys += 1
        account = Account.objects.get(pk=self.account.pk)
        with suppress(Refused):
            fingerprint = quote(account=account, at=self.at, litres=litres).fingerprint
            basket = Basket(account=account, litres=litres, fingerprint=fingerprint, key=f"saga-{self.keys}", **GAS)
            questions.present(checkout=open_checkout(basket=basket, by=BY, at=self.at), at=self.at)

    @rule()
    def pay(self):
        if checkout := self.last():
            self.dream.pay(checkout, self.at)

    @rule(copies=st.integers(1, 3))
    def call_back(self, copies):
        for heard in [one for paid in self.dream.paid.values() for one in paid] * copies:
            take(provider="wechat", heard=heard, heard_by="callback", by=BY, at=self.at)

    @rule()
    def cancel(self):
        if checkout := self.last():
            with suppress(Refused, WrongMove, StaleRow):
                questions.cancel(checkout=checkout, by=BY, at=self.at)

    @rule()
    def cancel_while_the_provider_is_silent(self):
        if checkout := self.last():
            with suppress(WrongMove):
                note_cancelled(checkout=checkout, by=BY, at=self.at)

    @rule(minutes=st.sampled_from([1, 6, 20, 700]))
    def time_passes_and_workers_work(self, minutes):
        self.at += timedelta(minutes=minutes)
        questions.ask_due(at=self.at)
        refunds.send_due(at=self.at)

    @rule()
    def write(self):
        top_up = TopUp.objects.filter(status__in=[TopUpStatus.PAID, TopUpStatus.FAILED]).select_related("account", "meter").first()
        if top_up is not None:
            with suppress(Refused, CardFault):
                write_now(top_up=top_up, reader=self.reader, by=BY, at=self.at)

    @rule()
    def take_back(self):
        top_up = TopUp.objects.order_by("-pk").first()
        with suppress(Refused, WrongMove, AttributeError):
            reversal = top_up.reversals.first() or ask_reversal(top_up=top_up, reason="x", by=BY, at=self.at)
            carry_out_reversal(reversal=reversal, shift=None, by=BY, at=self.at)

    def check(self):
        assert [f"{finding.rule}: {finding.wrong}" for finding in prove() if not finding.is_right] == []
        standing = TopUp.objects.exclude(status=TopUpStatus.REVERSED)
        paid = sum(row.amount for row in ProviderPayment.objects.all())
        to_go_back = sum(row.amount for row in Refund.objects.exclude(status="refused"))
        assert sum(row.amount for row in standing) == paid - to_go_back
        assert sum(self.dream.back.values()) == sum(row.amount for row in Refund.objects.filter(status="done"))
        self.check_each()

    def check_each(self):
        for checkout in Checkout.objects.filter(purpose="top_up"):
            credited = checkout.payments.filter(use="credited").count()
            assert (checkout.status == CheckoutStatus.PAID) == (checkout.top_up is not None) == (credited == 1)
        assert Payment.objects.count() == TopUp.objects.count() == Receipt.objects.filter(kind="payment").count()
        assert max(Counter(TopUp.objects.filter(counter__isnull=False).values_list("counter", flat=True)).values(), default=1) == 1


def play(examples, steps):
    chosen = game(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Saga, settings=chosen)


@pytest.fixture
def city(account, reader, now, settings, monkeypatch):
    settings.WECHAT_PAY_MCHID = "1900000001"
    monkeypatch.setattr(providers, "provider", providers.provider)  # what the machine sets is taken back
    Saga.account, Saga.reader, Saga.start = account, reader, now


def test_no_order_of_events_loses_money_or_gives_gas_twice(city):
    play(examples=8, steps=25)


@pytest.mark.long
def test_no_order_of_events_loses_money_or_gives_gas_twice_however_long(city):
    play(examples=300, steps=60)
