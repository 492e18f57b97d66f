"""Why this moment? Ada tries a promise and looks back with a draft; a customer reads the reasons. At a desk and on a phone."""

import os
from datetime import timedelta

import pytest
from playwright.sync_api import expect

import casework.operations
from casework.operations import Opening
from sla.models import Promise, PromiseVersion
from sla.operations.book import NewVersion, write_version
from tests.browser import SIZES
from tests.factories.sla import AlarmFactory, ClockFactory, EscalationFactory

HOUR = timedelta(hours=1)


@pytest.fixture(params=SIZES)
def page(page_in, request):
    return page_in("en-GB", viewport={"width": 375 if request.param else 1440, "height": 900})


@pytest.fixture
def look(axe):
    """Takes a picture where somebody wants one (PICTURES=folder), and finds what is wrong with the page."""

    def looked(page, name):
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        axe(page)

    return looked


def test_a_promise_is_tried_with_the_keyboard_alone(page, live_server, book, ada, signed_in, look):
    signed_in(page, ada).goto(f"{live_server.url}/staff/promises/T52/")
    page.get_by_role("link", name="Try it").press("Enter")
    expect(page.get_by_role("heading", name="Why this moment")).to_be_visible()
    page.get_by_label("It begins").fill("2026-12-31T16:58")
    page.get_by_text("For whom, and what else matters").press("Enter")
    page.get_by_label("Area").select_option("rural")
    page.get_by_label("Broken by how many hours").fill("30")
    page.get_by_label("Broken by how many hours").press("Enter")
    expect(page.get_by_text("holds instead of T52")).to_be_visible()
    expect(page.get_by_text("Its rule names no amount")).to_be_visible()
    look(page, "calculator")


def test_what_cannot_be_answered_keeps_what_was_typed(page, live_server, book, ada, signed_in, look, complaints):
    signed_in(page, ada).goto(f"{live_server.url}/staff/promises/calculator/?promise=T52&at=1850-01-01T10:00")
    expect(page.get_by_role("alert")).to_contain_text("It begins")
    expect(page.get_by_label("Promise")).to_have_value("T52")
    look(page, "calculator-refusal")
    assert "422" in complaints.pop()


@pytest.fixture
def draft(book, ada, now):
    """Half the time for what ran in the last weeks."""
    held = PromiseVersion.objects.get(promise="T52")
    for number in range(12):
        began = now - timedelta(days=2 * number + 1)
        moments = {"started_at": began, "due_at": began + 4 * HOUR, "stopped_at": began + (number + 1) * HOUR / 2}
        clock = ClockFactory(version=held, **moments, status="stopped", kind="repair", area="urban")
        EscalationFactory(alarm=AlarmFactory(clock=clock, rung="50%", fired_at=now), to_role="owner", created_at=now)
    new = NewVersion(changes={"limit": "PT2H", "calendar": "24x7", "target": ""}, effective_from=None, reason="Two more crews")
    return write_version(promise=Promise.objects.get(pk="T52"), new=new, by=ada.user, at=now)


def test_a_draft_is_held_against_what_was(page, live_server, draft, ada, signed_in, look):
    signed_in(page, ada).goto(f"{live_server.url}/staff/promises/T52/")
    page.get_by_role("link", name="What would it have done").first.click()
    expect(page.get_by_role("heading", name="Kept and missed")).to_be_visible()
    look(page, "what-if")


def test_a_customer_reads_why(page, live_server, book, olive, account, hall, signed_in, look, now):
    opening = Opening(kind="general_request", subject="", channel="cabinet", account=account, asker=olive, hall=hall)
    case = casework.operations.open_request(opening=opening, topic="top_up", text="The meter is dark.", by=olive, at=now).case
    signed_in(page, olive).goto(f"{live_server.url}/cabinet/requests/{case.reference}/")
    page.get_by_text("Why this moment?").first.press("Enter")
    expect(page.get_by_text("We promise it by").first).to_be_visible()
    look(page, "case-why")
