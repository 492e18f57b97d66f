"""Fang opens her till, counts it a note short, says why; Qiang signs on his own screen and closes the day.

Then finance looks at the ledger and somebody in the street checks a receipt and the prices. Every page is clean for axe.
"""

import pytest
from playwright.sync_api import expect

from billing.models import HallDay, Shift
from tests.factories import accounts as people
from tests.factories.tills import pay


@pytest.fixture
def counter(hall):
    return people.CounterFactory(hall=hall, number=3)


@pytest.mark.django_db(transaction=True)
class TestTill:
    def test_from_the_float_to_the_closed_day(self, page_in, signed_in, live_server, axe, fang, qiang, counter, account, now):
        page = signed_in(page_in("en-GB"), fang)
        page.goto(f"{live_server.url}/staff/shift/")
        axe(page)
        page.get_by_label("Cash in the till at the start").fill("500")
        page.get_by_role("button", name="Open shift").click()
        expect(page.get_by_role("link", name="Go to the counter")).to_be_visible()
        pay(account, Shift.objects.get(), at=now)
        page.reload()
        page.get_by_label("¥100.00").fill("6")
        page.get_by_label("¥50.00").fill("1")
        expect(page.locator("output")).to_have_text("650.00")
        page.get_by_role("button", name="Enter the count").click()
        expect(page.locator("main")).to_contain_text("short by ¥15.00")
        axe(page)
        page.get_by_label("Why it differs").fill("a note too much was given back")
        with page.expect_navigation():
            page.get_by_role("button", name="Enter the count").click()
        axe(page)
        self.sign(signed_in(page_in("en-GB"), qiang), live_server, axe)
        assert Shift.objects.get().is_closed
        assert HallDay.objects.exists()

    def sign(self, page, live_server, axe):
        page.goto(f"{live_server.url}/staff/shifts/")
        axe(page)
        page.locator("table a").first.click()
        expect(page.get_by_role("button", name="sign and close")).to_be_visible()
        axe(page)
        with page.expect_navigation():
            page.get_by_role("button", name="sign and close").click()
        page.goto(f"{live_server.url}/staff/hall-day/")
        axe(page)
        with page.expect_navigation():
            page.get_by_role("button", name="Close the day").click()
        axe(page)

    def test_pages_for_finance_and_for_the_street(self, page_in, signed_in, live_server, axe, mei, account, shift, now):
        receipt = pay(account, shift, at=now, written=True)
        street, finance = page_in("zh-CN", phone=True), signed_in(page_in("ru-RU"), mei)
        for path in (f"/verify/{receipt.code}/", "/verify/00000000000000000000/", "/tariffs/"):
            street.goto(f"{live_server.url}{path}")
            axe(street)
        story = f"/staff/ledger/{receipt.top_up.reference}/"
        for path in ("/staff/ledger/?day=2026-11-20&book=", story, "/staff/reversals/", f"/receipts/{receipt.full_number}/"):
            finance.goto(f"{live_server.url}{path}")
            axe(finance)
