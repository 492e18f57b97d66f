"""Somebody follows the company's account: a tap on its menu, their gas account bound, gas bought and paid in WeChat's own wallet."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import WeChatLink
from billing.models import TopUp
from billing.stand_in import How
from notices.models import Message
from tests.factories.accounts import PhoneFactory
from tests.journeys.test_buying import wallet  # noqa: F401
from tests.journeys.test_cabinet import fits, keep_picture

#: What WeChat's browser has and others have not.
BRIDGE = """
window.WeixinJSBridge = {
  invoke: (name, given, then) => payInWallet(name, given.package).then(() => then({ err_msg: "get_brand_wcpay_request:ok" })),
};
"""


@pytest.fixture
def phone(page_in, wallet):  # noqa: F811
    """WeChat's browser on a phone, and its wallet."""
    page = page_in("en-GB", phone=True, user_agent="Mozilla/5.0 (Linux; Android 15) Mobile MicroMessenger/8.0.50")

    def pay(_name, package):
        wallet.desk.pay(wallet.desk.orders.find(package.removeprefix("prepay_id=wx")), How.NEVER)

    page.expose_function("payInWallet", pay)
    page.add_init_script(BRIDGE)
    return page


def test_a_follower_binds_an_account_and_pays_in_wechat(live_server, phone, account, axe):
    PhoneFactory(customer=account.customer, number="+8613912345678")
    phone.goto(f"{live_server.url}/auth/wechat/?next=/cabinet/buy/")
    axe(phone)
    phone.get_by_role("button", name="Phone 2").click()
    axe(phone)
    keep_picture(phone, "wechat-first")
    phone.get_by_role("button", name="Add my gas account").click()
    phone.get_by_label("Account number").fill(account.number)
    phone.get_by_label(re.compile("Name of the holder")).fill("李娜")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_label("Code")).to_be_visible()
    phone.get_by_label("Code").fill(re.search(r"\d{6}", Message.objects.get(kind="binding_code").text)[0])
    with phone.expect_navigation():
        phone.get_by_role("button", name=re.compile("Add|Confirm|Continue")).click()
    phone.goto(f"{live_server.url}/cabinet/buy/?volume=20")
    phone.get_by_label("WeChat Pay: here, in WeChat").check()
    phone.get_by_role("button", name="Order and pay").click()
    expect(phone.get_by_role("button", name="Pay in WeChat")).to_be_visible()
    axe(phone)
    fits(phone)
    keep_picture(phone, "wechat-pay")
    phone.get_by_role("button", name="Pay in WeChat").click()
    expect(phone.get_by_text("the gas is not on the card yet")).to_be_visible()
    assert (TopUp.objects.get().amount, WeChatLink.objects.get().user.bindings.get().account) == (5_500, account)
