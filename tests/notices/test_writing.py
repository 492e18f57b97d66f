"""Messages are owed once, in the reader's language."""

import pytest

import notices.operations
from notices import registry
from notices.models import Channel, Message, MessageStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def owe(now):
    def _owe(**changes):
        given = {
            "kind": "sign_in_code",
            "key": "sign_in:1",
            "channel": Channel.SMS,
            "address": "+8613800138000",
            "language": "en",
            "context": {"code": "123456", "company": "Gas & Sons", "minutes": 3},
            "at": now,
        }
        return notices.operations.owe(**{**given, **changes})

    return _owe


def test_a_message_is_owed_once_per_key(owe):
    assert owe() == owe(language="ru")
    assert "123456" in Message.objects.get().text


def test_another_key_is_another_message(owe):
    owe()
    owe(key="sign_in:2")
    assert Message.objects.owed().count() == 2


def test_words_are_plain_text_not_html(owe):
    assert "Gas & Sons" in owe().text


def test_an_unknown_language_falls_back_to_the_house_language(owe, settings):
    assert owe(language="xx").language == settings.LANGUAGE_CODE


def test_the_readers_language_is_kept(owe):
    assert owe(language="zh-hans").language == "zh-hans"


def test_a_letter_goes_only_its_own_ways(owe):
    with pytest.raises(notices.operations.WrongChannel):
        owe(channel=Channel.EMAIL)


def test_an_unknown_kind_is_refused(owe):
    with pytest.raises(registry.UnknownLetter):
        owe(kind="love")


def test_a_code_is_worth_sending_only_for_minutes(owe, now):
    assert owe().expires_at > now


def test_what_goes_into_the_cabinet_is_delivered_by_being_there(owe, now, monkeypatch):
    letter = registry.Letter("accounts", (Channel.CABINET,), "probe")
    monkeypatch.setattr(registry, "letters", lambda: {"phone_code": letter})
    monkeypatch.setattr("notices.operations.wording._render", lambda letter, name, context: f"words of\n {name}")
    message = owe(kind="phone_code", channel=Channel.CABINET, address="")
    assert (message.status, message.sent_at, message.subject) == (MessageStatus.SENT, now, "words of phone_code.subject")
