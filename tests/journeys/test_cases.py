"""A question goes from the cabinet over the desk to an answer; and every page of cases is whole, at the desk and on a phone."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

import casework.operations
from casework.models import Case
from casework.operations import NewContact, Opening, Paper, Target, Telling
from casework.references import grouped
from sla.queries import policies
from tests.browser import LOCALES
from tests.casework.conftest import PNG


def keep_picture(page, name):
    """Where somebody wants to look: PICTURES=folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page):
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def book(transactional_db):
    """All promises, in force."""
    call_command("load_promises", verbosity=0)
    yield
    policies.forget()


@pytest.fixture
def case(olive, account, fang, qiang, book, now):
    """Asked in the cabinet, taken by Fang, talked about, offered to Qiang."""
    opening = Opening(kind="general_request", subject="", channel="cabinet", account=account, asker=olive, hall=fang.hall)
    text = "燃气表的屏幕不亮了\n换过电池,还是没有显示。Экран счётчика не горит, батарейку меняли."
    case = casework.operations.open_request(opening=opening, topic="top_up", text=text, by=olive, at=now).case
    by = {"by": fang.user, "at": now}
    casework.operations.accept(case=case, **by)
    call = NewContact(means="call", direction="out", content="已告知客户,明天上午回电。", talk_seconds=95, call_type="repair")
    casework.operations.record_contact(case=case, contact=call, **by)
    casework.operations.ask_customer(case=case, question="表号是多少?", means="cabinet", **by)
    telling = Telling(papers=[Paper("房产证", "缺第2页"), Paper("Identity card of the owner")], means="counter")
    casework.operations.return_papers(case=case, telling=telling, **by)
    casework.operations.transfer(case=case, to=Target(staff=qiang, note="surveyed before?"), **by)
    return case


STAFF_PAGES = {"list": "/staff/cases/", "unassigned": "/staff/cases/?list=unassigned", "new": "/staff/cases/new/"}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_of_the_desk_is_whole(live_server, page_in, signed_in, qiang, case, account, axe, locale):
    """Qiang looks at his lists, the form, a case offered to him and the account it belongs to."""
    page = signed_in(page_in(locale, viewport={"width": 1440, "height": 900}), qiang)
    paths = {**STAFF_PAGES, "case": f"/staff/cases/{case.reference}/", "account": f"/staff/accounts/{account.number}/"}
    paths |= {"slip": f"/staff/cases/{case.reference}/slip/"}
    for name, path in paths.items():
        page.goto(live_server.url + path)
        expect(page.locator("h1").first).to_be_visible()
        axe(page)
        keep_picture(page, f"cases-{name}-{locale}")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"{live_server.url}/staff/cases/{case.reference}/")
    fits(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_of_the_customer_is_whole_on_a_phone(live_server, page_in, signed_in, olive, case, axe, locale):
    """Olive looks at her requests; then, signed in or not, at the public page."""
    page = signed_in(page_in(locale, phone=True), olive)
    paths = {"mine": "/cabinet/requests/", "ask": "/cabinet/requests/new/", "request": f"/cabinet/requests/{case.reference}/"}
    for name, path in {**paths, "track": "/track/"}.items():
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        keep_picture(page, f"requests-{name}-{locale}")
        fits(page)
    page.get_by_role("textbox").nth(0).fill(grouped(case.reference).lower())
    page.get_by_role("textbox").nth(1).fill(case.tracking_code)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/track/case/$"))
    axe(page)
    fits(page)
    keep_picture(page, f"requests-tracked-{locale}")


def test_a_question_is_asked_taken_answered_and_reopened(live_server, page_in, signed_in, olive, account, fang, hall):
    """Olive asks with a picture; Fang takes it and answers; it did not help."""
    cabinet = signed_in(page_in("en-GB", phone=True), olive)
    cabinet.goto(f"{live_server.url}/cabinet/")
    cabinet.get_by_role("link", name="Ask something").click()
    cabinet.get_by_label("What is it about?").select_option("bill")
    cabinet.get_by_label("Your question or wish").fill("My bill is too high")
    cabinet.get_by_label("A picture or paper, if it helps").set_input_files({"name": "bill.png", "mimeType": "image/png", "buffer": PNG})
    cabinet.get_by_role("button", name="Send").click()
    expect(cabinet.get_by_text("We have your request. Here you see how it goes.")).to_be_visible()

    desk = signed_in(page_in("en-GB"), fang)
    desk.goto(f"{live_server.url}/staff/cases/?list=unassigned")
    desk.get_by_role("link", name=grouped(Case.objects.get().reference)).click()
    desk.get_by_role("button", name="Accept it").click()
    desk.get_by_label("Answer", exact=True).fill("A meter was read twice; the bill is corrected.")
    desk.get_by_label("The customer has it by").select_option("cabinet")
    desk.get_by_role("button", name="Keep the answer").click()
    expect(desk.get_by_text("The answer is kept.")).to_be_visible()

    cabinet.reload()
    expect(cabinet.get_by_text("A meter was read twice; the bill is corrected.")).to_be_visible()
    cabinet.get_by_text("This did not help").click()
    cabinet.get_by_label("What is still open?").fill("It is still the old sum")
    cabinet.get_by_role("button", name="Open my request again").click()
    expect(cabinet.get_by_text("Your request is open again.")).to_be_visible()


def test_a_case_is_handed_over_without_script(live_server, new_context, signed_in, fang, qiang, case):
    """Qiang declines, then Fang asks again and he accepts: plain forms do."""
    his = signed_in(new_context(java_script_enabled=False).new_page(), qiang)
    his.goto(f"{live_server.url}/staff/cases/")
    his.get_by_role("link", name=grouped(case.reference)).click()
    his.get_by_text("Decline it").first.click()
    his.get_by_label("Reason").first.fill("not my district")
    his.get_by_role("button", name="Decline it").click()
    expect(his.get_by_text("Declined. It stays with who asked you.")).to_be_visible()

    hers = signed_in(new_context(java_script_enabled=False).new_page(), fang)
    hers.goto(f"{live_server.url}/staff/cases/{case.reference}/")
    hers.get_by_text("Hand it to somebody else").click()
    hers.get_by_label("Colleague").select_option(label=str(qiang))
    hers.get_by_role("button", name="Ask them to take it").click()
    his.reload()
    his.get_by_role("button", name="Accept it").click()
    expect(his.get_by_text("The case is yours now.")).to_be_visible()


def test_missing_papers_are_told_once_and_printed(live_server, page, signed_in, fang, case, complaints):
    """Fang ticks what came, asks for something new too late, and prints the slip for what is left."""
    signed_in(page, fang)
    page.goto(f"{live_server.url}/staff/cases/{case.reference}/")
    papers = page.locator("section", has=page.get_by_role("heading", name="Papers"))
    papers.get_by_label("房产证").check()
    papers.get_by_role("button", name="The ticked ones have come").click()
    expect(papers.get_by_label("房产证")).to_be_disabled()
    papers.get_by_text("Tell everything missing at once").click()
    papers.get_by_label("Everything that is missing or wrong").fill("Floor plan")
    papers.get_by_role("button", name="Tell the whole list").click()
    expect(papers.get_by_role("alert")).to_contain_text("should have stood on the first list")
    expect(papers.get_by_label("Everything that is missing or wrong")).to_have_value("Floor plan")
    papers.get_by_role("link", name="Print the list").click()
    expect(page.locator(".sheet")).to_contain_text("Identity card of the owner")
    expect(page.locator(".sheet")).not_to_contain_text("缺第2页")
    complaints.clear()  # the browser notes the refusal (422)
