"""A clerk at an open till with a customer's card on the reader, without a browser."""

import pytest

from accounts.roles import Role
from tests.factories.accounts import StaffFactory
from tests.factories.billing import chip_of


@pytest.fixture
def chip(account, shift):
    """Olive's card on the reader of Fang's counter."""
    return chip_of(account.cards.get(), shift.counter)


@pytest.fixture
def clerk(client, signed_in, fang, shift):
    """Fang's browser, her till open."""
    return signed_in(client, fang)


@pytest.fixture
def xia(db):
    """An agent of the hotline."""
    return StaffFactory(user__username="xia", name="宋霞", number="040", hall=None, roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def sun(db):
    """Her supervisor."""
    return StaffFactory(user__username="sun", name="孙丽", number="030", hall=None, roles=[Role.SUPERVISOR])
