"""The database is locked when Fang takes the money: she is told so, sends the same again, and it is sold once."""

import re

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

import billing.operations.sales
from billing.models import Payment
from tests.browser import SIZES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", SIZES)
def test_what_was_typed_is_sent_again_with_one_click(
    page_in, signed_in, live_server, fang, chip, account, axe, complaints, monkeypatch, phone
):
    def locked(*args):
        raise OperationalError("database is locked")

    page = signed_in(page_in("en-GB", phone=phone), fang)
    page.goto(f"{live_server.url}/counter/?account={account.number}&volume=60")
    page.get_by_label("Cash handed over").fill("200")
    monkeypatch.setattr(billing.operations.sales, "_sell", locked)
    page.get_by_role("button", name="Take payment and write card").click()
    expect(page.get_by_role("heading", name="The system is busy just now")).to_be_visible()
    axe(page)
    monkeypatch.undo()
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url(re.compile("/counter/sold/"))
    assert Payment.objects.get().tendered == 20_000
    complaints.clear()  # the browser notes the 503
