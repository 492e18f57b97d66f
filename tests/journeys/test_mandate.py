"""An applicant signs with a finger that we act in their place."""

import pytest
from playwright.sync_api import expect

from connections.models import Mandate
from tests.factories.connections import ApplicationFactory

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 375, "height": 800}


def test_a_signature_drawn_on_the_screen_is_kept(live_server, page, signed_in, account, olive):
    case = ApplicationFactory(case__account=account, case__asker=olive).case
    signed_in(page, olive)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/cabinet/connections/{case.reference}/mandate/")
    pad = page.locator("canvas")
    expect(pad).to_be_visible()
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Act for me").click()
    expect(page.get_by_text("We act for you, free of charge")).to_be_visible()
    mandate = Mandate.objects.get()
    assert (mandate.signed_how, mandate.signature.content_type) == ("drawn", "image/png")
