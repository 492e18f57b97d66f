"""Online payments over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Checkout
from billing.queries import quote
from tests.factories.checkouts import CheckoutFactory, HeldPaymentFactory


@pytest.fixture
def order(account, card, settings, time_machine, now):
    """The body of an order for 20 m³ by bank transfer."""
    time_machine.move_to(now, tick=False)
    settings.BANK_TRANSFER_TO = "示例燃气"
    fingerprint = quote(account=account, at=now, litres=20_000).fingerprint
    gas = {"account": account.number, "litres": 20_000, "fingerprint": fingerprint}
    return {**gas, "provider": "bank", "product": "transfer"}


def send(client, order, key="k"):
    return client.post("/api/v1/checkouts/", order, format="json", headers={"Idempotency-Key": key} if key else {})


def test_an_order_is_opened_once_for_its_key_and_cancelled(olives, order):
    first, again = send(olives, order), send(olives, order)
    shown = first.json()
    assert (first.status_code, shown["standing"], shown["shown"]) == (201, "waiting", {"to": "示例燃气"})
    assert again.json() == shown
    assert (send(olives, {**order, "litres": 30_000}).json()["code"], send(olives, order, key="").status_code) == ("key_reused", 428)
    assert send(olives, order, key="k2").json()["code"] == "checkout_open"
    cancelled = olives.post(f"/api/v1/checkouts/{shown['reference']}/cancel/").json()
    assert (cancelled["status"], Checkout.objects.count()) == ("cancelled", 1)


def test_a_page_takes_as_many_statements_for_many_as_for_one(olives, account):
    address = f"/api/v1/accounts/{account.number}/checkouts/"
    for _ in "123":
        HeldPaymentFactory(checkout=CheckoutFactory(account=account, status="cancelled"), held_because="cancelled")
    with CaptureQueriesContext(connection) as one:
        assert len(olives.get(address, {"limit": 1}).json()["results"]) == 1
    with CaptureQueriesContext(connection) as three:
        assert [row["standing"] for row in olives.get(address).json()["results"]] == ["going_back"] * 3
    assert len(three) == len(one)
