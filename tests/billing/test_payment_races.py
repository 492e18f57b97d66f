"""Money that is told of by many at once, on a real database with real threads: one credit, one receipt, whatever the order."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.actors import System
from billing.models import Checkout, Payment, ProviderNotice, ProviderPayment, Receipt, Refund, TopUp
from billing.operations import paid_orders, provider_notices, provider_payments, refunds
from billing.operations.checkouts import Basket, open_checkout
from billing.operations.questions import ask, ask_due, present
from billing.providers.protocol import Callback, Heard
from billing.queries import quote
from billing.queries.ledger_proof import prove
from billing.stand_in import How
from billing.states import CheckoutStatus
from tests.billing.test_races import at_once
from tests.pay_stand_in import pay_there, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def opened(server, settings, account, card, olive, now, time_machine):
    time_machine.move_to(now)
    pay_there(settings, server)
    fingerprint = quote(account=account, at=now, litres=20_000).fingerprint
    way = {"provider": "wechat", "product": "qr", "channel": Checkout.Channel.CABINET}
    basket = Basket(account=account, litres=20_000, fingerprint=fingerprint, key="once", **way)
    return present(checkout=open_checkout(basket=basket, by=olive, at=now), at=now)


def heard(checkout, transaction="4200", **changes):
    facts = {"transaction": transaction, "order_number": checkout.reference, "amount": checkout.amount, "currency": "CNY"}
    return Heard(**{**facts, "paid_at": checkout.opened_at, **changes})


def check_one_credit():
    assert (TopUp.objects.count(), Payment.objects.count(), Receipt.objects.count(), ProviderPayment.objects.count()) == (1, 1, 1, 1)
    assert Checkout.objects.get().status == CheckoutStatus.PAID
    assert [finding.wrong for finding in prove() if not finding.is_right] == []


def hear(checkout, number, at):
    return provider_notices.hear(provider="wechat", callback=Callback(number=number, paid=heard(checkout)), at=at)


def test_fifty_copies_of_a_callback_credit_once(opened, now):
    # Half of them bear one number, as a provider repeats itself; half have numbers of their own.
    results = at_once(*[lambda n=n: hear(opened, f"n{n % 25}" if n < 25 else "same", now) for n in range(50)])
    assert not [result for result in results if not isinstance(result, bool)]
    assert ProviderNotice.objects.count() == 26
    check_one_credit()


def test_the_way_back_and_the_callback_in_the_same_instant_credit_once(opened, server, now):
    order = server.desk.orders.find(opened.reference)
    server.desk.pay(order, How.NEVER)
    told = Callback(number="n", paid=heard(opened, order.transaction))
    at_once(
        lambda: ask(checkout=opened, at=now),
        lambda: provider_notices.hear(provider="wechat", callback=told, at=now),
        lambda: ask_due(at=now + timedelta(seconds=30)),
    )
    check_one_credit()


def test_two_payments_of_one_order_use_one_and_hold_the_other(opened, now):
    facts = {"provider": "wechat", "heard_by": "callback", "by": System("tests"), "at": now}
    at_once(*[lambda n=n: provider_payments.take(heard=heard(opened, f"t{n}"), **facts) for n in range(2)])
    assert sorted(ProviderPayment.objects.values_list("use", "held_because")) == [("credited", ""), ("held", "twice")]
    assert (TopUp.objects.count(), Refund.objects.get().reason) == (1, "twice")
    assert [finding.wrong for finding in prove() if not finding.is_right] == []


def test_a_worker_killed_between_payment_and_credit_leaves_nothing_and_the_next_finds_it(opened, server, now, monkeypatch):
    server.desk.pay(server.desk.orders.find(opened.reference), How.NEVER)
    monkeypatch.setattr(paid_orders, "issue_receipt", _die)
    with pytest.raises(SystemExit):
        ask_due(at=now + timedelta(seconds=30))
    assert (TopUp.objects.count(), ProviderPayment.objects.count()) == (0, 0)
    monkeypatch.undo()
    ask_due(at=now + timedelta(minutes=5))
    check_one_credit()


def _die(**_facts):
    raise SystemExit


def test_a_callback_that_comes_before_the_code_is_kept_is_credited(server, settings, account, card, olive, now, time_machine, monkeypatch):
    """The customer is quicker than we write down what to show."""
    time_machine.move_to(now)
    pay_there(settings, server)
    fingerprint = quote(account=account, at=now, litres=20_000).fingerprint
    way = {"provider": "wechat", "product": "qr", "channel": Checkout.Channel.CABINET}
    checkout = open_checkout(basket=Basket(account=account, litres=20_000, fingerprint=fingerprint, key="k", **way), by=olive, at=now)
    plain = server.desk.orders.open

    def paid_at_once(order):
        plain(order)
        hear(checkout, "early", now)
        connection.close()  # of the stand-in's thread
        return plain(order)

    monkeypatch.setattr(server.desk.orders, "open", paid_at_once)
    present(checkout=checkout, at=now)
    check_one_credit()


def test_a_refund_is_sent_once_by_however_many_workers(opened, server, now):
    order = server.desk.orders.find(opened.reference)
    server.desk.pay(order, How.NEVER)
    with transaction.atomic():
        Checkout.objects.filter(pk=opened.pk).update(status=CheckoutStatus.CANCELLED, ended_at=now)
    ask(checkout=opened, at=now)
    assert sum(at_once(*[lambda: refunds.send_due(at=now)] * 4)) == 1
    refunds.send_due(at=now + timedelta(hours=1))
    assert (order.returned, ProviderPayment.objects.get().use) == (5_500, "returned")
