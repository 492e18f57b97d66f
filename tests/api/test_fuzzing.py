"""Schemathesis throws whatever the schema allows, and what it does not, at every endpoint: a clerk's token, in this process."""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings, strategies
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories.casework import GeneralRequestFactory

from .conftest import token_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW = settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=200)


schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))

application = get_wsgi_application()


def _reached_from_somewhere(environ, start_response):
    """The in-process transport names no address; sign-in throttles need one."""
    return application({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)


schema.app = _reached_from_somewhere
#: Crews' devices have a token and a test of their own.
not_crews = schema.exclude(path_regex="^/api/v1/crew/")
PATHS = sorted({(found.ok().method, found.ok().path) for found in schema.get_all_operations()})


@pytest.fixture
def headers(fang, aim, monkeypatch):
    """A clerk's token, in a product with something in it where nobody counts requests."""
    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda self, request, view: True)
    # As Django's own test client does: the test's transaction must outlive a request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {token_of(fang.user)}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def aim(account, sold, fangs, image):
    """Puts things that exist where a case invented a number, so that it gets past “not found”."""
    write = fangs.post(f"/api/v1/top-ups/{sold['reference']}/writes/", {"image": image}, headers={"Idempotency-Key": "aim"}).json()
    request_row = GeneralRequestFactory(case__account=account)
    real = {"account": account.number, "number": account.number, "reference": sold["reference"], "write": write["id"]}

    def aimed(case):
        real_number = sold["receipts"][0] if "/receipts/" in case.operation.path else account.number
        parameters = {**real, "number": real_number}
        if "/cases/" in case.operation.path:
            parameters["reference"] = request_row.case.reference
        case.path_parameters = {name: parameters.get(name, value) for name, value in (case.path_parameters or {}).items()}
        if isinstance(case.body, dict) and "account" in case.body:
            case.body["account"] = account.number
        return case

    return aimed


if connection.vendor == "postgresql":  # which is the stricter of the two; both get the same for things that exist

    @schema.parametrize()
    @FEW
    def test_nothing_breaks_and_every_answer_is_documented(case, headers):
        case.call_and_validate(headers=headers, checks=CHECKS)


@not_crews.parametrize()
@FEW
def test_real_things_do_not_break_either(case, headers, aim):
    aim(case).call_and_validate(headers=headers, checks=CHECKS)


@pytest.mark.parametrize("invented", ["0", "-1", "9" * 30, "%00", "%F0%9F%94%A5", "x" * 300, "%25", "'"])
def test_addresses_that_nobody_has_do_not_break(invented, headers, fang):
    """Garbage where the address of a thing stands, without a body."""
    client = APIClient(headers=headers)
    holed = [(method, re.sub(r"\{\w+\}", invented, path)) for method, path in PATHS if "{" in path]
    with transaction.atomic():
        statuses = {(method, path): client.generic(method.upper(), path).status_code for method, path in holed}
        transaction.set_rollback(True)
    assert {address: status for address, status in statuses.items() if status >= 500} == {}
    assert len(holed) > 50


@pytest.mark.long
@pytest.mark.parametrize(("method", "path"), PATHS)
def test_nothing_breaks_in_many_tries(method, path, headers, aim):
    """Made when it runs: two hundred cases for each address would be prepared also where nobody wants them."""

    @MANY
    @given(strategies.one_of(*(schema[path][method].as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def try_it(case):
        aim(case).call_and_validate(headers=headers, checks=CHECKS)

    try_it()
