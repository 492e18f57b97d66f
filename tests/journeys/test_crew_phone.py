"""A crew's phone at a door: with signal and without, with a wrong clock, with and without a script."""

import os
import re
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

import fieldwork.operations
from accounts.actors import System
from accounts.clock import business_now
from accounts.roles import Role
from casework.models import Attachment
from fieldwork.models import DeviceAction, Evidence, Signature, Visit, WorkLine
from fieldwork.operations.badges import issue_badge
from tests.browser import LOCALES, ask
from tests.casework.conftest import PNG
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, PartFactory, VisitFactory, crew_out

DISPATCH = System("dispatch")
PHOTO = {"name": "valve.png", "mimeType": "image/png", "buffer": PNG}
HERE = {"latitude": LATITUDE, "longitude": LONGITUDE, "accuracy": 9}


def keep_picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def face():
    """A photo that a browser can draw: one grey square."""
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (60, 80), "#8a9aa5").save(file, "JPEG")
    return ContentFile(file.getvalue(), name="face.jpg")


@pytest.fixture
def wei(transactional_db):
    return StaffFactory(user__username="wei", name="魏强", number="301", roles=[Role.CREW])


@pytest.fixture
def crew(wei):
    return crew_out(wei, code="K1", name="抢修一班")


@pytest.fixture
def visit(crew, account):
    """A leak at Olive's, offered to Wei's crew an hour ago."""
    at = business_now() - timedelta(hours=1)
    case = CaseFactory(
        account=account,
        premises=account.premises,
        subject="厨房有燃气味",
        urgency="emergency",
        contact_phone="+8613800138000",
        contact_name="李娜",
    )
    visit = VisitFactory(case=case, urgency="emergency", skill="emergency", asked_at=at)
    fieldwork.operations.offer(visit=visit, crew=crew, by=DISPATCH, at=at)
    return visit


@pytest.fixture
def phone(live_server, page_in, signed_in, wei, visit):
    """``phone()``: Wei's phone on the page of the visit; options of the browser."""

    def make(locale="en-GB", **options):
        options = {"geolocation": HERE, "permissions": ["geolocation"], "viewport": {"width": 375, "height": 812}, **options}
        page = signed_in(page_in(locale, phone=True, **options), wei)
        page.goto(f"{live_server.url}/crew/")
        return page

    return make


def open_visit(page):
    page.get_by_role("link", name=re.compile("开元名都")).first.click()


def until(page, script):
    """Wait until something is so in the page, whatever its clock says."""
    assert any(ask(page, lambda page: page.evaluate(script)) or time.sleep(0.1) for _time in range(600)), script


def all_is_sent():
    return (DeviceAction.objects.count(), Attachment.objects.count()) == (4, 1)


def kept_by_the_worker(page):
    """Wait until the pages are on the phone. The worker may miss the page that called it; the next one it sees."""
    until(page, "navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.open('crew-pages').then((kept) => kept.keys()).then((all) => all.some((one) => one.url.includes('/crew/visits/')))")


class TestWithSignal:
    def test_a_visit_is_made_from_offer_to_signature(self, phone, visit):
        PartFactory(code="HOSE", price=1_850)
        page = phone()
        open_visit(page)
        page.get_by_role("button", name="Accept").click()
        page.get_by_role("button", name="On the way").click()
        page.get_by_label("Gas in the air, ppm").fill("40")
        page.get_by_label("Photos", exact=True).set_input_files([PHOTO])
        page.get_by_role("button", name="Arrived").click()
        page.get_by_role("button", name="Made safe").click()
        expect(page.get_by_role("button", name="Made safe")).to_have_count(0)
        page.get_by_text("Parts and labour", exact=True).click()
        page.get_by_label("Part", exact=True).select_option("HOSE")
        page.get_by_label("How many, or how much").fill("1,5")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("¥27.75").first).to_be_visible()
        self.sign(page)
        page.get_by_label("done", exact=True).check()
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_text("This visit is over. Done.")).to_be_visible()
        visit.refresh_from_db()
        assert (visit.status, visit.outcome) == ("done", "done")
        assert (WorkLine.objects.get().quantity_milli, Signature.objects.get().name) == (1_500, "李娜")
        arrived = Evidence.objects.get(step="arrive")
        assert (arrived.metres_away, arrived.gas_ppm, arrived.photo.size) == (0, 40, len(PNG))

    def sign(self, page):
        page.get_by_text("The customer signs").click()
        page.get_by_label("Name of whoever signs").fill("李娜")
        pad = page.locator(".pad canvas")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 80, steps=5)
        page.mouse.up()
        page.get_by_role("button", name="Keep the signature").click()
        expect(page.get_by_text("Signed on the screen.")).to_be_visible()

    def test_whom_to_ring_is_shown_on_demand_and_written_down(self, phone, account, visit):
        fieldwork.operations.accept(visit=visit, by=visit.crew.members.get().staff.user, at=business_now())
        page = phone()
        open_visit(page)
        expect(page.get_by_text("**** 8000")).to_be_visible()
        page.get_by_role("button", name="Show name and phone").click()
        expect(page.get_by_role("link", name="+86 138 0013 8000")).to_be_visible()
        assert account.customer.disclosures.count() == 1
        assert visit.timeline.events.filter(verb="visit.contact_shown").count() == 1


