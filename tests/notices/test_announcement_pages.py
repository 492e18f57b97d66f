"""Announcements on pages: written, looked at, scheduled, approved, stopped; and what everybody reads."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from notices.models import Announcement
from notices.operations import announcement_sending
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.announcements import announced
from tests.notices.test_announcements import home

pytestmark = pytest.mark.django_db
HERE = "/staff/announcements/"
WORDS = {"kind": "news", "title_en": "New hours", "text_en": "The hall opens at 8."}


@pytest.fixture
def xia(db):
    return people.StaffFactory(name="Xia", roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def boss(db):
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


@pytest.fixture
def xias(client, xia, time_machine, signed_in):
    time_machine.move_to(NOW, tick=False)
    return signed_in(client, xia)


class TestWriting:
    def test_looking_shows_whom_it_reaches_and_keeps_what_was_typed(self, xias):
        home(segment="vip")
        said = xias.post(f"{HERE}new/", {**WORDS, "count": "1"}).content.decode()
        assert "Of these VIP, told first" in said
        assert "The hall opens at 8.</textarea>" in said
        assert not Announcement.objects.exists()

    def test_written_it_has_a_page_and_is_scheduled_there(self, xias):
        home()
        page = xias.post(f"{HERE}new/", {**WORDS, "send": "1"}, follow=True)
        row = Announcement.objects.get()
        assert page.redirect_chain[-1][0] == f"{HERE}{row.pk}/"
        xias.post(f"{HERE}{row.pk}/schedule/", {"publish_at": ""})
        row.refresh_from_db()
        assert (row.status, row.publish_at) == ("scheduled", NOW + timedelta(minutes=5))

    def test_without_words_it_says_so_and_keeps_the_rest(self, xias):
        page = xias.post(f"{HERE}new/", {"kind": "news", "title_en": "New hours", "send": "1"})
        assert (page.status_code, "error-summary" in page.content.decode()) == (422, True)

    def test_what_nobody_can_fill_in_is_refused(self, xias):
        page = xias.post(f"{HERE}new/", {**WORDS, "text_en": "You owe {sum}.", "send": "1"})
        assert (page.status_code, "{sum}" in page.content.decode()) == (422, True)


class TestActing:
    def test_another_person_approves_and_the_approver_was_told(self, signed_in, xias, xia, boss, settings):
        settings.ANNOUNCE_ALONE_BELOW = 1
        home()
        row = announced(xia)
        assert boss.messages.get(channel="inbox").link == f"{HERE}{row.pk}/"
        assert xias.post(f"{HERE}{row.pk}/approve/").status_code == 403
        client = signed_in(xias, boss)
        assert "Let it out at its hour" in client.get(f"{HERE}{row.pk}/").content.decode()
        client.post(f"{HERE}{row.pk}/approve/")
        row.refresh_from_db()
        assert row.status == "scheduled"

    def test_moved_and_called_off(self, xias, xia):
        home()
        row = announced(xia)
        xias.post(f"{HERE}{row.pk}/move/", {"publish_at": "2026-11-20T15:00"})
        row.refresh_from_db()
        assert row.publish_at == NOW + timedelta(hours=5)
        said = xias.post(f"{HERE}{row.pk}/cancel/", {"reason": "Wrong day"}, follow=True).content.decode()
        assert "Wrong day" in said

    def test_how_far_it_has_come_and_who_was_first_are_shown(self, xias, xia):
        home(segment="vip")
        row = announced(xia)
        announcement_sending.release_due(at=row.vip_at)
        said = xias.get(f"{HERE}{row.pk}/").content.decode()
        assert "Who was told first" in said
        assert "No text messages go out" in said

    def test_the_list_has_an_empty_state_and_one_that_is_not_there_is_none(self, xias):
        assert "Nothing has been announced yet" in xias.get(HERE).content.decode()
        assert xias.get(f"{HERE}99/").status_code == 404


class TestPublic:
    def test_what_is_out_stands_on_the_page_and_in_the_feed_in_the_reader_s_language(self, client, xia, time_machine):
        home()
        row = announced(xia, is_public=True)
        time_machine.move_to(row.publish_at, tick=False)
        assert "Nothing is announced now" in client.get("/announcements/").content.decode()
        announcement_sending.release_due(at=row.publish_at)
        said = [
            client.get(path, headers={"Accept-Language": "zh-hans"}).content.decode() for path in ("/announcements/", "/announcements.atom")
        ]
        assert ["新时间" in page for page in said] == [True, True]

    def test_after_a_month_it_is_gone(self, client, xia, time_machine):
        home()
        row = announced(xia, is_public=True)
        announcement_sending.release_due(at=row.publish_at)
        time_machine.move_to(row.publish_at + timedelta(days=31), tick=False)
        assert "The hall opens" not in client.get("/announcements/").content.decode()
