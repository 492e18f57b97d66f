"""A supervisor watches the board and takes an alarm up with one key; a clerk asks for more time and the head decides."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.clock import business_now
from accounts.models import Duty
from accounts.roles import Role
from sla.models import Clock, Escalation, Forecast, HourlyPace
from sla.operations.scores import score_days
from sla.queries.outlook import hour_of
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory
from tests.factories.sla import ClockFactory, EscalationFactory, ExtensionFactory, HeartbeatFactory, PromiseVersionFactory
from tests.journeys.test_promises import fits, picture

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RULES = {"is_allowed": True, "times": 1, "share": 100, "approvers": [[100, "hall_head"]]}
PHONE = {"viewport": {"width": 375, "height": 812}}
DESK = {"viewport": {"width": 1440, "height": 900}}
WALL = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def dan(db):
    return StaffFactory(user__username="dan", number="090", name="董丹", hall=None, roles=[Role.SUPERVISOR])


@pytest.fixture
def busy(hall, fang, qiang):
    """A morning: two late, three to come, one wish for more time, arrivals, a month behind us."""
    now = business_now()
    HeartbeatFactory(beat_at=now)
    answer = PromiseVersionFactory(texts={"en": {"title": "An answer to every request"}}, extension=RULES)
    for minutes in (-95, -12, 20, 55, 3000):
        open_clock(answer, hall, fang, now, now + minutes * MINUTE)
    for clock in Clock.objects.filter(due_at__lt=now):
        EscalationFactory(alarm__clock=clock, alarm__fires_at=now, alarm__fired_at=now, created_at=now).told.add(fang)
    later = Clock.objects.order_by("due_at").last()
    ExtensionFactory(clock=later, asked_by=fang, asked_at=now, was_due_at=later.due_at, due_at=later.due_at + DAY)
    for day in range(20):
        for took in (20, 70, 110, 130)[: 3 + day % 2]:
            stopped = now - day * DAY
            about = {"hall": hall, "owner": fang, "area": "urban", "segment": "ordinary", "consumed": took * 60}
            moments = {"started_at": stopped - took * MINUTE, "stopped_at": stopped, "due_at": stopped + (120 - took) * MINUTE}
            ClockFactory(timeline=CaseFactory().timeline, version=answer, status="stopped", **about, **moments)
    arrivals(now)
    score_days(days=28, at=now)
    pace(hall, fang, now)


def pace(hall, fang, now):
    """Four weeks in which two an hour were done, by Fang and another; today Fang is alone."""
    hour, other = hour_of(now), StaffFactory(hall=hall)
    for week in range(1, 5):
        for ahead in range(8):
            moment = hour + ahead * HOUR - week * 7 * DAY
            HourlyPace.objects.create(hour=moment, hall=hall, team="clerk@LL01", ended=3, in_time=2, ahead=[1, 1])
            for who in (fang, other):
                Duty.objects.create(staff=who, hall=hall, starts_at=moment, ends_at=moment + HOUR)
    Duty.objects.create(staff=fang, hall=hall, starts_at=hour, ends_at=hour + 8 * HOUR)
    for ahead in range(1, 30):
        Forecast.objects.create(hour=hour - ahead * HOUR, made_at=now - DAY, due=4, broken=ahead % 3)


def open_clock(version, hall, owner, now, due_at):
    about = {"timeline": CaseFactory(hall=hall).timeline, "version": version, "hall": hall, "owner": owner, "area": "urban"}
    return ClockFactory(**about, started_at=now - DAY, due_at=due_at)


def arrivals(now):
    arrival = PromiseVersionFactory(promise__key="T06", promise__kind="arrival", is_safety=True, pauses_on=[])
    for took in (9, 14, 14, 22, 31, 48, 75):
        began = now - took * MINUTE
        ClockFactory(version=arrival, status="stopped", started_at=began, stopped_at=now, due_at=began + HOUR, is_safety=True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", ["staff/board/", "staff/board/trends/", "staff/approvals/"])
def test_it_can_be_read_by_everybody(page_in, live_server, busy, dan, qiang, signed_in, axe, address, size):
    page = signed_in(page_in("en-GB", **size), qiang if "approvals" in address else dan)
    page.goto(f"{live_server.url}/{address}")
    picture(page, address)
    fits(page)
    axe(page)


def test_on_the_wall_it_is_large_and_names_nobody(page_in, live_server, busy, dan, fang, signed_in, axe):
    page = signed_in(page_in("en-GB", **WALL), dan)
    page.goto(f"{live_server.url}/staff/board/?wall=1")
    picture(page, "wall")
    expect(page.get_by_text(fang.name)).to_be_hidden()
    fits(page)
    axe(page)


def test_one_key_takes_an_alarm_up(page_in, live_server, busy, dan, signed_in):
    page = signed_in(page_in("en-GB"), dan)
    page.goto(f"{live_server.url}/staff/board/?lines=waiting")
    before = Escalation.objects.waiting().count()
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.get_by_text("You have taken it up")).to_be_visible()
    assert page.url.endswith("?lines=waiting")
    assert Escalation.objects.waiting().count() == before - 1


def test_the_board_fetches_itself_anew(page_in, live_server, busy, dan, hall, fang, signed_in):
    page = signed_in(page_in("en-GB"), dan)
    page.goto(f"{live_server.url}/staff/board/")
    version, now = Clock.objects.filter(promise="T15").first().version, business_now()
    case = open_clock(version, hall, fang, now, now - 5 * DAY).timeline.case
    page.get_by_text(f"{case.reference[:3]}-{case.reference[3:6]}").wait_for()


def test_a_head_decides_with_a_sentence(page_in, live_server, busy, qiang, signed_in):
    page = signed_in(page_in("en-GB"), qiang)
    page.goto(f"{live_server.url}/staff/approvals/")
    page.get_by_label("A sentence with the decision").fill("Borrow a valve")
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_text("Refused. The clock runs on as it was.")).to_be_visible()
    expect(page.get_by_text("Borrow a valve")).to_be_visible()


def test_a_board_left_open_says_that_nobody_is_signed_in(page_in, live_server, busy, dan, signed_in, complaints):
    """Dan signs out in another tab. The board and the bell of the first one say so, and lead to the sign-in and back."""
    page = signed_in(page_in("en-GB"), dan)
    page.goto(f"{live_server.url}/staff/board/?lines=overdue")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("main").get_by_text("You are signed out.").wait_for()
    page.evaluate("htmx.ajax('GET', document.querySelector('.bell').getAttribute('hx-get'), {target: '.bell', swap: 'outerHTML'})")
    page.get_by_role("banner").get_by_text("You are signed out.").wait_for()
    expect(page.get_by_label("Password")).to_have_count(0)
    picture(page, "signed-out")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.wait_for_url("**/auth/login/?next=/staff/board/%3Flines%3Doverdue")
    assert all("401" in one for one in complaints)
    complaints.clear()
