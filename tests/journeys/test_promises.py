"""Ada reads the book of promises, writes a new version and enters a day; a customer reads what we promise."""

import os

import pytest
from playwright.sync_api import expect

from tests.browser import LOCALES

PAGES = [
    *("staff/promises/", "staff/promises/T06/", "staff/promises/T06/change/"),
    *("staff/calendars/", "staff/calendars/hall/", "staff/calendars/hall/hours/"),
]


@pytest.fixture(params=[False, True], ids=["desk", "phone"])
def page(page_in, request):
    return page_in("en-GB", phone=request.param)


def picture(page, name):
    """For looking at: set PICTURES to a folder."""
    if folder := os.environ.get("PICTURES"):
        width = page.viewport_size["width"]
        page.screenshot(path=f"{folder}/{name.strip('/').replace('/', '-')}-{width}.png", full_page=True)


def fits(page):
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("address", PAGES)
def test_staff_pages_can_be_read_by_everybody(page, live_server, book, ada, signed_in, axe, address):
    signed_in(page, ada).goto(f"{live_server.url}/{address}")
    picture(page, address)
    fits(page)
    axe(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_customers_read_what_we_promise(page_in, live_server, book, axe, locale):
    page = page_in(locale, phone=True)
    page.goto(f"{live_server.url}/promises/")
    picture(page, f"public-{locale}")
    assert page.locator("article.promise").count() > 50
    fits(page)
    axe(page)


def test_a_new_version_waits_for_its_day(page_in, live_server, book, ada, signed_in):
    page = signed_in(page_in("en-GB"), ada)
    page.goto(f"{live_server.url}/staff/promises/T52/")
    page.get_by_role("link", name="Write a new version").click()
    page.get_by_label("Limit").fill("PT3H")
    page.get_by_label("In force from").fill("2099-01-01T00:00")
    page.get_by_label("Reason").fill("Two more crews")
    page.get_by_role("button", name="Keep this version").click()
    expect(page.get_by_text("within 3 hours")).to_be_visible()
    expect(page.get_by_text("to come", exact=True)).to_be_visible()
    picture(page, "after-version")


def test_a_mistake_keeps_what_was_typed(page_in, live_server, book, ada, signed_in, complaints):
    page = signed_in(page_in("en-GB"), ada)
    page.goto(f"{live_server.url}/staff/promises/T52/change/")
    page.get_by_label("Limit").fill("soon")
    page.get_by_label("Reason").fill("Two more crews")
    page.get_by_role("button", name="Keep this version").click()
    picture(page, "mistake")
    expect(page.get_by_label("Limit")).to_have_value("soon")
    expect(page.get_by_label("Reason")).to_have_value("Two more crews")
    complaints.clear()  # Chromium reports every 422


def test_a_day_is_entered_and_taken_back(page_in, live_server, book, ada, signed_in):
    page = signed_in(page_in("en-GB"), ada)
    page.goto(f"{live_server.url}/staff/calendars/hall/?year=2027")
    page.get_by_label("Day", exact=True).fill("2027-03-01")
    page.get_by_label("Reason").fill("Inventory")
    with page.expect_navigation():
        page.get_by_role("button", name="Enter the day").click()
    page.goto(f"{live_server.url}/staff/calendars/hall/?year=2027")
    expect(page.get_by_text("Inventory")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Take back").click()
    page.goto(f"{live_server.url}/staff/calendars/hall/?year=2027")
    picture(page, "day-back")
    expect(page.get_by_text("Entered once and ended")).to_be_visible()
