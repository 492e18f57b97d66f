"""The stand-in checks what the real gateway would check."""

import http.client
import json
import time
from urllib.parse import urlsplit

import pytest

from notices import signing

BODY = json.dumps({"to": "+8613800138000", "text": "<b>123456</b>", "language": "en"}).encode()


@pytest.fixture
def call(gateway, settings):
    """One request to the stand-in; the answer's status and text."""

    def _call(method, path="/", body=b"", headers=None):
        connection = http.client.HTTPConnection(urlsplit(settings.SMS_GATEWAY_URL).netloc, timeout=5)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        _call.headers = response.headers
        return response.status, text

    return _call


@pytest.fixture
def post(call, settings):
    """A signed message, as good as the product's unless changed."""

    def _post(body=BODY, *, stamp=None, nonce="n1", key="k1", secret=None):
        stamp = str(int(time.time()) if stamp is None else stamp)
        signature = signing.sign(secret or settings.SMS_GATEWAY_KEY, stamp, nonce, key, body)
        headers = {"Pilotlight-Timestamp": stamp, "Pilotlight-Nonce": nonce, "Idempotency-Key": key, "Pilotlight-Signature": signature}
        return call("POST", "/", body, headers)

    return _post


def test_a_signed_message_is_taken(post, gateway):
    assert post() == (201, '{"id": "demo-1"}')
    assert len(gateway.messages) == 1


def test_a_wrong_signature_is_refused(post, gateway):
    assert post(secret="somebody else's")[0] == 401
    assert not gateway.messages


def test_no_signature_is_refused(call):
    assert call("POST", "/", BODY)[0] == 401


@pytest.mark.parametrize("drift", [-signing.WINDOW - 5, signing.WINDOW + 5])
def test_a_stamp_outside_the_window_is_refused(post, drift):
    assert post(stamp=int(time.time()) + drift)[0] == 401


def test_a_replayed_request_is_refused(post, gateway):
    post()
    assert post()[0] == 409


def test_a_repeat_under_the_same_key_is_taken_once(post, gateway):
    post()
    assert post(nonce="n2") == (200, '{"id": "demo-1"}')
    assert len(gateway.messages) == 1


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 400), (b'{"to": "1", "text": ""}', 422)])
def test_a_body_it_cannot_read_is_refused(post, body, status):
    assert post(body)[0] == status


def test_the_page_shows_the_words_as_text(post, call):
    post()
    status, page = call("GET")
    assert status == 200
    assert "&lt;b&gt;123456&lt;/b&gt;" in page


def test_an_empty_phone_says_what_will_be_here(call):
    assert "No message yet" in call("GET")[1]


def test_refreshing_can_be_stopped(call):
    call("GET")
    assert call.headers["Refresh"] == "3"
    assert "Refresh by itself again" in call("GET", "/?pause")[1]
    assert "Refresh" not in call.headers


def test_machines_read_the_messages_as_json(post, call):
    post()
    assert json.loads(call("GET", "/messages.json")[1])[0]["text"] == "<b>123456</b>"


def test_the_style_is_there_and_nothing_else(call):
    assert call("GET", "/phone.css")[0] == 200
    assert call("GET", "/etc/passwd")[0] == 404


class TestFaults:
    def test_it_fails_as_often_as_asked(self, post, call):
        assert call("POST", "/faults", b'{"fail": 1}')[0] == 204
        assert [post(nonce=nonce)[0] for nonce in ("n1", "n2")] == [503, 201]

    def test_it_loses_the_reply_of_what_it_took(self, post, call, gateway):
        call("POST", "/faults", b'{"lose": 1}')
        with pytest.raises(http.client.RemoteDisconnected):
            post()
        assert len(gateway.messages) == 1

    @pytest.mark.parametrize("body", [b"no", b'{"fail": "x"}', b"[1]"])
    def test_nonsense_is_refused(self, call, body):
        assert call("POST", "/faults", body)[0] == 400


@pytest.mark.parametrize(("body", "status"), [(b"{}", 400), (b'{"from": "+8613800138000", "text": "1"}', 503)])
def test_who_writes_to_us_needs_somebody_to_write_to(call, body, status):
    """Without ``--reports-to`` there is nobody to hand it on to."""
    assert call("POST", "/say", body)[0] == status
