"""The seals of the journal, as anybody sees them: on a phone and a desk, in every language."""

import pytest
from playwright.sync_api import expect

from casework.operations import seal_journal
from tests.browser import LOCALES


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_seals_fit_and_are_accessible(live_server, page_in, axe, now, locale, phone):
    seal_journal(at=now)
    page = page_in(locale, phone=phone)
    page.goto(f"{live_server.url}/journal/roots/")
    expect(page.locator("main code")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    axe(page)
