"""A customer looks after the gas on a phone, in three languages; a head looks at the whole of an account."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.models import Binding
from billing.states import TopUpStatus
from notices.models import Message
from tests.browser import LOCALES
from tests.factories import accounts as people
from tests.factories import billing as money

PAGES = ["", "purchases/", "cards/", "tariff/", "documents/", "details/", "bind/"]


@pytest.fixture
def on_file(account):
    return people.PhoneFactory(customer=account.customer, number="+8613912345678")


@pytest.fixture
def bought(account, tariff):
    """400 m³ bought before, 60 m³ over the bound of the first tier, paid and not on the card."""
    lines = [
        {"tier": 1, "litres": 42_000, "unit_price": 27_500, "amount": 11_550},
        {"tier": 2, "litres": 18_000, "unit_price": 33_000, "amount": 5_940},
    ]
    card = account.cards.get()
    common = {"account": account, "meter": card.meter, "card": card, "tariff_version": tariff}
    money.TopUpFactory(**common, status=TopUpStatus.WRITTEN, litres=358_000)
    return money.TopUpFactory(**common, status=TopUpStatus.FAILED, litres=60_000, amount=17_490, lines=lines)


def keep_picture(page, name):
    """Where somebody wants to look: PICTURES=folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page):
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_whole_on_a_phone(live_server, page_in, signed_in, olive, bought, on_file, axe, locale):
    """Olive walks through her cabinet on a phone; no rule of accessibility is broken and nothing is cut off."""
    page = signed_in(page_in(locale, phone=True), olive)
    for name in [*PAGES, f"purchases/{bought.reference}/"]:
        page.goto(f"{live_server.url}/cabinet/{name}")
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        fits(page)
        keep_picture(page, f"cabinet-{name.split('/')[0] or 'home'}-{locale}")


def test_a_newcomer_binds_an_account_with_the_code_from_the_phone_on_file(
    live_server, page_in, signed_in, account, on_file, axe, complaints
):
    """
    Olive's brother types her account number and name, in the role of family. She reads him the code from her phone.
    First he mistypes it; then the account is in his cabinet.
    """
    brother = people.UserFactory(username="brother", phone="+8613700000001", is_phone_verified=True)
    page = signed_in(page_in("en-GB", phone=True), brother)
    page.goto(f"{live_server.url}/cabinet/")
    page.get_by_role("link", name="Add my gas account").click()
    page.get_by_label("Account number").fill(account.number)
    page.get_by_label("Name of the holder").fill("李娜")
    page.get_by_label("family member").check()
    page.get_by_role("button", name="Continue").click()
    axe(page)
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong or no longer valid")
    axe(page)
    complaints.clear()  # the browser notes the refusal
    page.get_by_label("Code").fill(re.search(r"\d{6}", Message.objects.get().text)[0])
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_text("The account is in your cabinet now.")).to_be_visible()
    assert Binding.objects.get(user=brother).role == "family"


def test_the_head_sees_all_of_an_account_and_looks_behind_the_mask(live_server, page, signed_in, qiang, account, on_file, olive, axe):
    """Qiang finds the account by phone, sees everything on one page, opens the mask, freezes it and sees that in the history."""
    signed_in(page, qiang)
    page.goto(f"{live_server.url}/staff/accounts/")
    page.get_by_role("searchbox").fill("139 1234 5678")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="李娜")).to_be_visible()
    axe(page)
    fits(page)
    assert "139 1234 5678" not in page.content()
    page.get_by_role("button", name="Show in full").click()
    expect(page.get_by_text("139 1234 5678")).to_be_visible()
    page.get_by_label("Why it is frozen").fill("欠费")
    page.get_by_role("button", name="Freeze").click()
    expect(page.get_by_text("open → frozen")).to_be_visible()
    axe(page)
    keep_picture(page, "staff-account")


@pytest.mark.parametrize("path", ["staff/people/", "staff/people/017/", "staff/roster/", "halls/"])
def test_the_other_pages_break_no_rule(live_server, page, signed_in, ada, fang, axe, path):
    """Ada looks at who works here, who is on duty, and the directory of halls."""
    signed_in(page, ada)
    page.goto(f"{live_server.url}/{path}")
    axe(page)
    fits(page)
    keep_picture(page, path.strip("/").replace("/", "-"))
