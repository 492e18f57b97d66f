"""Held money through the API: one asks, another agrees."""

import pytest

from accounts.actors import System
from billing.models import HeldAssignment
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard
from tests.api.conftest import device_of

pytestmark = pytest.mark.django_db
LIST = "/api/v1/held-payments/"


@pytest.fixture
def held(now):
    """A hundred by bank that nobody knows."""
    heard = Heard(transaction="77", order_number="", amount=10_000, currency="CNY", paid_at=now)
    return take(provider="bank", heard=heard, heard_by="statement", by=System("bank"), at=now)


def post(client, url, key="k", **body):
    return client.post(url, body, format="json", headers={"Idempotency-Key": key})


def test_one_asks_and_another_agrees(meis, qiang, held, account):
    body = {"target": account.number, "evidence": "payer", "amount": 4_000}
    asked = post(meis, f"{LIST}{held.pk}/assign/", **body)
    assert (asked.status_code, asked.json()["status"]) == (201, "asked")
    assert post(meis, f"{LIST}{held.pk}/assign/", **body).json() == asked.json()  # the same key, the same answer
    assert meis.get(LIST).json()["results"][0]["left"] == 6_000
    approve = f"/api/v1/held-assignments/{asked.json()['reference']}/approve/"
    assert post(meis, approve).json()["code"] == "own_reversal"
    assert post(device_of(qiang.user), approve).json()["status"] == "done"
    assert HeldAssignment.objects.get().decided_by == qiang.user.actor_label


@pytest.mark.parametrize(("body", "status"), [({"target": "nobody"}, 404), ({"amount": 10_001}, 422), ({"evidence": "I say so"}, 400)])
def test_what_cannot_be_is_refused(meis, held, account, body, status):
    answer = post(meis, f"{LIST}{held.pk}/assign/", **{"target": account.number, "evidence": "payer", **body})
    assert answer.status_code == status
