"""Staff read what they were told, and say how they want to be reached."""

from datetime import time, timedelta

import pytest

from notices.models import Message, Preference
from tests.factories.accounts import StaffFactory
from tests.factories.notices import InboxMessageFactory

INBOX = "/staff/notifications/"


@pytest.fixture
def hers(client, signed_in, fang):
    return signed_in(client, fang)


def told(staff, count=1, **changes):
    return [InboxMessageFactory(staff=staff, **changes) for _ in range(count)]


def page(client, **query):
    return client.get(INBOX, query).content.decode()


class TestReading:
    def test_the_bell_counts_what_is_unread_on_every_page(self, hers, fang):
        told(fang, 2)
        assert '<span class="bell-count" aria-hidden="true">2</span>' in hers.get("/staff/").content.decode()
        assert "2 unread" in hers.get(f"{INBOX}count/").content.decode()

    def test_it_stops_counting_at_a_hundred(self, hers, fang):
        told(fang, 101)
        assert "99+" in hers.get(f"{INBOX}count/").content.decode()

    def test_nothing_unread_shows_no_number(self, hers):
        assert "bell-count" not in page(hers)

    def test_others_lines_are_not_there(self, hers, qiang):
        line = told(qiang, subject="For Qiang only")[0]
        assert "For Qiang only" not in page(hers)
        assert hers.post(f"{INBOX}{line.pk}/open/").status_code == 404
        hers.post(f"{INBOX}read/", {"message": line.pk})
        assert Message.objects.get(pk=line.pk).read_at is None

    def test_opening_a_line_reads_it_and_leads_on(self, hers, fang):
        line = told(fang, link="/halls/")[0]
        assert hers.post(f"{INBOX}{line.pk}/open/").url == "/halls/"
        assert Message.objects.get().read_at is not None

    @pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", ""])
    def test_it_never_leads_out_of_the_house(self, hers, fang, link):
        line = told(fang, link=link)[0]
        assert hers.post(f"{INBOX}{line.pk}/open/").url == INBOX

    def test_a_line_read_before_keeps_its_moment(self, hers, fang, now):
        line = told(fang, read_at=now)[0]
        hers.post(f"{INBOX}{line.pk}/open/")
        assert Message.objects.get().read_at == now

    def test_all_can_be_read_at_once(self, hers, fang):
        told(fang, 4)
        answer = hers.post(f"{INBOX}read/", follow=True).content.decode()
        assert "4 notifications are read." in answer
        assert "bell-count" not in answer

    def test_only_unread_ones_can_be_asked_for(self, hers, fang, now):
        told(fang, subject="old news", read_at=now)
        told(fang, subject="fresh news")
        assert "old news" in page(hers)
        assert "old news" not in page(hers, show="unread")

    @pytest.mark.parametrize(("query", "words"), [({}, "No notification yet"), ({"show": "unread"}, "Nothing unread")])
    def test_an_empty_inbox_says_what_would_be_here(self, hers, query, words):
        assert words in page(hers, **query)

    def test_a_storm_stands_above_as_one_line(self, hers, fang):
        told(fang, 12, about="T05")
        told(fang, 2, about="T06")
        text = page(hers)
        assert "<strong>12 ×</strong> webhook switched off: T05" in text
        assert "<strong>2 ×</strong>" not in text

    def test_a_heap_is_read_as_one(self, hers, fang):
        told(fang, 3, about="T05")
        told(fang, 1, about="T06")
        hers.post(f"{INBOX}read/", {"kind": "webhook_disabled", "about": "T05"})
        assert Message.objects.filter(read_at=None).values_list("about", flat=True).get() == "T06"

    def test_its_queries_do_not_grow_with_the_list(self, hers, fang, django_assert_max_num_queries):
        told(fang, 29)
        with django_assert_max_num_queries(11):
            page(hers)


class TestPreferences:
    def test_what_was_wished_is_kept(self, hers, fang):
        wishes = {"channel": "voice", "quiet_from": "22:00", "quiet_until": "06:30", "zone": "Europe/Moscow", "budget": "4"}
        assert hers.post(f"{INBOX}preferences/", wishes).url == INBOX
        kept = Preference.objects.get(staff=fang)
        assert (kept.channel, kept.span, kept.zone, kept.budget) == ("voice", (time(22), time(6, 30)), "Europe/Moscow", 4)

    def test_it_can_be_changed_and_emptied(self, hers, fang):
        Preference.objects.create(staff=fang, channel="none", budget=4)
        hers.post(f"{INBOX}preferences/", {"channel": ""})
        assert Preference.objects.values_list("channel", "budget").get(staff=fang) == ("", None)

    @pytest.mark.parametrize(
        ("wishes", "words"),
        [
            ({"zone": "Mars/Olympus"}, "No such time zone"),
            ({"quiet_from": "22:00"}, "Quiet hours need a beginning and an end"),
            ({"budget": "0"}, "greater than or equal to 1"),
        ],
    )
    def test_what_cannot_be_is_said(self, hers, wishes, words):
        answer = hers.post(f"{INBOX}preferences/", wishes)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Preference.objects.exists()

    def test_the_house_s_own_are_named(self, hers):
        text = hers.get(f"{INBOX}preferences/").content.decode()
        for words in ("21:00", "08:00", "Asia/Shanghai", "12"):
            assert words in text


def test_the_cabinet_shows_what_the_household_was_told(client, signed_in, olive, account, neighbour, now):
    InboxMessageFactory(channel="cabinet", customer=account.customer, staff=None, kind="receipt", subject="Receipt 17")
    InboxMessageFactory(channel="sms", customer=account.customer, kind="sign_in_code", subject="", text="Code 123456")
    InboxMessageFactory(channel="sms", customer=neighbour.customer, kind="receipt", subject="Receipt 18")
    text = signed_in(client, olive).get("/cabinet/messages/").content.decode()
    assert "Receipt 17" in text
    assert "new" in text
    assert "Code 123456" not in text
    assert "Receipt 18" not in text


def test_a_customer_says_when_to_be_left_in_peace(client, signed_in, olive, account, neighbour):
    wishes = {"quiet_from": "20:00", "quiet_until": "09:00", "zone": ""}
    assert signed_in(client, olive).post("/cabinet/messages/quiet/", wishes).url == "/cabinet/messages/"
    assert Preference.objects.get().customer == account.customer
    assert 'value="20:00"' in client.get("/cabinet/messages/quiet/").content.decode()


def test_who_only_pays_is_not_told(client, signed_in, olive, account):
    from accounts.models import Binding

    Binding.objects.update(role=Binding.Role.PAYER)
    InboxMessageFactory(channel="cabinet", customer=account.customer, kind="receipt", subject="Receipt 17")
    assert "Receipt 17" not in signed_in(client, olive).get("/cabinet/messages/").content.decode()


def test_old_lines_come_last(hers, fang, now):
    told(fang, subject="earlier", created_at=now - timedelta(days=1))
    told(fang, subject="later", created_at=now)
    text = page(hers)
    assert text.index("later") < text.index("earlier")


def test_somebody_who_left_has_no_inbox(client, signed_in, now, db):
    gone = StaffFactory(left_at=now - timedelta(days=400))
    assert signed_in(client, gone).get(INBOX).status_code == 403
