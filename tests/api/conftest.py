"""Callers of the API: somebody's device with a token."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from rest_framework.test import APIClient

import accounts.operations.tokens
from billing.devices.cards import encode
from tests.factories import accounts as people
from tests.factories import billing as money


def token_of(user, **life):
    life = timedelta(**(life or {"hours": 1}))
    return accounts.operations.tokens.open_token(user=user, device="tests", life=life, at=timezone.now())[1]


def device_of(user):
    """A client that carries a token of this user."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of(user)}")
    return client


@pytest.fixture
def visitor(db):
    return APIClient()


@pytest.fixture
def stranger(db):
    """A customer bound to nothing."""
    return device_of(people.UserFactory())


@pytest.fixture
def olives(olive):
    return device_of(olive)


@pytest.fixture
def fangs(fang):
    return device_of(fang.user)


@pytest.fixture
def meis(mei):
    return device_of(mei.user)


@pytest.fixture
def secret(fang):
    """Fang's authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(fang.user, secret)
    return secret


@pytest.fixture
def card(account):
    return account.cards.get()


@pytest.fixture
def image(card):
    """The card on the reader, as hex."""
    return encode(money.image_of(card))


@pytest.fixture
def sale(account, fangs, shift):
    """A body for POST /top-ups/: 20 m³ at today's price, in cash."""
    return sale_to(account, fangs)


def sale_to(account, client):
    quote = client.post("/api/v1/quotes/", {"account": account.number, "litres": 20_000}).json()
    return {"account": account.number, "litres": 20_000, "fingerprint": quote["fingerprint"], "method": "cash", "tendered": 10_000}


def sell(client, sale, key="key-1"):
    return client.post("/api/v1/top-ups/", sale, headers={"Idempotency-Key": key})


@pytest.fixture
def sold(fangs, sale):
    """Paid, and reserved for the card."""
    response = sell(fangs, sale)
    assert response.status_code == 201, response.content
    return response.json()
