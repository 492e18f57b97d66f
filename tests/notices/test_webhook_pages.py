"""Administrators enter, change, rotate and switch webhooks."""

import pytest

from notices.models import Message, MessageStatus, Subscription
from tests.factories.notices import DeadMessageFactory, SubscriptionFactory

LIST = "/staff/webhooks/"
WISH = {"name": "crm", "url": "https://hooks.example.com/in", "verbs": "case.opened\ncase.closed, repair.*"}


@pytest.fixture
def hers(client, signed_in, ada):
    return signed_in(client, ada)


def at(row, verb=""):
    return f"{LIST}{row.pk}/{verb}"


class TestEntering:
    def test_the_secret_is_shown_this_once(self, hers):
        answer = hers.post(LIST, WISH)
        row = Subscription.objects.get()
        assert answer.status_code == 201
        assert "whsec_" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert row.verbs == ["case.closed", "case.opened", "repair.*"]
        assert "whsec_" not in hers.get(at(row)).content.decode()

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"url": "http://hooks.example.com/"}, "must begin with https://"),
            ({"url": "https://192.168.1.1/"}, "private network"),
            ({"url": "https://me:pw@hooks.example.com/"}, "no user name or password"),
            ({"url": "nonsense"}, "not a web address"),
            ({"verbs": "Case"}, "Name at least one event"),
        ],
    )
    def test_what_is_refused_is_said_and_what_was_typed_is_kept(self, hers, change, words):
        answer = hers.post(LIST, WISH | change)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'value="crm"' in answer.content.decode()
        assert not Subscription.objects.exists()

    def test_a_taken_name_is_refused(self, hers):
        SubscriptionFactory(name="crm")
        assert "Another webhook has this name" in hers.post(LIST, WISH).content.decode()

    def test_an_empty_list_says_what_would_be_here(self, hers):
        assert "No webhook yet" in hers.get(LIST).content.decode()


class TestOne:
    def test_it_is_changed(self, hers):
        row = SubscriptionFactory()
        assert hers.post(at(row), WISH).url == at(row)
        row.refresh_from_db()
        assert (row.name, row.url) == ("crm", "https://hooks.example.com/in")

    def test_a_new_secret_is_shown_this_once(self, hers):
        row = SubscriptionFactory()
        old = row.secret_sealed
        assert "whsec_" in hers.post(at(row, "rotate/")).content.decode()
        row.refresh_from_db()
        assert (row.secret_sealed != old, row.old_secret_sealed) == (True, old)

    def test_it_is_switched_off_and_on(self, hers):
        row = SubscriptionFactory()
        assert "switched off by hand" in hers.post(at(row, "switch/"), {"off": "yes"}, follow=True).content.decode()
        assert "listening" in hers.post(at(row, "switch/"), {"on": "yes"}, follow=True).content.decode()

    def test_a_test_event_is_owed(self, hers):
        row = SubscriptionFactory()
        assert "webhook.test" in hers.post(at(row, "test/"), follow=True).content.decode()
        assert Message.objects.get().subscription == row

    def test_what_was_given_up_is_sent_again(self, hers):
        row = SubscriptionFactory()
        DeadMessageFactory(channel="webhook", kind="webhook", subscription=row)
        other = DeadMessageFactory()
        hers.post(at(row, "test/"), {"again": "yes"})
        assert row.messages.get().status == MessageStatus.OWED
        assert Message.objects.get(pk=other.pk).status == MessageStatus.DEAD

    def test_a_failing_one_says_so(self, hers, now):
        row = SubscriptionFactory(failing_since=now, failures=3)
        assert "failing" in hers.get(at(row)).content.decode()


def test_a_clerk_has_no_business_here(client, signed_in, fang):
    row = SubscriptionFactory()
    signed_in(client, fang)
    answers = [client.get(LIST), client.get(at(row)), *(client.post(at(row, verb)) for verb in ("rotate/", "switch/", "test/"))]
    assert {answer.status_code for answer in answers} == {403}