def do_without_signal(page):
    """Accept, arrive with a photo, make safe, finish; never a page from us."""
    page.wait_for_load_state()  # a tap before the scripts are there is a form of the browser's, which needs signal
    page.context.set_offline(True)
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("We are there already").click()
    page.get_by_label("Gas in the air, ppm").first.fill("25")
    page.get_by_label("Photos", exact=True).first.set_input_files([PHOTO])
    page.get_by_role("button", name="Arrived").click()
    page.get_by_role("button", name="Made safe").click()
    page.get_by_text("Finish the visit").click()
    page.get_by_label("no fault found").check()
    page.locator(".finishing").get_by_role("button", name="Done").click()


class TestWithoutSignal:
    def test_a_whole_visit_is_kept_and_sent_once_when_there_is_signal_again(self, phone, visit, complaints):
        page = phone()
        kept_by_the_worker(page)
        open_visit(page)
        do_without_signal(page)
        expect(page.get_by_text(visit.visit_code, exact=True)).to_be_visible()  # the customer asks for it at the door
        expect(page.get_by_text("4 steps are waiting to be sent")).to_be_visible()
        expect(page.get_by_text("1 photo is waiting to be sent")).to_be_visible()
        keep_picture(page, "crew-offline")
        assert not DeviceAction.objects.exists()
        page.context.set_offline(False)
        expect(page.get_by_text("This visit is over. No fault found.")).to_be_visible()
        expect(page.locator("#queue")).to_be_hidden()
        visit.refresh_from_db()
        assert (visit.status, visit.outcome) == ("done", "no_fault")
        assert Evidence.objects.get(step="arrive").photo.size == len(PNG)
        assert all_is_sent()
        complaints.clear()

    def test_the_phone_may_be_switched_off_in_between(self, phone, visit, complaints, live_server):
        page = phone()
        kept_by_the_worker(page)
        open_visit(page)
        do_without_signal(page)
        expect(page.get_by_text("4 steps are waiting to be sent")).to_be_visible()
        page.goto(f"{live_server.url}/crew/")
        expect(page.get_by_text("Kept on this phone", exact=True)).to_be_visible()
        open_visit(page)
        expect(page.get_by_text("This visit is over.")).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_text("This visit is over. No fault found.")).to_be_visible()
        page.goto(f"{live_server.url}/crew/")
        expect(page.get_by_text("Done today")).to_be_visible()
        expect(page.locator("#queue")).to_be_hidden()
        assert all_is_sent()
        complaints.clear()

    def test_a_clock_three_hours_ahead_in_another_zone_tells_the_right_moments(self, phone, visit, complaints):
        page = phone(timezone_id="America/New_York")
        page.clock.install(time=business_now() + timedelta(hours=3))
        kept_by_the_worker(page)
        open_visit(page)
        before = business_now()
        do_without_signal(page)
        expect(page.get_by_text("4 steps are waiting to be sent")).to_be_visible()
        after = business_now()
        page.context.set_offline(False)
        expect(page.get_by_text("This visit is over. No fault found.")).to_be_visible()
        visit.refresh_from_db()
        assert before - timedelta(seconds=2) <= visit.arrived_at <= after + timedelta(seconds=2)
        assert all(abs(one.skew_ms - 10_800_000) < 5_000 for one in DeviceAction.objects.all())
        complaints.clear()

    def test_what_another_crew_has_meanwhile_is_said_and_kept(self, phone, visit, complaints):
        page = phone()
        kept_by_the_worker(page)
        open_visit(page)
        do_without_signal(page)
        expect(page.get_by_text("4 steps are waiting to be sent")).to_be_visible()
        fieldwork.operations.reassign(visit=Visit.objects.get(), crew=crew_out(code="K2", name="抢修二班"), by=DISPATCH, at=business_now())
        page.context.set_offline(False)
        expect(page.get_by_text("Another crew has this visit now: 抢修二班 (K2).").first).to_be_visible()
        expect(page.get_by_text("25 ppm")).to_be_visible()
        assert Visit.objects.get().status == "offered"
        assert Evidence.objects.get(step="arrive").photo is not None
        keep_picture(page, "crew-conflict")
        complaints.clear()


