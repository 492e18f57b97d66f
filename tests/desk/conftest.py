"""A clerk at an open till with a customer's card on the reader, without a browser."""

import pytest

from tests.factories.billing import chip_of


@pytest.fixture
def chip(account, shift):
    """Olive's card on the reader of Fang's counter."""
    return chip_of(account.cards.get(), shift.counter)


@pytest.fixture
def clerk(client, signed_in, fang, shift):
    """Fang's browser, her till open."""
    return signed_in(client, fang)
