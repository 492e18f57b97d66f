"""Selling at the till to an account whose meter is connected: no card, the volume goes out to the meter."""

import pytest

from billing.models import Book, Entry, MeterCommand, Receipt, TopUp
from billing.operations import ask_reversal, carry_out_reversal, sell
from billing.operations.meter_commands import confirm, fetch
from billing.queries.ledger_proof import prove
from billing.queries.quotes import StaleQuote
from billing.refusals import KeyReused
from billing.states import CommandStatus, TopUpStatus
from tests.factories.meters import connected


@pytest.fixture
def meter(account):
    return connected(account)


@pytest.fixture
def order(order_of, meter):
    return lambda **changes: order_of(card=None, **changes)


class TestASaleToAConnectedMeter:
    def test_takes_the_money_and_queues_the_recharge(self, order, meter, fang, shift, now):
        sold = sell(order=order(), by=fang.user, at=now)
        assert (sold.status, sold.card, sold.counter) == (TopUpStatus.RESERVED, None, None)
        assert MeterCommand.objects.get().top_up == sold
        assert Receipt.objects.get().facts["card"] == ""

    def test_may_follow_one_that_is_still_on_its_way(self, order, meter, fang, now):
        sell(order=order(key="one"), by=fang.user, at=now)
        sell(order=order(key="two"), by=fang.user, at=now)
        assert [command.number for command in fetch(meter=meter, at=now)] == [1, 2]

    def test_repeated_is_one(self, order, meter, fang, now):
        wanted = order()
        assert sell(order=wanted, by=fang.user, at=now) == sell(order=wanted, by=fang.user, at=now)
        with pytest.raises(KeyReused):
            sell(order=order(litres=10_000, key=wanted.key), by=fang.user, at=now)

    def test_at_an_old_price_is_refused_and_leaves_nothing(self, order, meter, fang, now):
        with pytest.raises(StaleQuote):
            sell(order=order(fingerprint="old"), by=fang.user, at=now)
        assert not TopUp.objects.exists()

    def test_goes_back_while_it_was_not_sent(self, order, meter, fang, shift, now):
        sold = sell(order=order(), by=fang.user, at=now)
        reversal = ask_reversal(top_up=sold, reason="wrong account", by=fang.user, at=now)
        carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=now)
        assert MeterCommand.objects.get().status == CommandStatus.WITHDRAWN
        assert TopUp.objects.get().status == TopUpStatus.REVERSED

    def test_leaves_the_books_in_order(self, order, meter, fang, now):
        sell(order=order(), by=fang.user, at=now)
        fetch(meter=meter, at=now)
        confirm(meter=meter, number=1, at=now)
        assert [finding.wrong for finding in prove() if finding.wrong] == []
        assert sum(Entry.objects.filter(book=Book.PREPAID).values_list("amount", flat=True)) == 0
