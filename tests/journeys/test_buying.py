"""Olive buys gas from the sofa and pays with a click on the stand-in; the page tells her at each step how it stands."""

import pytest
from playwright.sync_api import expect

from billing.models import TopUp
from tests.browser import SIZES
from tests.journeys.test_cabinet import fits, keep_picture
from tests.pay_stand_in import pay_there, serving


@pytest.fixture
def wallet(settings, live_server):
    with serving() as server:
        settings.SITE_URL = live_server.url
        pay_there(settings, server)
        yield server


@pytest.mark.parametrize("is_phone", SIZES)
def test_gas_is_bought_and_paid_with_a_click(live_server, page_in, signed_in, olive, wallet, axe, is_phone):
    page = signed_in(page_in("en-GB", phone=is_phone), olive)
    page.goto(f"{live_server.url}/cabinet/")
    page.get_by_role("link", name="Buy gas").click()
    page.get_by_label("Volume, m³").fill("20")
    page.get_by_role("button", name="Show the price").click()
    page.get_by_label("WeChat Pay: scan a code").check()
    axe(page)
    keep_picture(page, f"buy-{is_phone}")
    page.get_by_role("button", name="Order and pay").click()
    expect(page.get_by_role("img", name="Code to scan with the app")).to_be_visible()
    axe(page)
    fits(page)
    keep_picture(page, f"pay-{is_phone}")
    with page.context.expect_page() as opened:
        page.evaluate("window.open(document.querySelector('#live a.btn').href)")
    opened.value.get_by_role("button", name="Pay now").click()
    keep_picture(opened.value, f"wallet-{is_phone}")
    expect(page.get_by_text("the gas is not on the card yet")).to_be_visible()
    keep_picture(page, f"paid-{is_phone}")
    assert TopUp.objects.get().amount == 5_500
