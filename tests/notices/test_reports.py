"""Gateways report whether a message arrived; only they can."""

import json
import time

import pytest

from notices import signing
from notices.models import Message, MessageStatus
from notices.stand_in.reports import Reporter
from tests.factories.notices import MessageFactory

pytestmark = pytest.mark.django_db
KEY = "the key of these tests"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SMS_GATEWAY_KEY, settings.VOICE_GATEWAY_KEY = KEY, "another key"


@pytest.fixture
def sent():
    return MessageFactory(status=MessageStatus.SENT, provider_id="demo-1")


@pytest.fixture
def report(client):
    def _report(status="delivered", *, way="sms", key=KEY, drift=0, body=None):
        body = json.dumps({"id": "demo-1", "status": status}).encode() if body is None else body
        stamp = str(int(time.time()) + drift)
        headers = {
            "Pilotlight-Timestamp": stamp,
            "Pilotlight-Nonce": "n1",
            "Pilotlight-Signature": signing.sign(key, stamp, "n1", body),
        }
        return client.post(f"/gateways/{way}/reports/", body, content_type="application/json", headers=headers).status_code

    return _report


def test_a_delivered_message_says_when(sent, report):
    assert report() == 204
    sent.refresh_from_db()
    assert (sent.status, sent.delivered_at is not None) == (MessageStatus.SENT, True)


def test_one_that_did_not_arrive_is_given_up_for_a_person_to_see(sent, report):
    assert report("failed") == 204
    sent.refresh_from_db()
    assert (sent.status, sent.last_error) == (MessageStatus.DEAD, "Undelivered")


def test_a_delivered_message_stays_delivered(sent, report):
    assert [report(), report("failed"), report()] == [204, 204, 204]
    assert Message.objects.get().status == MessageStatus.SENT


def test_an_unknown_message_is_not_known(report):
    assert report() == 404


def test_a_call_is_no_text_message(sent, report):
    assert report(way="voice", key="another key") == 404


@pytest.mark.parametrize("changes", [{"key": "somebody else's"}, {"drift": -400}, {"drift": 400}, {"way": "voice"}])
def test_who_has_not_the_key_of_that_gateway_now_is_refused(sent, report, changes):
    assert report(**changes) == 403
    assert Message.objects.get().delivered_at is None


def test_without_a_key_nobody_is_believed(sent, report, settings):
    settings.SMS_GATEWAY_KEY = ""
    assert report(key="") == 403


@pytest.mark.parametrize("body", [b"", b"[]", b'{"id": "demo-1"}', b'{"id": 1, "status": "delivered"}', b'{"id": "demo-1", "status": "x"}'])
def test_what_cannot_be_read_is_refused(sent, report, body):
    assert report(body=body) == 400


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", ["delivered", "failed"])
def test_the_stand_in_reports_as_a_gateway_does(live_server, status):
    message = MessageFactory(status=MessageStatus.SENT, provider_id="demo-7")
    Reporter(f"{live_server.url}/gateways/", KEY, after=0.0)._tell("sms", "demo-7", status)
    message.refresh_from_db()
    assert (message.delivered_at is not None) is (status == "delivered")
    assert (message.status == MessageStatus.DEAD) is (status == "failed")
