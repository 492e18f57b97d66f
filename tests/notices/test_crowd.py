"""A crowd is told on several lines at once: each once, repeats under the same key, the rest listed, with the same few statements."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices import channels
from notices.models import Channel, Message, MessageStatus
from notices.operations import announcement_sending, deliver_crowd
from notices.queries.announcements import lost_of, progress_of
from tests.factories import accounts as people
from tests.factories.announcements import announced

pytestmark = pytest.mark.django_db
CROWD = 23


class Gateway:
    """Fails the first try of every tenth message, and refuses one number for good; remembers what it was given and what it took."""

    def __init__(self):
        self.lock, self.tries, self.taken, self.at_once, self.most = threading.Lock(), Counter(), Counter(), 0, 0
        self.together = threading.Barrier(4, timeout=20)

    def send(self, message):
        with self.lock:
            self.tries[message.key] += 1
            fails = self.tries[message.key] == 1 and len(self.tries) % 10 == 0
        if message.address.endswith("07"):
            raise channels.Refused
        if fails:
            raise channels.Unanswered
        with self.lock:
            self.taken[message.key] += 1
        return f"number of {message.key}"

    def meet(self, message):
        """Answers nobody before four are on the line."""
        self.together.wait()
        return "id"


@pytest.fixture
def gateway(monkeypatch, settings):
    settings.SMS_GATEWAY_URL = settings.SMS_GATEWAY_KEY = "set"
    settings.ANNOUNCE_LINES = 4
    found = Gateway()
    monkeypatch.setitem(channels._CARRIERS, Channel.SMS, found.send)
    return found


def crowd(count, now):
    """An announcement to so many, owed."""
    for number in range(count):
        account = people.AccountFactory(customer__channel="sms", customer__segment="vip" if number % 5 == 0 else "ordinary")
        people.PhoneFactory(customer=account.customer, number=f"+86138001380{number:02d}")
    row = announced(people.StaffFactory(roles=["hotline_agent"]), at=now)
    announcement_sending.release_due(at=row.publish_at)
    return row


def all_of(row, at):
    while deliver_crowd(at, announcement=row.pk):
        pass


def test_each_is_told_once_repeats_carry_their_key_and_the_rest_is_listed(gateway, now):
    row = crowd(CROWD, now)
    for hours in (0, 1):
        all_of(row, row.publish_at + timedelta(hours=hours))
    keys = {key: number for key, number, _at in Message.objects.values_list("key", "provider_id", "sent_at")}
    assert set(gateway.tries) == set(keys)
    assert (set(gateway.taken.values()), len(gateway.taken)) == ({1}, CROWD - 1)
    assert {keys[key] == f"number of {key}" for key in gateway.taken} == {True}
    assert [(one.address, one.last_error) for one in lost_of(row)] == [("+8613800138007", "Refused")]
    assert dict(progress_of(row).states) == {MessageStatus.SENT: CROWD - 1, MessageStatus.DEAD: 1}


def test_four_are_on_the_line_at_once(gateway, now, monkeypatch):
    monkeypatch.setitem(channels._CARRIERS, Channel.SMS, gateway.meet)
    row = crowd(8, now)
    assert deliver_crowd(row.publish_at, announcement=row.pk) == 8
    assert progress_of(row).sent == 8


def test_a_handful_takes_as_many_statements_as_one(gateway, now):
    counts = []
    row = crowd(CROWD, now)
    Message.objects.update(next_attempt_at=row.publish_at)
    for limit in (1, 8):
        with CaptureQueriesContext(connection) as seen:
            assert deliver_crowd(row.publish_at, announcement=row.pk, limit=limit) == limit
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_what_a_dead_sender_left_is_sent_again_under_its_key(gateway, now, monkeypatch):
    row = crowd(3, now)
    later = row.publish_at + timedelta(minutes=2)

    def die(message):
        raise SystemExit

    monkeypatch.setitem(channels._CARRIERS, Channel.SMS, die)
    with pytest.raises(SystemExit):
        deliver_crowd(row.publish_at, announcement=row.pk, limit=1)
    monkeypatch.setitem(channels._CARRIERS, Channel.SMS, gateway.send)
    all_of(row, later)
    assert sorted(Message.objects.values_list("status", "attempts")) == [("sent", 1), ("sent", 1), ("sent", 2)]
