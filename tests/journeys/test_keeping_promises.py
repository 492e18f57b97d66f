"""A branch manager notes a duty done, moves open clocks to a new version, and says that a compensation is not owed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Segment
from accounts.roles import Role
from casework.operations import Opening, open_case
from sla.models import Clock, Compensation, Moving, Period, Promise
from sla.operations.book import NewVersion, write_version
from sla.operations.duties import open_turns
from tests.browser import SIZES
from tests.factories.accounts import CustomerFactory, StaffFactory
from tests.factories.casework import stored_file
from tests.factories.sla import CompensationFactory
from tests.journeys.test_promises import fits, picture

HOUR = timedelta(hours=1)


@pytest.fixture
def boss():
    return StaffFactory(hall=None, roles=[Role.BRANCH_MANAGER])


@pytest.fixture(params=SIZES)
def page(page_in, signed_in, boss, request):
    return signed_in(page_in("en-GB", phone=request.param), boss)


@pytest.fixture
def look(page, live_server, axe):
    def at(address):
        page.goto(f"{live_server.url}/staff/{address}")
        picture(page, address)
        fits(page)
        axe(page)

    return at


@pytest.fixture
def clock(live_server, book, account, fang):
    """Of a request that came in an hour ago."""
    opening = Opening(kind="general_request", subject="Where is my bill?", channel="hall", account=account)
    case = open_case(opening=opening, by=fang.user, at=timezone.now() - HOUR)
    return Clock.objects.filter(timeline=case.timeline_id, promise="T38").get()


def test_a_duty_is_found_and_noted(page, look, live_server, book):
    CustomerFactory(segment=Segment.KEY_ACCOUNT)
    open_turns(at=timezone.now())
    look("duties/")
    look("duties/T33/")
    page.get_by_role("button", name="It was done").click()
    expect(page.get_by_text("Everything is done")).to_be_visible()
    assert Period.objects.get(promise="T33").done_at


def test_open_clocks_are_moved_once_it_is_clear_what_that_does(page, look, clock, boss):
    new = NewVersion(changes={"limit": "P1D", "target": ""}, effective_from=timezone.now(), reason="slower post")
    write_version(promise=Promise.objects.get(pk="T38"), new=new, by=boss.user, at=new.effective_from)
    look("promises/T38/")
    page.get_by_role("link", name="Move them to it").click()
    look("promises/T38/move/")
    page.get_by_label("Reason").fill("The post is slower now")
    page.get_by_role("button", name="Move 1 clock").click()
    expect(page.get_by_text("1 clock was moved.")).to_be_visible()
    assert Moving.objects.get().reason == "The post is slower now"


def test_a_compensation_is_not_owed_for_a_reason_that_a_file_proves(page, look, clock, account):
    stored_file(clock.timeline.case)
    later = timezone.now() + 20 * HOUR
    row = CompensationFactory(clock=clock, account=account, payable_at=later, pay_by=later)
    look("compensations/")
    look(f"compensations/{row.pk}/")
    page.get_by_label("Why it is not owed").fill("A typhoon")
    page.get_by_label("Evidence").select_option(label="meter.png")
    page.get_by_role("button", name="It is not owed").click()
    expect(page.get_by_text("Nothing will be credited.")).to_be_visible()
    assert Compensation.objects.get().status == "exempt"
