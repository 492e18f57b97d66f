"""Whoever stands at the counter is found by whatever they can say, and without JavaScript as well."""

import pytest
from playwright.sync_api import expect

from accounts.searching import searchable
from billing.models import TopUp
from tests.factories import accounts as people


@pytest.fixture
def known(account):
    """Olive's account with a phone, everything of her in the search column."""
    phone = people.PhoneFactory(customer=account.customer, number="+8613800138000")
    card = account.cards.get()
    words = f"{account.number} {card.number} {account.customer.name} {phone.number} 13800138000 {account.premises.address}"
    type(account).objects.filter(pk=account.pk).update(search=searchable([words]))
    return account


@pytest.mark.parametrize("key", ["number", "card", "phone", "name", "address"])
def test_each_key_finds_the_customer(counter, known, key):
    said = {
        "number": known.number,
        "card": known.cards.get().number,
        "phone": "138 0013 8000",
        "name": "李娜",
        "address": known.premises.address[-12:],
    }
    counter.get_by_role("searchbox").fill(said[key])
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("heading", name="李娜")).to_be_visible()
    assert "李娜" not in counter.url


def test_several_who_fit_are_chosen_with_the_keyboard(counter, known, neighbour):
    counter.get_by_role("searchbox").fill("山东省临沂市")
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("heading", name="2 accounts fit")).to_be_visible()
    counter.keyboard.press("ArrowDown")
    chosen = counter.evaluate("document.activeElement.querySelector('strong').textContent")
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("heading", name=chosen)).to_be_visible()


def test_nobody_is_said_with_what_to_try(counter, known, axe):
    counter.get_by_role("searchbox").fill("nobody of this name")
    counter.keyboard.press("Enter")
    expect(counter.get_by_text("Nobody fits")).to_be_visible()
    axe(counter)


def test_a_sale_needs_no_javascript(live_server, new_context, signed_in, fang, chip, known):
    page = new_context(java_script_enabled=False).new_page()
    signed_in(page, fang)
    page.goto(f"{live_server.url}/counter/")
    page.get_by_role("searchbox").fill(known.number)
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Volume, m³").fill("６０")
    page.get_by_role("button", name="Price", exact=True).click()
    expect(page.locator("#total")).to_contain_text("¥165.00")
    page.get_by_label("Cash handed over").fill("200")
    page.get_by_role("button", name="Take payment and write card").click()
    expect(page.get_by_role("heading", name="Hand back card, book, receipt")).to_be_visible()
    assert TopUp.objects.get().status == "written"
