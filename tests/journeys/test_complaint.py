"""Somebody complains on a phone without a name; whoever routes complaints asks, answers, and the answer is read with the code."""

import re

from playwright.sync_api import expect

from accounts.models import Hall
from casework.references import grouped
from complaints.models import Complaint
from tests.complaints.complaint_cast import router
from tests.journeys.test_cases import fits, keep_picture


def look(page, axe, name):
    """Whole, readable by a screen reader, no wider than the screen."""
    expect(page.locator("h1").first).to_be_visible()
    axe(page)
    fits(page)
    keep_picture(page, f"complaint-{name}")


def write(phone, hall, axe):
    """On the public page, without a name."""
    look(phone, axe, "form")
    phone.get_by_label("how somebody behaved").check()
    phone.get_by_label("What happened?").fill("The man at counter 3 shouted at me.")
    phone.get_by_label("In which hall?").select_option(label=Hall.objects.get(pk=hall.pk).name)
    phone.get_by_role("button", name="Send the complaint").click()
    expect(phone.get_by_role("heading", name="We have your complaint")).to_be_visible()
    look(phone, axe, "done")


def answer(desk, reference, axe):
    """From the list to the answer."""
    look(desk, axe, "list")
    desk.get_by_role("link", name=grouped(reference)).click()
    desk.get_by_role("button", name="Look into it now").click()
    look(desk, axe, "page")
    desk.locator("#answer_text").fill("We are sorry. We have spoken with our colleague.")
    desk.get_by_role("button", name="Give the answer").click()
    expect(desk.get_by_text("The complaint is answered.")).to_be_visible()
    look(desk, axe, "answered")


def test_a_complaint_without_a_name_is_answered_and_read_with_the_code(live_server, page_in, signed_in, hall, axe):
    phone = page_in("en-GB", viewport={"width": 375, "height": 800})
    phone.goto(f"{live_server.url}/complain/")
    write(phone, hall, axe)

    desk = signed_in(page_in("en-GB"), router())
    desk.goto(f"{live_server.url}/staff/complaints/")
    answer(desk, Complaint.objects.select_related("case").get().case.reference, axe)

    phone.get_by_role("button", name="See how it goes").click()
    expect(phone).to_have_url(re.compile("/track/case/$"))
    expect(phone.get_by_text("We are sorry. We have spoken with our colleague.")).to_be_visible()
    look(phone, axe, "tracked")
