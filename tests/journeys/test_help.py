"""Somebody asks on a phone, with a word that nobody wrote, reads the answer and says whether it helped."""

from playwright.sync_api import expect

from notices.models import ArticleFeedback, Synonym
from notices.operations.knowledge_index import put_up
from tests.conftest import NOW
from tests.factories.knowledge import ArticleTextFactory
from tests.journeys.test_cases import fits


def test_an_answer_is_found_while_typing_read_and_judged(live_server, page_in, axe, transactional_db):
    put_up([ArticleTextFactory(language="en", title="Paying at a kiosk", body="Put your card in.\n1. Choose the litres.")])
    Synonym.objects.create(language="en", words="kiosk, cashomat", written_by="user:1", written_at=NOW)
    page = page_in("en-GB", phone=True)
    page.goto(f"{live_server.url}/help/")
    page.get_by_role("searchbox", name="What do you want to know?").press_sequentially("cashomat")
    page.get_by_role("link", name="Paying at a kiosk").click()
    expect(page.get_by_role("heading", name="Paying at a kiosk")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_label("What was missing?").fill("Which coins?")
    page.get_by_role("button", name="No, it did not").click()
    expect(page.get_by_text("Thank you, we read it.")).to_be_visible()
    said = ArticleFeedback.objects.get()
    assert (said.is_useful, said.words) == (False, "Which coins?")
