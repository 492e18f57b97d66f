"""A leak is reported on a slow phone without script; the desk takes one down; and every page of reports is whole in three languages."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

import repairs.operations.reporting
from accounts.actors import System
from accounts.roles import Role
from repairs.models import Repair
from repairs.operations.reporting import Report
from sla.queries import policies
from tests.browser import LOCALES
from tests.factories.accounts import RoleGrantFactory, StaffFactory


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
def reported(account, book, now):
    """A leak next door, reported a while ago."""
    report = Report(fault="leak", channel="phone", account=account, text="厨房有味道", answers={"smell": "yes", "hiss": "no"})
    return repairs.operations.reporting.report(report=report, by=System("tests"), at=now)


@pytest.fixture
def qiang_dispatches(qiang):
    RoleGrantFactory(staff=qiang, role=Role.DISPATCHER)
    return qiang


@pytest.mark.parametrize("locale", LOCALES)
def test_the_leak_page_is_whole_on_a_phone(live_server, page_in, book, axe, locale):
    page = page_in(locale, phone=True)
    page.goto(f"{live_server.url}/report/")
    axe(page)
    fits(page)
    keep_picture(page, f"report-{locale}")
    page.locator("select[name=fault]").select_option("leak")
    page.locator("input[name=place]").fill("兰陵县文峰路17号")
    page.locator("input[name=phone]").fill("１３８ ００１３ ８０００")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/report/done/$"))
    axe(page)
    fits(page)
    keep_picture(page, f"reported-{locale}")


def test_a_leak_is_reported_without_script_and_followed_up(live_server, new_context, account, book, complaints):
    """The steps and the number come before the first field; what was typed survives a mistake; the code opens the tracking page."""
    page = new_context(java_script_enabled=False, viewport={"width": 375, "height": 667}, locale="en-GB").new_page()
    page.goto(f"{live_server.url}/report/")
    steps, field = page.locator(".leak-call a"), page.get_by_label("Where?")
    assert steps.bounding_box()["y"] < field.bounding_box()["y"]
    page.get_by_label("What do you see, hear, smell?").fill("It smells in the stairs")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Say where it is")
    expect(page.get_by_label("What do you see, hear, smell?")).to_have_value("It smells in the stairs")
    complaints.clear()
    page.get_by_label("Where?").fill("开元名都, stairs 2")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="We have your report")).to_be_visible()
    assert Repair.objects.get().case.status == "ordered"
    page.get_by_role("button", name="See how it goes").click()
    expect(page).to_have_url(re.compile("/track/case/$"))


def test_the_leak_page_is_light(live_server, page_in, book):
    """Everything it loads, as it comes over the wire, is under thirty thousand bytes; the only script is the button of one's own place."""
    page, loaded = page_in("en-GB", phone=True), []
    page.on("response", lambda response: loaded.append((response.url, len(response.body()))))
    page.goto(f"{live_server.url}/report/")
    page.wait_for_load_state("networkidle")
    assert sum(size for _url, size in loaded) < 30_000
    assert [url.rpartition("/")[2] for url, _size in loaded if url.endswith(".js")] == ["my-place.js"]


def test_a_place_is_asked_for_when_the_button_is_pressed_and_a_vague_one_not_written_down(live_server, new_context, book, axe):
    here = {"latitude": 34.857123, "longitude": 118.070456, "accuracy": 4000}
    viewport = {"width": 375, "height": 812}
    context = new_context(geolocation=here, permissions=["geolocation"], viewport=viewport)
    page = context.new_page()
    page.goto(f"{live_server.url}/report/")
    place, button = page.get_by_label("Where?"), page.get_by_role("button", name="Use my place")
    place.fill("Gate 3")
    button.click()
    expect(page.get_by_text("only to about 4000 m")).to_be_visible()
    expect(place).to_have_value("Gate 3")
    context.set_geolocation({**here, "accuracy": 12})
    button.click()
    expect(place).to_have_value("34.85712, 118.07046; Gate 3")
    axe(page)
    fits(page)


def test_a_bad_photo_is_named_and_a_good_one_kept(live_server, page_in, book, axe, tmp_path, complaints):
    page = page_in("en-GB", phone=True)
    page.goto(f"{live_server.url}/report/")
    page.get_by_label("Where?").fill("Gate 3")
    page.get_by_role("button", name="Send the report").click()
    (tmp_path / "good.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    (tmp_path / "film.mp4").write_bytes(b"\0" * 100)
    page.get_by_label("Photos or papers").set_input_files([tmp_path / "good.png", tmp_path / "film.mp4"])
    page.get_by_role("button", name="Send the photos").click()
    expect(page.get_by_role("alert")).to_contain_text("film.mp4")
    expect(page.get_by_text("We have 1 file from you.")).to_be_visible()
    complaints.clear()
    axe(page)
    fits(page)
    keep_picture(page, "reported-photos")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_desk_takes_a_leak_down(live_server, page_in, signed_in, fang, account, reported, axe, locale):
    page = signed_in(page_in(locale, viewport={"width": 1440, "height": 900}), fang)
    page.goto(f"{live_server.url}/staff/accounts/{account.number}/repairs/new/")
    page.locator("input[name=hiss][value=yes]").check()
    expect(page.locator("#verdict .verdict-emergency")).to_be_visible()
    axe(page)
    keep_picture(page, f"intake-{locale}")
    page.locator(".intake .btn-next").click()
    expect(page).to_have_url(re.compile("/staff/cases/R"))
    axe(page)
    keep_picture(page, f"repair-case-{locale}")
    page.set_viewport_size({"width": 1024, "height": 768})
    fits(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_reports_that_wait_are_listed_and_let_through(live_server, page_in, signed_in, qiang_dispatches, account, book, now, axe, locale):
    for place in ("青岛市市南区香港中路1号", "兰陵县文峰路17号"):
        report = Report(fault="meter", channel="phone", place=place, is_order=False, text="看不到数字")
        repairs.operations.reporting.report(report=report, by=System("tests"), at=now)
    page = signed_in(page_in(locale, viewport={"width": 1440, "height": 900}), qiang_dispatches)
    page.goto(f"{live_server.url}/staff/repairs/")
    axe(page)
    keep_picture(page, f"waiting-{locale}")
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/staff/cases/R"))
    assert Repair.objects.filter(case__status="ordered").count() == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_a_customer_reports_at_home(live_server, page_in, signed_in, olive, reported, axe, locale):
    page = signed_in(page_in(locale, phone=True), olive)
    page.goto(f"{live_server.url}/cabinet/repairs/new/")
    axe(page)
    fits(page)
    keep_picture(page, f"cabinet-report-{locale}")
    page.locator("textarea[name=text]").fill("还是有味道")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/cabinet/requests/R"))
    axe(page)
    fits(page)
    keep_picture(page, f"cabinet-repair-{locale}")


def test_the_questions_work_without_script(live_server, new_context, signed_in, book, hall):
    agent = StaffFactory(user__username="wei", number="531", hall=hall, roles=[Role.HOTLINE_AGENT])
    page = signed_in(new_context(java_script_enabled=False, locale="en-GB").new_page(), agent)
    page.goto(f"{live_server.url}/staff/repairs/new/")
    page.get_by_label("In their words").fill("The lamp flickers")
    page.get_by_label("What is wrong").select_option("meter")
    page.get_by_role("button", name="How urgent is it?").click()
    expect(page.locator("#verdict")).to_contain_text("nothing dangerous was named")
    expect(page.get_by_label("In their words")).to_have_value("The lamp flickers")
