"""A clerk sells gas: the card is read, the volume typed, the money taken, the card written, the receipt handed over."""

import re

from playwright.sync_api import expect

from billing.models import Payment, TopUp


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def test_a_known_card_takes_at_most_eight_keys(counter, account):
    keys = Keys(counter)
    keys.press("Enter")
    expect(counter.get_by_role("heading", name="李娜")).to_be_visible()
    keys.press("6", "0", "Enter")
    expect(counter.locator("#total")).to_contain_text("¥165.00")
    keys.press("2", "0", "0")
    expect(counter.locator("#change")).to_contain_text("35.00")
    keys.press("Enter")
    expect(counter.get_by_role("heading", name="Hand back card, book, receipt")).to_be_visible()
    assert keys.pressed <= 8
    top_up = TopUp.objects.get(account=account)
    assert (top_up.status, top_up.litres, top_up.payment.change) == ("written", 60_000, 3_500)


def test_the_receipt_is_what_prints(counter, account, axe):
    counter.keyboard.press("F2")
    counter.get_by_label("Volume, m³").fill("50")
    expect(counter.locator("#total")).to_contain_text("¥137.50")
    counter.keyboard.press("F9")
    expect(counter.get_by_role("heading", name="Hand back card, book, receipt")).to_be_visible()
    axe(counter)
    counter.emulate_media(media="print")
    expect(counter.get_by_role("heading", name="Hand back card, book, receipt")).to_be_hidden()
    expect(counter.locator(".sheet")).to_be_visible()


def test_a_clerk_without_a_shift_is_led_to_open_one(live_server, page, signed_in, fang, axe):
    signed_in(page, fang).goto(f"{live_server.url}/counter/")
    axe(page)
    page.get_by_role("link", name="Open shift").click()
    page.wait_for_url(re.compile("/staff/shift/"))


def test_f9_pays_the_exact_amount(counter, account):
    keys = Keys(counter)
    keys.press("F2")
    expect(counter.get_by_text("card read", exact=True)).to_be_visible()
    keys.press("5", "0")
    expect(counter.locator("#total")).to_contain_text("¥137.50")
    keys.press("F9")
    counter.wait_for_url(re.compile("/counter/sold/"))
    assert keys.pressed == 4
    assert Payment.objects.get().amount == Payment.objects.get().tendered == 13_750
