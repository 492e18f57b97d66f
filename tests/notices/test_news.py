"""News: who may let them out, when they are out, how they are corrected and withdrawn; and what the site tells of that has changed."""

from datetime import timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Event
from casework.operations import StaleRow
from notices.models import News, PageChange, SitePage, UsefulLink
from notices.news_rules import Said
from notices.operations import news as operations
from notices.operations.news_corrections import apply_correction, correct_news, refuse_correction
from notices.operations.news_refusals import BadNews, NewsMarked
from notices.operations.page_changes import NoReason, confirm_page, tell_news_changed, tell_page_changed
from notices.operations.useful_links import BadLink, LinkDraft, add_link, checked_address
from notices.queries import news as found
from sla.models import Clock
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.news import SAID, draft, let_out, written

pytestmark = pytest.mark.django_db
BETTER = {**SAID, "en": Said("A new kiosk", "It stands in the yard.")}
NOTE = {"en": "Not in the lobby."}


@pytest.fixture
def xia(db):
    return people.StaffFactory(name="Xia", roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def boss(db):
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


class TestLettingOut:
    def test_what_is_new_in_service_is_out_at_once_and_says_so_on_its_timeline(self, xia):
        row = let_out(xia)
        assert (row.status, row.published_at) == ("published", NOW)
        assert Event.objects.filter(timeline=row.timeline_id, verb="page.published").exists()

    @pytest.mark.parametrize("category", ["tariff", "safety"])
    def test_a_price_or_safety_is_let_out_by_somebody_else(self, xia, boss, category):
        other = people.StaffFactory(roles=[Role.SUPERVISOR])
        row = let_out(boss, category=category)
        assert row.status == "offered"
        for actor in (xia, boss):
            with pytest.raises(Forbidden):
                operations.approve_news(news=row, looked_at=0, by=actor.user, at=NOW)
        assert operations.approve_news(news=row, looked_at=0, by=other.user, at=NOW).status == "published"
        assert [other.messages.filter(kind="news_offered").count(), boss.messages.get(channel="inbox").kind] == [1, "news_decided"]

    def test_what_looks_like_somebody_needs_a_reason_and_a_second_reader_who_looked_at_each(self, xia, boss):
        row = written(xia, texts={"en": Said("Ask us", "Ring +86 138 0013 8000.")})
        with pytest.raises(NewsMarked):
            operations.let_out(news=row, by=xia.user, at=NOW)
        marked = {"texts": {"en": Said("Ask us", "Ring +86 138 0013 8000.")}, "kept_why": "The phone of the hall."}
        operations.rewrite_news(news=row, draft=draft(**marked), by=xia.user, at=NOW)
        assert operations.let_out(news=row, by=xia.user, at=NOW).status == "offered"
        with pytest.raises(BadNews):
            operations.approve_news(news=row, looked_at=0, by=boss.user, at=NOW)
        assert operations.approve_news(news=row, looked_at=1, by=boss.user, at=NOW).is_published

    def test_waits_for_its_hour_and_is_let_out_once(self, xia):
        later = NOW + timedelta(hours=2)
        row = let_out(xia, publish_at=later)
        assert [operations.publish_due(at=at, by=xia.user) for at in (NOW, later, later)] == [0, 1, 0]
        assert list(found.published_news()) == [row]

    def test_without_words_in_the_house_s_language_there_are_none(self, xia):
        for language in ("ru", "xx"):
            with pytest.raises(BadNews):
                written(xia, texts={**({"en": SAID["en"]} if language == "xx" else {}), language: Said("Новое", "Слова.")})


class TestCorrecting:
    def test_everybody_sees_when_what_was_wrong_and_what_stood_there(self, xia):
        row = let_out(xia)
        correct_news(news=row, texts=BETTER, notes=NOTE, by=xia.user, at=NOW + timedelta(hours=1))
        row = found.public_news(row.pk)
        [told] = found.corrections_of(row)
        assert (found.words_of(row).text, told.note, told.before.text) == (BETTER["en"].text, NOTE["en"], SAID["en"].text)
        assert row.corrected_at == told.at == NOW + timedelta(hours=1)

    def test_of_a_price_waits_for_a_second_reader_and_is_applied_once(self, boss):
        row = let_out(boss, category="tariff")
        other = people.StaffFactory(roles=[Role.SUPERVISOR])
        row = operations.approve_news(news=row, looked_at=0, by=other.user, at=NOW)
        waits = correct_news(news=row, texts=BETTER, notes=NOTE, by=boss.user, at=NOW)
        with pytest.raises(Forbidden):
            apply_correction(correction=waits, by=boss.user, at=NOW)
        with pytest.raises(BadNews):
            correct_news(news=row, texts=BETTER, notes=NOTE, by=boss.user, at=NOW)
        apply_correction(correction=waits, by=other.user, at=NOW)
        with pytest.raises(StaleRow):
            refuse_correction(correction=waits, reason="No.", by=other.user, at=NOW)

    def test_that_waits_goes_with_what_is_withdrawn(self, boss):
        row = let_out(boss, category="tariff")
        other = people.StaffFactory(roles=[Role.SUPERVISOR])
        row = operations.approve_news(news=row, looked_at=0, by=other.user, at=NOW)
        waits = correct_news(news=row, texts=BETTER, notes=NOTE, by=boss.user, at=NOW)
        operations.withdraw_news(news=row, reason="Not decided.", by=boss.user, at=NOW)
        with pytest.raises(StaleRow):
            apply_correction(correction=waits, by=other.user, at=NOW)
        assert not row.texts.exists()

    def test_adds_nobody_s_phone_and_changes_something(self, xia):
        row = let_out(xia)
        for texts in (SAID, {"en": Said("A new kiosk", "Ring 13800138000.")}):
            with pytest.raises(BadNews):
                correct_news(news=row, texts=texts, notes=NOTE, by=xia.user, at=NOW)

    def test_withdrawn_leaves_no_words_and_the_reason_for_everybody(self, xia):
        row = let_out(xia)
        correct_news(news=row, texts=BETTER, notes=NOTE, by=xia.user, at=NOW)
        with pytest.raises(NewsMarked):
            operations.withdraw_news(news=row, reason="王芳 13800138000 wrote it.", by=xia.user, at=NOW)
        operations.withdraw_news(news=row, reason="The kiosk is put up later.", by=xia.user, at=NOW)
        kept = found.public_news(row.pk)
        assert (kept.withdrawn_why, found.words_of(kept), kept.corrections.get().before) == ("The kiosk is put up later.", None, {})


class TestFreshness:
    def test_a_page_that_changed_is_due_within_a_working_day_until_somebody_brings_it_up_to_date(self, book, xia):
        page = tell_page_changed(code="offices", reason="The north hall moved.", by=xia.user, at=NOW)
        clock = Clock.objects.get(timeline=page.timeline_id, promise="T84")
        confirm_page(code="offices", is_updated=True, by=xia.user, at=NOW + timedelta(hours=1))
        clock.refresh_from_db()
        page.refresh_from_db()
        assert clock.stopped_at == page.updated_at == PageChange.objects.get().settled_at == NOW + timedelta(hours=1)

    def test_what_was_right_after_all_withdraws_the_clock(self, book, xia):
        page = tell_page_changed(code="offices", reason="The north hall moved.", by=xia.user, at=NOW)
        confirm_page(code="offices", is_updated=False, by=xia.user, at=NOW)
        clock = Clock.objects.get(timeline=page.timeline_id, promise="T84")
        assert (clock.status, SitePage.objects.get().updated_at, PageChange.objects.get().was_mistaken) == ("withdrawn", None, True)

    def test_news_that_changed_are_settled_by_their_correction(self, book, xia):
        row = let_out(xia)
        with pytest.raises(NoReason):
            tell_news_changed(news=row, reason=" ", by=xia.user, at=NOW)
        tell_news_changed(news=row, reason="It moved.", by=xia.user, at=NOW)
        correct_news(news=News.objects.get(), texts=BETTER, notes=NOTE, by=xia.user, at=NOW)
        assert Clock.objects.get(promise="T84").stopped_at == PageChange.objects.get().settled_at == NOW


class TestLinks:
    @pytest.mark.parametrize(
        "address", ["http://a.example", "https://me:x@a.example", "https://10.0.0.1/", "https://intranet/", "javascript:x"]
    )
    def test_lead_to_public_sites_only(self, address):
        with pytest.raises(BadLink):
            checked_address(address)

    def test_stand_once_in_the_list_and_date_the_page(self, boss):
        wanted = LinkDraft(kind="authority", address="https://www.gov.example/", names={"en": "City"})
        add_link(draft=wanted, by=boss.user, at=NOW)
        with pytest.raises(BadLink):
            add_link(draft=wanted, by=boss.user, at=NOW)
        assert (UsefulLink.objects.count(), SitePage.objects.get(code="links").updated_at) == (1, NOW)