def test_a_step_that_cannot_be_read_stays_with_the_reason_and_the_others_go(phone, visit, wei, complaints):
    page = phone()
    bad = {
        "owner": str(wei.user.pk),
        "key": "bad",
        "visit": visit.pk,
        "verb": "evidence",
        "gas_ppm": -1,
        "device_at": "2026-11-20T10:00:00Z",
    }
    good = {**bad, "key": "good", "gas_ppm": 7}
    page.context.set_offline(True)  # or the page sends the one before the other is kept, and loads itself anew
    for step in (bad, good):
        page.evaluate("(step) => crewStore.keep(step, [])", step)
    page.context.set_offline(False)
    expect(page.get_by_text("A step was not understood:")).to_be_visible()
    until(page, f"crewStore.steps('{wei.user.pk}').then((all) => all.length === 1 && all[0].key === 'bad')")
    assert DeviceAction.objects.get().key == "good"
    complaints.clear()


def test_it_works_without_a_script(phone, visit, complaints):
    page = phone(java_script_enabled=False)
    open_visit(page)
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("We are there already").click()
    page.get_by_label("Photos", exact=True).first.set_input_files([PHOTO])
    page.get_by_role("button", name="Arrived").click()
    page.get_by_role("button", name="Made safe").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("alert")).to_contain_text("What did you find and do?")
    page.get_by_label("done", exact=True).check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("This visit is over.")).to_be_visible()
    assert Evidence.objects.get().photo.size == len(PNG)
    complaints.clear()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_whole(phone, visit, axe, locale, wei, ada, live_server):
    page = phone(locale)
    for name, act in {
        "offered": lambda: None,
        "accepted": lambda: fieldwork.operations.accept(visit=Visit.objects.get(), by=wei.user, at=business_now()),
        "on-site": lambda: fieldwork.operations.arrive(visit=Visit.objects.get(), by=wei.user, at=business_now()),
    }.items():
        act()
        for path in ("crew/", f"crew/visits/{visit.pk}/"):
            page.goto(f"{live_server.url}/{path}")
            expect(page.locator("h1")).to_be_visible()
            page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
            axe(page)
            fits(page)
            keep_picture(page, f"crew-{name}-{'visit' if 'visits' in path else 'list'}-{locale}")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_customer_sees_who_comes_and_can_check_the_badge(live_server, page_in, visit, wei, axe, locale):
    planner = StaffFactory(user__username="yan", name="严明", number="050", roles=[Role.DISPATCHER])
    at = business_now()
    badge = issue_badge(staff=wei, photo=face(), valid_until=at.date() + timedelta(days=300), by=planner.user, at=at)
    fieldwork.operations.accept(visit=visit, by=wei.user, at=at)
    fieldwork.operations.arrive(visit=visit, by=wei.user, at=at)
    page = page_in(locale, phone=True, viewport={"width": 375, "height": 812})
    page.goto(f"{live_server.url}/track/")
    page.get_by_role("textbox").nth(0).fill(visit.case.reference)
    page.get_by_role("textbox").nth(1).fill(visit.case.tracking_code)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("魏强")).to_be_visible()
    expect(page.get_by_text("4711")).to_be_visible()
    assert page.locator(".people img").evaluate("(photo) => photo.complete && photo.naturalWidth") == 60
    axe(page)
    fits(page)
    keep_picture(page, f"who-comes-{locale}")
    page.locator("a[href='/badge/']").first.click()
    page.locator("#id_number").fill(badge.number.lower())
    page.locator("#id_code").fill("4711")
    page.locator("main form.panel button[type=submit]").click()
    expect(page.locator(".people")).to_contain_text("魏…")
    axe(page)
    keep_picture(page, f"badge-{locale}")
