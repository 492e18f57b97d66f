"""Messages of a topic are stopped by whoever reads them: the link says nothing, and what is owed cannot be stopped."""

import pytest
from django.core import mail

import notices.operations
from notices import registry, way_out
from notices.letter import Letter
from notices.models import Channel, Message, MessageStatus, Refusal, Topic
from notices.operations import Notice, announcement_sending, announcements, deliver, deliver_crowd, refusing
from notices.queries.announcement_reach import Wanted, reach_of
from notices.way_out import WAYS, Reader, WayOut
from tests.factories import accounts as people
from tests.factories.announcements import announced

pytestmark = pytest.mark.django_db
PHONE = "+8613800138000"


@pytest.fixture
def reader():
    """A customer with a phone, an e-mail address and an account."""
    account = people.AccountFactory(customer__channel="sms", customer__language="en", customer__email="reader@example.com")
    people.PhoneFactory(customer=account.customer, number=PHONE)
    return account.customer


@pytest.fixture
def sent(monkeypatch, settings):
    """A gateway that takes every text message."""
    settings.SMS_GATEWAY_URL = settings.SMS_GATEWAY_KEY = "set"
    taken = []
    monkeypatch.setitem(notices.channels._CARRIERS, Channel.SMS, lambda message: taken.append(message.text) or "id")
    return taken


def stop(reader, now, topic="news", ways=WAYS):
    return refusing.stop(reader=reader, topic=topic, ways=ways, means="link", at=now)


def go_out(by, now, **changes):
    """An announcement to everybody, released and sent."""
    found = announced(by, at=now, **changes)
    announcement_sending.release_due(at=found.publish_at)
    deliver_crowd(found.publish_at, announcement=found.pk, limit=10)
    return found


@pytest.fixture
def xia(db):
    return people.StaffFactory(roles=["hotline_agent"])


@pytest.mark.parametrize("who", [Reader(345), Reader(digest=way_out.digest_of("+8613800138000"))])
def test_a_link_is_read_back_and_holds_no_number(who):
    link = WayOut(who, "surveys", "email")
    assert way_out.read(link.token) == link
    assert "1380013" not in link.token
    assert len(link.token) < 40


def test_a_link_that_was_touched_is_none_of_ours():
    token = WayOut(Reader(345), "news", "sms").token
    assert [way_out.read(one) for one in (token.replace("c9l", "c9m"), "p" + token[1:], token[:-1], token + "A", "x")] == [None] * 5


def test_an_address_is_recognized_however_it_is_written_and_never_kept():
    assert way_out.digest_of("Olive@example.com") == way_out.digest_of("olive@example.com") != way_out.digest_of("oliver@example.com")


def test_stopped_twice_the_first_moment_stands_and_asked_again_it_ends(reader, now):
    who = Reader(reader.pk)
    assert [stop(who, now), stop(who, now)] == [4, 0]
    assert refusing.ask_again(reader=who, topic="news", ways=WAYS, at=now) == 4
    assert [stop(who, now), Refusal.objects.count()] == [4, 8]


def test_an_announcement_says_how_to_stop_it_and_goes_the_ways_that_are_left(reader, xia, sent, now):
    go_out(xia, now)
    assert sent[0].splitlines()[-1] == f"Stop: {WayOut(Reader(reader.pk), 'news', 'sms').address}"
    stop(Reader(reader.pk), now, ways=["sms"])
    assert dict(reach_of(Wanted(), at=now).ways) == {"email": 1}
    stop(Reader(reader.pk), now)
    found = reach_of(Wanted(), at=now)
    assert (found.customers, found.unreachable) == (0, 0)


def test_news_of_danger_comes_all_the_same_and_offers_no_way_out(reader, xia, sent, now):
    stop(Reader(reader.pk), now)
    found = announced(xia, at=now, is_safety=True)
    announcements.approve(announcement=found, by=people.StaffFactory(roles=["supervisor"]).user, at=now)
    announcement_sending.release_due(at=found.publish_at)
    assert deliver_crowd(found.publish_at, announcement=found.pk, limit=10) == 1
    assert ["Stop:" in text for text in sent] == [False]


def test_what_is_stopped_after_it_was_owed_is_not_sent(reader, xia, sent, now):
    found = announced(xia, at=now)
    announcement_sending.release_due(at=found.publish_at)
    stop(Reader(reader.pk), now)
    deliver_crowd(found.publish_at, announcement=found.pk, limit=10)
    message = Message.objects.get()
    assert (sent, message.status, message.last_error) == ([], MessageStatus.DEAD, "Unsubscribed")
    assert announcement_sending.resume(announcement=found, by=xia.user, at=now) == 0


def owe_bare(now, key="survey:1"):
    """A question how it went, to a phone that somebody left with a request."""
    to = {"channel": Channel.SMS, "address": PHONE, "language": "en", "topic": Topic.SURVEYS}
    return notices.operations.owe(kind="unknown_phone", key=key, context={"company": "Gas", "phone": "1"}, at=now, **to)


@pytest.mark.parametrize("is_customers", [True, False], ids=["the customer of the phone", "the phone alone"])
def test_a_phone_that_was_left_is_asked_no_more_either(reader, sent, now, is_customers):
    who = Reader(reader.pk) if is_customers else Reader(digest=way_out.digest_of(PHONE))
    assert "Stop: " in owe_bare(now).text
    stop(who, now, topic="surveys")
    deliver(now)
    assert sent == []


def test_an_e_mail_carries_the_button_of_mail_programs_only_where_it_can_be_stopped(reader, now, monkeypatch):
    letter = Letter("notices", (Channel.EMAIL,), "probe")
    monkeypatch.setattr(registry, "letters", lambda: {"probe": letter})
    monkeypatch.setattr("notices.operations.wording._render", lambda letter, name, context: "words")
    topics = {"places": Topic.PLACES, "owed": ""}
    letters = [Notice(kind="probe", key=key, to=reader, context={}, topic=topic) for key, topic in topics.items()]
    notices.operations.owe_all(letters=letters, at=now)
    deliver(now)
    button = f"<{WayOut(Reader(reader.pk), 'places', 'email').address}>"
    headers = [one.extra_headers for one in mail.outbox]
    assert [one.get("List-Unsubscribe") for one in headers] == [button, None]
    assert [one.get("List-Unsubscribe-Post") for one in headers] == ["List-Unsubscribe=One-Click", None]
