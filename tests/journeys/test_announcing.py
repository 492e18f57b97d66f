"""An announcement is written, looked at, given an hour, and called off before anybody was told."""

from playwright.sync_api import expect

from accounts.roles import Role
from notices.models import Announcement, Message
from tests.factories.accounts import StaffFactory
from tests.journeys.test_cases import fits


def test_an_announcement_is_looked_at_before_it_is_scheduled_and_called_off(live_server, page_in, signed_in, account, axe):
    xia = StaffFactory(user__username="xia", name="宋霞", number="040", hall=None, roles=[Role.HOTLINE_AGENT])
    page = signed_in(page_in("en-GB"), xia)
    page.goto(f"{live_server.url}/staff/announcements/new/")
    page.locator("[name=title_en]").fill("New hours")
    page.locator("[name=text_en]").fill("The hall opens at eight.")
    page.get_by_role("button", name="Only look: whom it reaches, what they read").last.click()
    expect(page.get_by_text("The hall opens at eight.").last).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Write it down").click()
    page.get_by_label("Goes out").fill("2099-11-23T10:00")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("Call it off").first).to_be_visible()
    page.locator("summary", has_text="Call it off").click()
    page.get_by_label("Why").fill("Not decided yet.")
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_text("Not decided yet.").first).to_be_visible()
    axe(page)
    fits(page)
    assert (Announcement.objects.get().is_called_off, Message.objects.exists()) == (True, False)
