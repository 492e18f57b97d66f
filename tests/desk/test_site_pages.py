"""The public site: news, the section for clients, forms to print, and what machines look for."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from accounts.roles import Role
from desk import site_foot, site_tree
from desk.paper_forms import FORMS
from desk.queries import news_stream
from notices.models import UsefulLink
from notices.operations import news
from notices.operations.news_corrections import correct_news
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.billing import TariffVersionFactory
from tests.factories.knowledge import ArticleTextFactory
from tests.factories.news import SAID, let_out, written
from tests.factories.repairs_outages import OutageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def xia(db):
    return people.StaffFactory(name="Xia", roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def boss(db):
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


class TestStream:
    def test_prices_and_interruptions_are_in_it_by_themselves_and_once(self, client, xia):
        version = TariffVersionFactory(created_at=NOW)
        OutageFactory(status="announced", announced_at=NOW, reason="New valve")
        code = f"tariff:{version.effective_from.isoformat()}"
        assert {item.code.partition(":")[0] for item in news_stream.stream(at=NOW)} == {"tariff", "outage"}
        let_out(xia, about=code)
        assert [item.code for item in news_stream.stream(at=NOW) if item.category == "tariff"] == []
        assert "New valve" in client.get("/news/?about=switch_off").content.decode()

    def test_drafts_and_what_waits_for_its_hour_are_nowhere(self, client, xia):
        written(xia)
        let_out(xia, publish_at=NOW + timedelta(days=1))
        assert all(SAID["en"].title not in client.get(path).content.decode() for path in ("/news/", "/news.atom", "/"))

    def test_the_feed_and_the_archive_hold_what_is_out_in_the_reader_s_language(self, client, xia):
        let_out(xia)
        said = [
            client.get(path, headers={"Accept-Language": "zh-hans"}).content.decode() for path in ("/news.atom", f"/news/in/{NOW.year}/")
        ]
        assert [SAID["zh-hans"].title in page for page in said] == [True, True]
        assert client.get("/news/?about=gossip").status_code == client.get("/news/in/3026/").status_code == 404

    def test_a_correction_stays_to_be_seen_and_what_was_withdrawn_is_gone_with_its_words(self, client, xia):
        row = let_out(xia)
        better = {**SAID, "en": SAID["en"].__class__("A new kiosk", "It stands in the yard.")}
        correct_news(news=row, texts=better, notes={"en": "Not in the lobby."}, by=xia.user, at=NOW)
        said = client.get(f"/news/{row.pk}/").content.decode()
        assert all(words in said for words in ("Not in the lobby.", "It stands in the lobby.", "It stands in the yard."))
        news.withdraw_news(news=row, reason="Put up later.", by=xia.user, at=NOW)
        gone = client.get(f"/news/{row.pk}/")
        assert (gone.status_code, "Put up later." in gone.content.decode(), "yard" in gone.content.decode()) == (410, True, False)


class TestStaff:
    def test_written_let_out_and_read_by_another_on_pages(self, client, xia, boss, signed_in):
        form = {"category": "tariff", "title_en": "A hearing", "text_en": "In December."}
        wrong = signed_in(client, xia).post("/staff/news/new/", {**form, "text_en": ""})
        assert (wrong.status_code, "A hearing" in wrong.content.decode()) == (422, True)
        page = client.post("/staff/news/new/", form, follow=True)
        here = page.redirect_chain[-1][0]
        assert "Somebody else reads it" in client.post(f"{here}let-out/", follow=True).content.decode()
        other = signed_in(client, boss)
        waits = other.get(here).content.decode()
        version = waits.partition('name="version" value="')[2].partition('"')[0]
        done = other.post(f"{here}approve/", {"version": version, "looked_at": "0"}, follow=True).content.decode()
        assert "Everybody can read it now" in done

    def test_what_has_changed_stands_with_its_page_until_it_is_settled(self, client, xia, signed_in):
        client = signed_in(client, xia)
        assert client.post("/staff/site/offices/changed/", {"what": ""}).status_code == 422
        said = client.post("/staff/site/offices/changed/", {"what": "The north hall moved."}, follow=True).content.decode()
        assert "The north hall moved." in said
        client.post("/staff/site/offices/confirm/", {"is_updated": "yes"})
        assert "Brought up to date" in client.get("/clients/offices/").content.decode()

    def test_a_link_is_added_to_the_page(self, client, boss, signed_in):
        form = {"kind": "authority", "address": "https://www.gov.example/", "position": "1", "name_en": "The city"}
        client = signed_in(client, boss)
        assert client.post("/staff/site/links/new/", {**form, "address": "http://10.0.0.1/"}).status_code == 422
        client.post("/staff/site/links/new/", form)
        assert UsefulLink.objects.get().address in client.get("/clients/useful-links/").content.decode()


class TestForClients:
    def test_every_page_of_the_section_opens_and_leads_on(self, client):
        ArticleTextFactory(article__slug="send-readings", body="Write what stands there.")
        pages = {path: client.get(path) for path in (*site_tree.addresses(), "/", "/news/")}
        assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
        assert "Write what stands there." in pages["/clients/services/persons/readings/"].content.decode()
        assert client.get("/clients/services/pets/readings/").status_code == client.get("/clients/nothing/").status_code == 404

    def test_every_article_it_names_is_delivered(self):
        files = (settings.BASE_DIR / "data" / "knowledge").glob("*.json")
        shelves = [found for path in files if "articles" in (found := json.loads(path.read_text(encoding="utf-8")))]
        delivered = {row["slug"] for shelf in shelves for row in shelf["articles"] if isinstance(shelf, dict)}
        leaves = [*site_tree.PAGES, *(leaf for leaves in site_tree.SERVICES.values() for leaf in leaves)]
        assert {slug for leaf in leaves for slug in (*leaf.articles, *leaf.more)} <= delivered

    def test_every_door_leads_somewhere(self):
        doors = [door for group in (*site_tree.MAIN, *site_tree.GROUPS) for door in group.doors]
        doors += [door for _title, found in site_foot.FOOT for door in found]
        assert all(door.url.startswith("/") for door in (*doors, *site_foot.TASKS))

    def test_a_blank_form_is_a_pdf_and_codes_are_their_own(self, client):
        assert client.get("/clients/forms/zh-hans/supply.pdf").content.startswith(b"%PDF")
        assert client.get("/clients/forms/fr/supply.pdf").status_code == client.get("/clients/forms/en/poem.pdf").status_code == 404
        assert len({form.code for form in FORMS}) == len(FORMS)

    def test_machines_find_public_pages_and_no_others(self, client):
        said = client.get("/sitemap.xml").content.decode()
        assert "/clients/offices/" in said
        assert "/cabinet/" not in said
        assert "Disallow: /cabinet/" in client.get("/robots.txt").content.decode()
