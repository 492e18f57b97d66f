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
