"""A whole top-up at the counter: the sale in its transaction, the card outside of any."""

import pytest

from accounts.models import GasCard
from billing.devices.simulated import SimulatedReader
from billing.models import Payment
from billing.operations import Order
from billing.operations.counter import sell_and_write
from billing.queries import quote
from billing.states import TopUpStatus
from tests.factories.billing import chip_of


@pytest.fixture
def card(account):
    return account.cards.get()


@pytest.fixture
def chip(card, shift):
    return chip_of(card, shift.counter)


@pytest.fixture
def reader(chip, shift):
    return SimulatedReader(shift.counter)


@pytest.fixture
def order(account, card, shift, now):
    price = quote(account=account, at=now, litres=20_000)
    return Order(
        account=account,
        card=card,
        shift=shift,
        litres=20_000,
        fingerprint=price.fingerprint,
        method=Payment.Method.CASH,
        tendered=10_000,
        key="key-1",
    )


class TestSellAndWrite:
    def test_leaves_the_volume_on_the_card(self, order, reader, fang, now):
        top_up = sell_and_write(order=order, reader=reader, by=fang.user, at=now)
        assert top_up.status == TopUpStatus.WRITTEN
        assert (reader.read().counter, reader.read().litres) == (1, 20_000)
        assert GasCard.objects.get(pk=order.card.pk).counter == 1
