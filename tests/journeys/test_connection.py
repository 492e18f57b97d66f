"""Somebody without an account applies for gas on a phone, sends a paper, and reads what the steward found."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from connections.models import Application
from tests.connections.conftest import make_plan
from tests.connections.conftest import steward as xin  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def photo():
    kept = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(kept, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def apply(page, live_server):
    page.goto(f"{live_server.url}/apply/")
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("a home").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Where is gas wanted?").fill("兰陵县卞庄街道文峰路12号")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("周敏")
    page.get_by_label("Phone").fill("139 0013 9000")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="We have your application")).to_be_visible()


def send_paper(page):
    page.get_by_role("button", name="See how it goes, send papers").click()
    page.get_by_label("Photo or file: Identity").set_input_files(photo())
    page.get_by_role("button", name="Send Identity").click()
    expect(page.get_by_text("Your steward looks at it")).to_be_visible()


def test_an_application_and_its_paper_go_to_the_steward_and_back(live_server, page_in, signed_in, xin, complaints):  # noqa: F811
    make_plan()
    phone = page_in("en-GB", phone=True)
    apply(phone, live_server)
    send_paper(phone)
    case = Application.objects.get().case
    desk = signed_in(page_in("en-GB"), xin)
    desk.goto(f"{live_server.url}/staff/cases/{case.reference}/")
    desk.get_by_role("link", name="Identity").click()
    desk.get_by_role("button", name="Do not accept it").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    desk.get_by_label("Reason").fill("The back is missing.")
    desk.get_by_role("button", name="Do not accept it").click()
    expect(desk.get_by_text("The back is missing.")).to_be_visible()
    phone.reload()
    # A verdict's words are for who knows more than the slip.
    phone.get_by_text("See what was written and photographed").click()
    phone.get_by_label("The last 4 digits of your phone").fill("9000")
    phone.get_by_role("button", name="Show it").click()
    expect(phone.get_by_text("The back is missing.")).to_be_visible()
    complaints.clear()  # the verdict without a reason was refused on purpose
