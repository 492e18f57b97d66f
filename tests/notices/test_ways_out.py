"""Calls go to their own gateway; e-mails over a real conversation with a mail server."""

import smtplib
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

import notices.operations
from notices.channels import Unanswered, wire
from notices.models import Message, MessageStatus
from tests.factories.notices import MessageFactory

pytestmark = pytest.mark.django_db


def only():
    return Message.objects.get()


class TestCalls:
    def test_a_message_is_read_out_once(self, gateway, now):
        MessageFactory(channel="voice")
        assert [notices.operations.deliver(now), notices.operations.deliver(now)] == [1, 0]
        assert [(taken.way, taken.to) for taken in gateway.messages] == [("voice", "+8613800138000")]
        assert (only().status, only().provider_id) == (MessageStatus.SENT, "demo-1")

    def test_a_key_of_its_own_is_used(self, gateway, now, settings):
        settings.VOICE_GATEWAY_KEY = "not what the gateway has"
        MessageFactory(channel="voice")
        notices.operations.deliver(now)
        assert only().last_error == "Unanswered"

    def test_without_a_gateway_it_waits(self, gateway, now, settings):
        settings.VOICE_GATEWAY_URL = ""
        MessageFactory(channel="voice")
        assert notices.operations.deliver(now) == 0


class TestMail:
    @pytest.fixture
    def letter(self, mail_server):
        return MessageFactory(
            channel="email", address="olive@example.com", subject="Квитанция", text="气表\n.одна точка\nend", language="ru"
        )

    def test_it_arrives_in_its_own_words(self, letter, gateway, now):
        notices.operations.deliver(now)
        taken = gateway.messages[0]
        assert (taken.way, taken.to, taken.language) == ("email", "olive@example.com", "ru")
        assert taken.text == "Квитанция\n\n气表\n.одна точка\nend"

    def test_a_repeat_is_recognized(self, letter, gateway, now):
        notices.operations.deliver(now)
        Message.objects.update(status=MessageStatus.OWED, next_attempt_at=now)
        notices.operations.deliver(now)
        assert len(gateway.messages) == 1

    def test_an_address_the_server_refuses_is_given_up_at_once(self, mail_server, now):
        MessageFactory(channel="email", address="nobody", subject="x")
        notices.operations.deliver(now)
        assert only().status == MessageStatus.DEAD

    def test_a_dead_server_is_tried_again(self, letter, mail_server, now, settings):
        settings.MAILERS["default"]["OPTIONS"]["port"] = 9
        notices.operations.deliver(now)
        assert (only().status, only().attempts) == (MessageStatus.OWED, 1)

    def test_the_stand_in_speaks_no_more_than_it_must(self, mail_server):
        with smtplib.SMTP("127.0.0.1", mail_server.port, timeout=5) as connection:
            assert connection.noop()[0] == 250
            assert connection.docmd("VRFY", "olive")[0] == 502


def test_who_answers_a_byte_now_and_then_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_drip, args=[listening], daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Unanswered):
            wire.post(urlsplit(f"http://127.0.0.1:{listening.getsockname()[1]}/"), b"{}", {})
    assert time.monotonic() - began < 4  # of the five in which it would drip


def _drip(listening):
    line, _whose = listening.accept()
    with line, suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            line.sendall(b"x")
            time.sleep(0.05)
