"""Whoever is no machine of ours, or says something old or twice, is not heard."""

from datetime import timedelta

import pytest

from accounts.clock import business_now
from billing.models import Kiosk
from tests.factories.kiosks import DeviceKeyFactory

from .kiosk_wire import Wire

FINE = {"paper": "good", "reader": "good", "cash_box": "none", "door": "good"}


@pytest.fixture
def key(hall):
    return DeviceKeyFactory(kiosk__hall=hall)


@pytest.fixture
def wire(client, key):
    return Wire(client, key)


def beat(wire, **signing):
    return wire.post("heartbeat/", FINE, **signing)


def test_a_machine_of_ours_is_heard_and_told_our_time(wire, key):
    status, told = beat(wire)
    assert (status, told["state"], told["again_in"]) == (200, "working", 100)
    assert abs(told["skew_ms"]) < 5_000
    key.refresh_from_db()
    assert key.used_at is not None


@pytest.mark.parametrize("minutes", [6, -6])
def test_a_wrong_clock_is_told_ours_and_can_ask_again(wire, minutes):
    status, told = beat(wire, shift_ms=minutes * 60_000)
    assert (status, told["code"]) == (401, "clock_skew")
    import time

    assert abs(told["server_time"] - time.time() * 1000) < 5_000


@pytest.mark.parametrize("minutes", [4, -4])
def test_a_clock_a_little_off_is_borne_and_noted(wire, key, minutes):
    assert beat(wire, shift_ms=minutes * 60_000)[0] == 200
    key.kiosk.refresh_from_db()
    assert abs(key.kiosk.skew_ms - minutes * 60_000) < 5_000


def test_the_same_request_is_heard_once(wire):
    assert [beat(wire, nonce="a" * 20)[0] for _ in "12"] == [200, 401]
    assert beat(wire, nonce="a" * 20)[1]["code"] == "nonce_used"


def test_a_wrong_secret_is_not_told_the_time(client, key):
    status, told = beat(Wire(client, key, "another"), shift_ms=10**9)
    assert (status, told["code"], "server_time" in told) == (401, "signature_refused", False)


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": business_now},
        {"expires_at": business_now},
        {"kind": lambda: "meters", "kiosk": lambda: None},
    ],
)
def test_a_key_that_is_over_or_somebody_else_s_is_not_heard(wire, key, change):
    type(key).objects.filter(pk=key.pk).update(**{name: make() for name, make in change.items()})
    assert beat(wire)[1]["code"] == "signature_refused"


def test_a_machine_that_was_taken_away_is_not_heard(wire, key):
    Kiosk.objects.filter(pk=key.kiosk_id).update(state=Kiosk.State.RETIRED)
    assert beat(wire)[0] == 401


def test_a_key_about_to_end_still_counts(wire, key):
    type(key).objects.filter(pk=key.pk).update(expires_at=business_now() + timedelta(hours=1))
    assert beat(wire)[0] == 200


def test_what_was_signed_cannot_be_said_otherwise(wire, client):
    url = "/api/v1/kiosk/heartbeat/"
    signed = wire.authorization("POST", url, b'{"paper": "good"}')
    response = client.post(url, {"paper": "empty"}, content_type="application/json", headers={"Authorization": signed})
    assert (response.status_code, response.json()["code"]) == (401, "signature_refused")


@pytest.mark.parametrize("header", ["", "Bearer x", 'HMAC-SHA256 key="K", timestamp="x", nonce="n", signature="s"'])
def test_whoever_does_not_sign_is_a_stranger(db, client, header):
    response = client.post("/api/v1/kiosk/heartbeat/", FINE, content_type="application/json", headers={"Authorization": header})
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "HMAC-SHA256")


def test_whoever_guesses_on_is_stopped(client, key):
    wire = Wire(client, key, "another")
    assert [beat(wire)[0] for _ in range(31)] == [401] * 30 + [429]


def test_the_example_of_the_documentation_can_be_checked(settings):
    from billing.device_signatures import Asked, signature_of

    text = (settings.BASE_DIR / "docs" / "kiosks.md").read_text(encoding="utf-8")
    said = dict(line.split(maxsplit=1) for line in text.splitlines() if line.startswith(("    secret ", "    body ", "    signature ")))
    asked = Asked("POST", "/api/v1/kiosk/heartbeat/", said["body"].encode())
    assert said["signature"] == signature_of(
        asked, secret=said["secret"], timestamp=1795140000000, nonce="5f0c8a52c48e9a3e5b0c9d7e2f103a71"
    )
