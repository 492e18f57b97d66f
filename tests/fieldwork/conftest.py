"""Crews that are out, a dispatcher, and visits as their operations leave them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import casework.operations
import fieldwork.operations
from accounts.actors import System
from accounts.roles import Role
from casework.operations import Opening
from fieldwork.operations import Place
from tests.factories.accounts import ServiceAreaFactory, StaffFactory, TerritoryFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, SlotPlanFactory, crew_out

REPORTS = System("tests")
#: About four minutes and half an hour away for a vehicle at the speed of the settings.
NEAR, FAR = (LATITUDE + 0.004, LONGITUDE), (LATITUDE + 0.09, LONGITUDE)


@pytest.fixture
def yan(db):
    """The dispatcher."""
    return StaffFactory(user__username="yan", user__phone="+8613900000050", name="严明", number="050", hall=None, roles=[Role.DISPATCHER])


@pytest.fixture
def hong(db):
    """Leads the crew that is near."""
    return StaffFactory(user__username="hong", user__phone="+8613900000061", name="洪涛", number="061", roles=[Role.CREW])


@pytest.fixture
def kai(db):
    """Leads the crew that is further away."""
    return StaffFactory(user__username="kai", user__phone="+8613900000062", name="凯文", number="062", roles=[Role.CREW])


@pytest.fixture
def near(hong):
    return crew_out(hong, code="K1", name="抢修一班", at=NEAR)


@pytest.fixture
def far(kai):
    return crew_out(kai, code="K2", name="抢修二班", at=FAR)


@pytest.fixture
def quarter(db):
    return TerritoryFactory(name="开元名都", latitude=LATITUDE, longitude=LONGITUDE)


@pytest.fixture
def asked(now, quarter):
    """``asked(urgency="emergency")``: a visit of a repair that was just reported."""

    def make(urgency="normal", skill="indoor", place=None, at=now, **known):
        opening = Opening(kind="repair", subject="No flame", channel="phone", urgency=urgency, **known)
        case = casework.operations.open_case(opening=opening, by=REPORTS, at=at)
        wish = {"case": case, "purpose": "repair", "skill": skill, "urgency": urgency, "place": place or Place(quarter)}
        return fieldwork.operations.ask_visit(timeline=case.timeline, by=REPORTS, at=at, **wish)

    return make


@pytest.fixture
def carry_out():
    """Let everything follow that is owed at a moment."""

    def run(at):
        while casework.operations.drain(at):
            pass

    return run


def verbs(visit):
    return [event.verb for event in visit.timeline.events.order_by("seq")]


def facts(visit, verb):
    """Of the last event of this verb."""
    return visit.timeline.events.filter(verb=verb).order_by("seq").last().facts


@pytest.fixture
def area(quarter):
    """The service area of the quarter: every day one visit from nine to eleven and one from two to four, for each purpose."""
    area = ServiceAreaFactory()
    area.territories.add(quarter)
    for purpose in ("repair", "inspection", "steward", "service"):
        for day in range(7):
            for opens, closes in ((time(9), time(11)), (time(14), time(16))):
                SlotPlanFactory(service_area=area, purpose=purpose, weekday=day, opens=opens, closes=closes)
    return area


def at_hour(hour, day=0):
    """So many o'clock in the county, so many days after the day on which tests happen."""
    return datetime(2026, 11, 20, hour, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=day)
