"""The operator's list of messages."""

import pytest
from django.urls import reverse

from notices.models import Channel, MessageStatus
from tests.factories.notices import DeadMessageFactory, MessageFactory

LIST = "/staff/messages/"


@pytest.fixture
def operator(client, signed_in, ada):
    return signed_in(client, ada)


def resend(client, message):
    return client.post(reverse("notices:message_resend", args=[message.key]))


class TestList:
    def test_addresses_are_masked(self, operator):
        MessageFactory()
        MessageFactory(channel=Channel.EMAIL, address="olive@example.com")
        page = operator.get(LIST).content.decode()
        assert "13800138000" not in page
        assert "olive@" not in page
        assert "**** 8000" in page
        assert "o***@example.com" in page

    def test_words_are_not_shown(self, operator):
        MessageFactory(text="your code is 123456")
        assert "123456" not in operator.get(LIST).content.decode()

    def test_one_status_can_be_asked_for(self, operator):
        MessageFactory(kind="known_phone")
        DeadMessageFactory(kind="unknown_phone")
        page = operator.get(LIST, {"status": "dead"}).content.decode()
        assert "sign-in with an unknown phone" in page
        assert "sign-up with a known phone" not in page

    def test_letters_and_failures_are_in_words(self, operator):
        DeadMessageFactory(kind="binding_code")
        DeadMessageFactory(kind="of old", last_error="ZeroDivisionError")
        page = operator.get(LIST).content.decode()
        for words in ("code to add an account", "no proper answer", "of old", "ZeroDivisionError"):
            assert words in page
        assert "binding_code" not in page.replace("/resend/", "")

    def test_an_unknown_status_is_said_and_shows_all(self, operator):
        MessageFactory()
        answer = operator.get(LIST, {"status": "lost"})
        assert answer.status_code == 200
        assert "**** 8000" in answer.content.decode()

    @pytest.mark.parametrize(("query", "words"), [({}, "No message yet"), ({"status": "dead"}, "No message stands like this")])
    def test_an_empty_list_says_what_would_be_here(self, operator, query, words):
        assert words in operator.get(LIST, query).content.decode()

    def test_a_missing_gateway_is_said(self, operator, settings):
        assert "No gateway is set up" in operator.get(LIST).content.decode()
        settings.SMS_GATEWAY_URL = settings.SMS_GATEWAY_KEY = "set"
        assert "No gateway is set up" not in operator.get(LIST).content.decode()

    def test_its_queries_do_not_grow_with_the_list(self, operator, django_assert_max_num_queries):
        for _ in range(20):
            MessageFactory()
        with django_assert_max_num_queries(8):
            operator.get(LIST)


class TestResend:
    def test_a_given_up_message_is_owed_again(self, operator):
        message = DeadMessageFactory()
        assert resend(operator, message).url == LIST
        message.refresh_from_db()
        assert message.status == MessageStatus.OWED

    def test_a_code_is_not(self, operator):
        message = DeadMessageFactory(kind="sign_in_code", text="")
        answer = operator.get(resend(operator, message).url)
        assert "cannot be sent again" in answer.content.decode()

    def test_an_unknown_message_is_not_found(self, operator):
        assert operator.post("/staff/messages/no:such/resend/").status_code == 404

    def test_asking_is_not_enough(self, operator):
        assert operator.get(reverse("notices:message_resend", args=[DeadMessageFactory().key])).status_code == 405


class TestPermission:
    def test_a_clerk_sees_no_messages(self, client, signed_in, fang):
        signed_in(client, fang)
        assert client.get(LIST).status_code == 403
        message = DeadMessageFactory()
        assert resend(client, message).status_code == 403

    def test_a_stranger_signs_in_first(self, client, db):
        assert client.get(LIST).status_code == 302
        assert resend(client, DeadMessageFactory()).status_code == 302

    def test_a_customer_has_no_business_here(self, client, signed_in, olive):
        assert signed_in(client, olive).get(LIST).status_code == 403


class TestMany:
    def again(self, client, **fields):
        return client.post("/staff/messages/resend/", {"status": "dead", **fields}, follow=True).content.decode()

    def test_the_ticked_ones_are_sent_again(self, operator):
        one, two = DeadMessageFactory(), DeadMessageFactory()
        assert "1 message is on its way again." in self.again(operator, message=[one.pk, "nonsense"])
        two.refresh_from_db()
        assert two.status == MessageStatus.DEAD

    def test_all_of_a_channel_are_sent_again(self, operator):
        DeadMessageFactory.create_batch(60)
        DeadMessageFactory(channel=Channel.EMAIL)
        assert "60 messages are on their way again." in self.again(operator, channel="sms", all="yes")

    def test_what_has_lost_its_words_is_not(self, operator):
        DeadMessageFactory(kind="sign_in_code", text="")
        assert "0 messages are on their way again." in self.again(operator, all="yes")

    def test_one_channel_can_be_asked_for(self, operator):
        MessageFactory(kind="known_phone")
        MessageFactory(kind="unknown_phone", channel=Channel.EMAIL, address="olive@example.com")
        page = operator.get(LIST, {"channel": "email"}).content.decode()
        assert "sign-in with an unknown phone" in page
        assert "sign-up with a known phone" not in page

    def test_the_filter_stays_on_the_next_page(self, operator):
        DeadMessageFactory.create_batch(51)
        assert "?status=dead&amp;channel=sms&amp;page=2" in operator.get(LIST, {"status": "dead", "channel": "sms"}).content.decode()
