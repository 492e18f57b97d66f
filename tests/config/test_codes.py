"""What sign-in sends by text message."""

import pytest
from allauth.account.adapter import get_adapter
from django.utils.translation import override

from notices.models import Message
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PHONE = "+8613800138000"


@pytest.fixture
def adapter(rf):
    return get_adapter(rf.get("/"))


def test_a_code_is_owed_as_a_message_that_soon_expires(adapter):
    adapter.send_verification_code_sms(user=UserFactory(), phone=PHONE, code="123456")
    message = Message.objects.get()
    assert message.text.startswith("123456 is your code")
    assert "3 minutes" in message.text
    assert (message.address, message.expires_at > message.created_at) == (PHONE, True)


def test_the_key_that_the_provider_sees_says_nothing_about_the_person(adapter):
    adapter.send_verification_code_sms(user=UserFactory(), phone=PHONE, code="123456")
    key = Message.objects.get().key
    assert "13800138000" not in key
    assert "123456" not in key


def test_it_is_written_in_the_users_own_language(adapter):
    adapter.send_verification_code_sms(user=UserFactory(language="ru"), phone=PHONE, code="123456")
    assert Message.objects.get().language == "ru"


def test_for_somebody_new_it_is_the_language_of_the_page(adapter):
    with override("zh-hans"):
        adapter.send_verification_code_sms(user=None, phone=PHONE, code="123456")
    assert Message.objects.get().language == "zh-hans"


def test_two_codes_are_two_messages(adapter):
    for code in ("111111", "222222"):
        adapter.send_verification_code_sms(user=None, phone=PHONE, code=code)
    assert Message.objects.count() == 2


def test_known_and_unknown_phones_both_get_one_message(adapter):
    adapter.send_unknown_account_sms(PHONE)
    adapter.send_account_already_exists_sms(PHONE)
    assert set(Message.objects.values_list("kind", flat=True)) == {"unknown_phone", "known_phone"}


def test_a_dead_broker_does_not_spoil_the_sign_in(adapter, monkeypatch):
    def dead(*arguments):
        raise ConnectionError

    monkeypatch.setattr("config.tasks.Q2Backend.push", dead)
    adapter.send_verification_code_sms(user=None, phone=PHONE, code="123456")
    assert Message.objects.owed().exists()
