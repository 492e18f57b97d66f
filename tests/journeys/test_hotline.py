"""An agent's call: it opens by itself when the exchange says who answered, is held with the caller's word, saved, and becomes an order."""

import re

from playwright.sync_api import expect

from accounts.actors import System
from accounts.clock import business_now
from accounts.roles import Role
from desk.models import Call
from tests.factories.accounts import StaffFactory
from tests.factories.calls import rings, told
from tests.journeys.test_cases import fits, keep_picture

PBX = System("exchange")


def look(page, axe, name):
    axe(page)
    fits(page)
    keep_picture(page, f"hotline-{name}")


def test_a_call_that_was_answered_is_held_saved_and_leads_to_the_order(live_server, page_in, signed_in, account, axe):
    xia = StaffFactory(user__username="xia", name="宋霞", number="040", hall=None, roles=[Role.HOTLINE_AGENT])
    desk = signed_in(page_in("en-GB", viewport={"width": 1280, "height": 850}), xia)
    desk.goto(f"{live_server.url}/staff/hotline/")
    look(desk, axe, "desk")

    rings(PBX, at=business_now())
    told(PBX, "answered", agent="040", at=business_now())
    expect(desk).to_have_url(re.compile(Call.objects.get().reference))
    desk.get_by_role("searchbox", name="Card, number, phone, name or address").fill(account.number)
    desk.get_by_role("button", name="Find").first.click()
    desk.get_by_role("button", name=f"This one {account.number}").click()
    expect(desk.get_by_text("Am I speaking with 李娜")).to_be_visible()
    desk.get_by_label("The caller agrees to wait").check()
    desk.get_by_role("button", name="Put on hold").click()
    desk.get_by_role("button", name="Back to the caller").click()
    look(desk, axe, "call")

    desk.locator("input[name=call_type][value=repair]").check()
    desk.get_by_label("What was said, in short").fill("The display of the meter is dark.")
    desk.get_by_label("An order is to be made of it").check()
    desk.get_by_role("button", name="Save it and make the order now").click()
    expect(desk).to_have_url(re.compile(f"/staff/accounts/{account.number}/repairs/new/"))
    assert Call.objects.get().status == "saved"
