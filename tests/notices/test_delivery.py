"""What is owed goes out, at least once, whatever fails on the way."""

import re
from datetime import timedelta

import pytest
from django.core import mail

import notices.operations
from casework.retries import TRIES
from notices.models import Channel, Message, MessageStatus
from notices.operations.leasing import LEASE
from tests.factories.notices import DeadMessageFactory, MessageFactory

pytestmark = pytest.mark.django_db


def only():
    return Message.objects.get()


class TestTextMessages:
    def test_a_message_arrives_once(self, gateway, now):
        MessageFactory()
        assert [notices.operations.deliver(now), notices.operations.deliver(now)] == [1, 0]
        assert [(taken.to, taken.text) for taken in gateway.messages] == [("+8613800138000", "Somebody tried to sign in.")]
        assert (only().status, only().sent_at, only().provider_id) == (MessageStatus.SENT, now, "demo-1")

    def test_without_a_gateway_it_waits(self, now):
        MessageFactory()
        assert notices.operations.deliver(now) == 0
        assert only().status == MessageStatus.OWED

    def test_a_failing_gateway_is_tried_again_after_a_pause(self, gateway, now):
        MessageFactory()
        gateway.fail = 1
        notices.operations.deliver(now)
        assert (only().status, only().last_error) == (MessageStatus.OWED, "Unanswered")
        assert notices.operations.deliver(now + timedelta(seconds=9)) == 0
        notices.operations.deliver(now + timedelta(seconds=13))
        assert only().status == MessageStatus.SENT

    def test_a_lost_reply_sends_no_second_message(self, gateway, now):
        MessageFactory()
        gateway.lose = 1
        for minute in range(3):
            notices.operations.deliver(now + timedelta(minutes=minute))
        assert (len(gateway.messages), only().attempts, only().status) == (1, 2, MessageStatus.SENT)

    def test_a_number_the_gateway_refuses_is_given_up_at_once(self, gateway, now):
        MessageFactory(address="nobody")
        notices.operations.deliver(now)
        assert (only().status, only().last_error, only().attempts) == (MessageStatus.DEAD, "Refused", 1)

    def test_after_the_last_try_it_is_given_up(self, gateway, now):
        MessageFactory()
        gateway.fail = 1000
        for day in range(TRIES + 2):
            notices.operations.deliver(now + timedelta(days=day))
        assert (only().status, only().attempts) == (MessageStatus.DEAD, TRIES)

    def test_one_bad_message_does_not_stop_the_next(self, gateway, now):
        MessageFactory(address="nobody")
        MessageFactory()
        assert notices.operations.deliver(now) == 2
        assert len(gateway.messages) == 1

    def test_a_reply_signed_by_somebody_else_is_no_answer(self, gateway, now, settings):
        MessageFactory()
        settings.SMS_GATEWAY_KEY = "another key"
        notices.operations.deliver(now)
        assert (only().last_error, len(gateway.messages)) == ("Unanswered", 0)

    def test_a_dead_gateway_is_no_answer(self, now, settings):
        MessageFactory()
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY = "http://127.0.0.1:9/", "key"
        notices.operations.deliver(now)
        assert only().last_error == "Unanswered"


class TestLease:
    def test_a_message_that_is_being_sent_is_left_alone(self, gateway, now):
        MessageFactory(status=MessageStatus.SENDING, attempts=1, next_attempt_at=now + LEASE)
        assert notices.operations.deliver(now) == 0

    def test_a_sender_that_died_is_followed_by_another(self, gateway, now):
        MessageFactory(status=MessageStatus.SENDING, attempts=1, next_attempt_at=now)
        notices.operations.deliver(now)
        assert only().status == MessageStatus.SENT

    def test_one_that_died_at_every_try_is_given_up(self, gateway, now):
        MessageFactory(status=MessageStatus.SENDING, attempts=TRIES, next_attempt_at=now)
        notices.operations.deliver(now)
        assert (only().status, only().last_error) == (MessageStatus.DEAD, "Interrupted")

    def test_a_late_sender_does_not_undo_what_the_next_one_did(self, gateway, now, monkeypatch):
        MessageFactory()

        def overtaken(message):
            Message.objects.update(status=MessageStatus.SENT, provider_id="the other's", attempts=2)
            raise TimeoutError

        monkeypatch.setattr("notices.channels.send", overtaken)
        notices.operations.deliver(now)
        assert (only().status, only().provider_id) == (MessageStatus.SENT, "the other's")


class TestCodes:
    def test_a_codes_words_are_blanked_once_sent(self, gateway, now):
        MessageFactory(kind="sign_in_code", text="123456")
        notices.operations.deliver(now)
        assert gateway.messages[0].text == "123456"
        assert only().text == ""

    def test_a_code_that_came_too_late_is_not_sent(self, gateway, now):
        MessageFactory(kind="sign_in_code", text="123456", expires_at=now)
        notices.operations.deliver(now)
        assert (only().status, only().text, len(gateway.messages)) == (MessageStatus.DEAD, "", 0)

    def test_it_is_not_kept_either_when_nobody_can_send_it(self, now):
        """No gateway is set up at all."""
        MessageFactory(kind="sign_in_code", text="123456", expires_at=now)
        notices.operations.deliver(now)
        assert only().text == ""


class TestEmail:
    @pytest.fixture
    def letter(self, now):
        MessageFactory(channel=Channel.EMAIL, address="olive@example.com", subject="Your receipt", language="ru")
        notices.operations.deliver(now)
        return mail.outbox[0]

    def test_it_goes_out_in_its_own_words(self, letter):
        assert (letter.to, letter.subject, letter.body) == (["olive@example.com"], "Your receipt", "Somebody tried to sign in.")

    def test_a_repeat_has_the_same_message_id(self, letter, now):
        Message.objects.update(status=MessageStatus.OWED, next_attempt_at=now)
        notices.operations.deliver(now)
        first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
        assert first == second
        assert re.fullmatch(r"<[0-9a-f]{32}@127\.0\.0\.1>", first)


class TestResend:
    def test_a_given_up_message_is_owed_again_with_all_its_tries(self, gateway, now):
        message = DeadMessageFactory()
        notices.operations.resend(message=message, at=now)
        notices.operations.deliver(now)
        assert (only().status, only().attempts) == (MessageStatus.SENT, 1)

    @pytest.mark.parametrize("changes", [{"text": ""}, {"status": MessageStatus.SENT}, {"status": MessageStatus.OWED}])
    def test_nothing_else_is_sent_again(self, now, changes):
        message = DeadMessageFactory(**changes)
        with pytest.raises(notices.operations.NothingToSend):
            notices.operations.resend(message=message, at=now)


def test_neither_phone_nor_words_are_logged(gateway, now, caplog):
    MessageFactory()
    gateway.fail = 1
    notices.operations.deliver(now)
    logged = " ".join(str(vars(record)) for record in caplog.records)
    assert "message failed" in logged
    assert "13800138000" not in logged
    assert "Somebody" not in logged
