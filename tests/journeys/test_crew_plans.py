"""A planner forms a crew, puts somebody in, fills two weeks and issues a badge, on a phone without a script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.clock import business_date, business_now
from accounts.roles import Role
from fieldwork.models import Badge, CrewMember, CrewShift
from tests.factories import accounts as people
from tests.factories.fieldwork import crew_out


@pytest.fixture
def gang(transactional_db):
    return people.StaffFactory(name="韩刚", number="310", roles=[Role.DISPATCHER])


@pytest.fixture
def hong(transactional_db):
    return people.StaffFactory(name="洪涛", number="061", roles=[Role.CREW])


@pytest.fixture
def page(page_in, signed_in, gang, hong):
    return signed_in(page_in("en-GB", phone=True, java_script_enabled=False), gang)


def test_a_crew_from_its_name_to_its_badges(live_server, page, hong):
    page.goto(f"{live_server.url}/staff/dispatch/")
    page.get_by_role("link", name="Plan crews").click()
    page.get_by_role("link", name="Form a crew").first.click()
    page.get_by_label("Code").fill("K1")
    page.get_by_label("Name").fill("抢修一班")
    page.get_by_label("leaks and emergencies").check()
    page.get_by_role("button", name="Form the crew").click()
    page.get_by_label("Person").select_option(label=str(hong))
    page.get_by_label("leads the crew").check()
    page.get_by_role("button", name="Put into this crew").click()
    expect(page.get_by_text("洪涛 is in this crew now.")).to_be_visible()
    assert CrewMember.objects.get().is_leader


def test_two_weeks_of_nights_are_planned_and_one_is_taken_off(live_server, page, hong):
    crew_out(hong, code="K1").shifts.all().delete()
    page.goto(f"{live_server.url}/staff/crews/roster/?crew=K1")
    page.get_by_label("Day").fill((business_date(business_now()) + timedelta(days=1)).isoformat())
    page.get_by_label("From").fill("20:00")
    page.get_by_label("Until").fill("08:00")
    page.get_by_role("spinbutton", name="Weeks").fill("2")
    page.get_by_role("button", name="Put on the roster").click()
    expect(page.get_by_text("2 turns are on the roster.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Take K1")).click()
    expect(page.get_by_text("The turn is off the roster.")).to_be_visible()
    assert CrewShift.objects.count() == 1


def test_a_badge_is_issued(live_server, page, hong):
    page.goto(f"{live_server.url}/staff/crews/badges/")
    page.get_by_label("For whom").select_option(label=str(hong))
    page.get_by_role("button", name="Issue the badge").click()
    expect(page.get_by_text("洪涛 has badge")).to_be_visible()
    assert Badge.objects.get().staff == hong


@pytest.mark.parametrize("address", ["", "new/", "roster/", "badges/", "{crew}/"])
def test_everybody_can_read_the_pages(live_server, page_in, signed_in, axe, gang, hong, address):
    crew = crew_out(hong, code="K1")
    page = signed_in(page_in("en-GB"), gang)
    page.goto(f"{live_server.url}/staff/crews/{address.format(crew=crew.pk)}")
    axe(page)
