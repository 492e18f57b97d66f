"""Olive's card on the reader of Fang's counter, and orders for it."""

from dataclasses import replace

import pytest

from accounts.models import Account
from billing.devices.simulated import SimulatedReader
from billing.models import Payment
from billing.operations import Order
from billing.queries import quote
from tests.factories.billing import chip_of


@pytest.fixture
def card(account):
    return account.cards.select_related("account", "meter").get()


@pytest.fixture
def chip(card, shift):
    """Olive's card, lying on the reader of counter 1."""
    return chip_of(card, shift.counter)


@pytest.fixture
def reader(chip, shift):
    return SimulatedReader(shift.counter)


@pytest.fixture
def order_of(account, card, shift, now):
    """Make an order as a clerk would: quoted now, paid in cash."""

    def make(litres=20_000, at=now, **changes):
        fresh = Account.objects.get(pk=account.pk)
        order = Order(
            account=fresh,
            card=card,
            shift=shift,
            litres=litres,
            fingerprint=quote(account=fresh, at=at, litres=litres).fingerprint,
            method=Payment.Method.CASH,
            tendered=1_000_000,
            key=f"key-{litres}",
        )
        return replace(order, **changes)

    return make
