"""A customer without scripts gives a repair a time, changes it and gives it up; the planner's week, and the crew's phone beside it."""

import os
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

import fieldwork.operations
from accounts.actors import System
from accounts.clock import business_now
from accounts.roles import Role
from fieldwork.models import Booking
from fieldwork.operations import appointments
from fieldwork.queries.errands import errand_of
from fieldwork.queries.slots import slots_to_choose
from tests.factories.accounts import RoleGrantFactory, ServiceAreaFactory
from tests.factories.fieldwork import BlackoutFactory, SlotPlanFactory, VisitFactory, crew_out


def keep_picture(page, name):
    """Where somebody wants to look: PICTURES=folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fits(page):
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def visit(account):
    """A repair where times are planned every day."""
    visit = VisitFactory(case__kind="repair", case__account=account, case__subject="Meter", asked_at=business_now() - timedelta(hours=1))
    area = ServiceAreaFactory(name="兰陵县北部")
    area.territories.add(visit.territory)
    for day in range(7):
        for opens, closes in ((time(8, 30), time(10)), (time(10), time(12)), (time(13, 30), time(15, 30))):
            SlotPlanFactory(service_area=area, weekday=day, opens=opens, closes=closes, capacity=2)
    return visit


def look_up(page, live_server, case):
    page.goto(f"{live_server.url}{reverse('casework:track')}")
    page.get_by_label("Reference").fill(case.reference)
    page.get_by_label("Code").fill(case.tracking_code)
    page.get_by_role("button", name="Look it up").click()


def test_a_customer_without_scripts_chooses_changes_and_gives_up_a_time(live_server, page_in, visit):
    page = page_in("en-GB", phone=True, java_script_enabled=False)
    look_up(page, live_server, visit.case)
    page.get_by_role("link", name="Choose a time").click()
    keep_picture(page, "appointment-choose-phone")
    page.get_by_role("group").nth(2).get_by_role("radio").first.check()
    page.get_by_role("button", name="Agree this time").click()
    expect(page.get_by_text("The time is agreed")).to_be_visible()
    keep_picture(page, "appointment-agreed-phone")
    page.get_by_role("link", name="Change or give it up").click()
    page.get_by_role("group").nth(3).get_by_role("radio").last.check()
    page.get_by_role("button", name="Agree this time").click()
    page.get_by_role("link", name="Change or give it up").click()
    page.get_by_role("button", name="Give this time up").click()
    expect(page.get_by_role("link", name="Choose a time")).to_be_visible()
    assert list(Booking.objects.order_by("pk").values_list("release_reason", flat=True)) == ["moved", "cancelled"]


@pytest.fixture
def looks(visit, fang, qiang):
    """Name -> who looks at an agreed time, and where."""
    at, case = business_now(), visit.case
    slots = slots_to_choose(errand_of(visit), at)
    appointments.agree(case=case, starts_at=slots[1].starts_at, by=System("tests"), at=at)
    visit.refresh_from_db()
    fieldwork.operations.offer(visit=visit, crew=crew_out(fang, code="K1"), by=System("tests"), at=at)
    RoleGrantFactory(staff=qiang, role=Role.DISPATCHER)
    RoleGrantFactory(staff=fang, role=Role.CREW)
    BlackoutFactory(first_day=at.date() + timedelta(days=3), last_day=at.date() + timedelta(days=4))
    return {
        "plan": (qiang, reverse("fieldwork:slot_plan")),
        "desk": (fang, reverse("fieldwork:case_appointment", args=[case.reference])),
        "case": (fang, reverse("casework:case", args=[case.reference])),
        "visit": (qiang, reverse("fieldwork:dispatch_visit", args=[visit.pk])),
        "crew": (fang, reverse("fieldwork:phone_list")),
    }


@pytest.mark.parametrize("phone", [False, True])
def test_desk_planner_and_crew_see_it_whole(live_server, page_in, signed_in, axe, looks, phone):
    for name, (who, address) in looks.items():
        page = signed_in(page_in("en-GB", phone=phone), who)
        page.goto(f"{live_server.url}{address}")
        keep_picture(page, f"appointment-{name}-{'phone' if phone else 'desk'}")
        if name in {"plan", "desk"}:
            axe(page)
            fits(page)
        page.close()
