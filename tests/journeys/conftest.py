"""The counter as a journey finds it: a clerk at an open till, a customer's card on the reader."""

import pytest

from tests.factories.billing import chip_of


@pytest.fixture
def chip(account, shift):
    """Olive's card on the reader of Fang's counter."""
    return chip_of(account.cards.get(), shift.counter)


@pytest.fixture
def counter(live_server, page, signed_in, fang, shift, chip):
    """The counter's page, Fang signed in, Olive's card on the reader."""
    signed_in(page, fang)
    page.goto(f"{live_server.url}/counter/")
    return page
