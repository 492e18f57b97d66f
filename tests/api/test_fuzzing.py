"""Schemathesis throws whatever the schema allows, and what it does not, at every endpoint: a clerk's token, in this process."""

import re
from itertools import count

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import settings
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from billing.devices.cards import encode
from tests.conftest import forget_other_worlds
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories.casework import GeneralRequestFactory

from .conftest import device_of, sale_to, sell, token_of
from .fuzzing import ADDRESSES, CREWS, FEW, schema, throw, throw_drawn

#: What no schema allows breaks the database that is strict first; the forgiving one is asked when there is time.
pytestmark = pytest.mark.production
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MANY = settings(FEW, max_examples=200)
#: Crews' devices have a token and a test of their own.
NOT_CREWS = [address for address in ADDRESSES if address not in CREWS]


@pytest.fixture(scope="module")
def things(django_db_setup, django_db_blocker):
    """A clerk's token, and what there is to ask about: made once for all addresses, and taken back at the end."""
    forget_other_worlds()
    with django_db_blocker.unblock(), transaction.atomic():
        made = _things()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


def _things():
    """A card paid for and being written, and a request."""
    shift = money.ShiftFactory(counter__number=1)
    money.TariffVersionFactory()
    card = people.GasCardFactory()
    account, client = card.account, device_of(shift.clerk.user)
    sold = sell(client, sale_to(account, client)).json()
    writes, image = f"/api/v1/top-ups/{sold['reference']}/writes/", encode(money.image_of(card))
    return {
        "token": token_of(shift.clerk.user),
        "account": account.number,
        "reference": sold["reference"],
        "receipt": sold["receipts"][0],
        "write": client.post(writes, {"image": image}, headers={"Idempotency-Key": "aim"}).json()["id"],
        "case": GeneralRequestFactory(case__account=account).case.reference,
    }


@pytest.fixture
def uncounted(db, monkeypatch):
    """Where nobody counts requests, and the test's transaction outlives one, as with Django's own test client."""
    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda self, request, view: True)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(things, uncounted):
    return {"Authorization": f"Bearer {things['token']}"}


@pytest.fixture
def aim(things):
    """Puts things that exist where a case invented a number, so that it gets past “not found”; every fourth keeps its own."""
    counted = count()

    def aimed(case):
        if next(counted) % 4 == 3:
            return case
        number = things["receipt" if "/receipts/" in case.operation.path else "account"]
        reference = things["case" if "/cases/" in case.operation.path else "reference"]
        real = {**things, "number": number, "reference": reference}
        case.path_parameters = {name: real.get(name, value) for name, value in (case.path_parameters or {}).items()}
        if isinstance(case.body, dict) and "account" in case.body:
            case.body["account"] = things["account"]
        return case

    return aimed


def test_every_address_is_asked():
    found = {(operation.ok().method, operation.ok().path) for operation in schema().get_all_operations()}
    assert set(ADDRESSES) == found


@pytest.mark.every_row
@pytest.mark.parametrize(("method", "path"), NOT_CREWS)
def test_nothing_breaks_and_every_answer_is_documented(method, path, headers, aim):
    throw(method, path, lambda case: aim(case).call_and_validate(headers=headers, checks=CHECKS))


@pytest.mark.every_row
@pytest.mark.parametrize("invented", ["0", "-1", "9" * 30, "%00", "%F0%9F%94%A5", "x" * 300, "%25", "'"])
def test_addresses_that_nobody_has_do_not_break(invented, headers):
    """Garbage where the address of a thing stands, without a body."""
    client = APIClient(headers=headers)
    holed = [(method, re.sub(r"\{\w+\}", invented, path)) for method, path in ADDRESSES if "{" in path]
    with transaction.atomic():
        statuses = {(method, path): client.generic(method.upper(), path).status_code for method, path in holed}
        transaction.set_rollback(True)
    assert {address: status for address, status in statuses.items() if status >= 500} == {}
    assert len(holed) > 50


@pytest.mark.long
@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_nothing_breaks_in_many_tries(method, path, headers, aim):
    throw_drawn(method, path, lambda case: aim(case).call_and_validate(headers=headers, checks=CHECKS), MANY)
