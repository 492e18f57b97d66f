"""A page that is opened during a demonstration shows the shifted time, and goes on with it."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from accounts.clock import business_date
from billing.models import Shift
from tests.browser import SIZES
from tests.clocks import EVE
from tests.factories.accounts import CounterFactory


def moment_on(page):
    return datetime.fromisoformat(page.locator(".demonstration-clock time").get_attribute("datetime")).astimezone(UTC)


@pytest.mark.parametrize("phone", SIZES)
def test_a_page_shows_the_shifted_time_and_goes_on_with_it(live_server, page_in, axe, demonstration, phone):
    demonstration(speed=60)
    page = page_in("en-GB", phone=phone)
    page.goto(live_server.url)
    expect(page.locator(".demonstration-clock")).to_contain_text("2026-12-24 1")
    expect(page.locator(".demonstration-clock")).to_contain_text("60×")
    before = moment_on(page)
    page.wait_for_timeout(2200)
    assert 60 <= (moment_on(page) - before).total_seconds() <= 3600
    assert (before - EVE).total_seconds() < 3600
    axe(page)


def test_a_shift_that_is_opened_begins_at_the_shifted_time(live_server, page, signed_in, fang, hall, demonstration):
    """Not only the strip: what the house writes carries the date that is shown."""
    CounterFactory(hall=hall)
    demonstration(speed=1)
    signed_in(page, fang)
    page.goto(f"{live_server.url}/staff/shift/")
    page.get_by_label("Cash in the till at the start").fill("500")
    page.get_by_role("button", name="Open shift").click()
    expect(page.get_by_role("link", name="Go to the counter")).to_be_visible()
    assert business_date(Shift.objects.get().opened_at) == business_date(EVE)
