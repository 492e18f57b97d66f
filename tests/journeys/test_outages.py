"""A digger hits a pipe: a dispatcher says where, everybody is told, one is rung; without a script, at a desk and on a phone."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from accounts.clock import business_now
from accounts.roles import Role
from repairs.models import Outage
from repairs.operations import outage_exceptions, outage_plans, outage_runs
from sla.queries import policies
from tests.browser import LOCALES
from tests.factories import accounts as people
from tests.repairs.outages import carry_out, plan, street


@pytest.fixture
def book(transactional_db):
    """All promises, in force."""
    call_command("load_promises", verbosity=0)
    yield
    policies.forget()


@pytest.fixture
def dana(book):
    return people.StaffFactory(name="周敏", number="210", roles=[Role.DISPATCHER])


@pytest.fixture
def boss(book):
    return people.StaffFactory(name="陈刚", number="300", roles=[Role.SUPERVISOR])


@pytest.fixture
def building(book):
    building, accounts = street(doors=3)
    type(accounts[0].customer).objects.filter(pk=accounts[0].customer_id).update(is_vulnerable=True)
    people.PhoneFactory(customer=accounts[0].customer, number="+8613800138111")
    return building


@pytest.fixture
def at():
    return business_now()


def noon(at, days):
    """Midday so many days from now, when gas may come on."""
    return timezone.localtime(at + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def test_an_accident_from_the_first_word_to_the_last(live_server, page_in, signed_in, dana, building, at):
    page = signed_in(page_in("en-GB", java_script_enabled=False), dana)
    page.goto(f"{live_server.url}/staff/outages/")
    page.get_by_role("link", name="Gas is off now").click()
    page.get_by_label("Find a place by its name").fill("1号")
    page.get_by_role("button", name="Find").click()
    page.locator(f"#place-{building.pk}").check()  # others of the same end may be found as well
    page.get_by_label("Why, in words for customers").fill("A digger hit a pipe.")
    page.get_by_label("Gas back by").fill(noon(at, 1).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Only look: whom it touches, what they read").click()
    expect(page.get_by_text("Rung besides")).to_be_visible()
    page.get_by_role("button", name="Gas is off: start the clock and tell customers").click()
    expect(page.get_by_text("customers are being told").first).to_be_visible()
    carry_out(business_now() + timedelta(seconds=1))
    page.get_by_role("link", name="Whom nothing has reached").click()
    expect(page.locator("h1")).to_have_text("Whom nothing has reached")
    assert Outage.objects.get().customers == 3


def test_who_must_be_rung_is_rung(live_server, page_in, signed_in, dana, building, at):
    outage_runs.declare_accident(plan=plan([building], at, noon(at, 1), "A digger hit a pipe."), by=dana.user, at=at)
    carry_out(at)
    page = signed_in(page_in("en-GB", phone=True), dana)
    page.goto(f"{live_server.url}/staff/outages/calls/")
    page.get_by_label("Note").fill("Knows, has a neighbour with her")
    page.get_by_role("button", name="Reached").click()
    expect(page.get_by_text("Written down.")).to_be_visible()
    expect(page.get_by_text("Nobody waits for a call")).to_be_visible()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_whole(live_server, page_in, signed_in, dana, boss, building, axe, at, locale):
    accident = outage_runs.declare_accident(plan=plan([building], at, noon(at, 1)), by=dana.user, at=at)
    works = outage_plans.plan_outage(plan=plan([building], noon(at, 1), noon(at, 1) + timedelta(hours=2)), by=dana.user, at=at)
    outage_exceptions.ask_exception(outage=works, what="short_notice", reason="It leaks", by=dana.user, at=at)
    carry_out(at)
    staff = ["", "new/", "accident/", "calls/", *(f"{accident.reference}/{end}" for end in ("", "calls/", "messages/"))]
    paths = [*(f"/staff/outages/{path}" for path in [*staff, f"{works.reference}/", f"{works.reference}/announce/"]), "/staff/approvals/"]
    page = signed_in(page_in(locale), boss)
    for path in [*paths, "/outages/"]:
        page.goto(live_server.url + path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)


def test_on_a_phone_nothing_scrolls_sideways(live_server, page_in, signed_in, dana, building, at):
    accident = outage_runs.declare_accident(plan=plan([building], at, noon(at, 1)), by=dana.user, at=at)
    carry_out(at)
    page = signed_in(page_in("ru-RU", viewport={"width": 375, "height": 812}), dana)
    for path in ("/staff/outages/", f"/staff/outages/{accident.reference}/", "/staff/outages/new/", "/staff/outages/calls/", "/outages/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
