"""Reports as their operation leaves them, crews that go to them, and the drain that carries out what follows."""

from datetime import timedelta

import pytest

import casework.operations
import fieldwork.operations
import repairs.operations.reporting
from accounts.actors import System
from accounts.models import Territory
from accounts.roles import Role
from casework.models import Effect
from fieldwork.models import Visit
from repairs.operations.reporting import Report
from tests.factories import accounts as people
from tests.factories import fieldwork as field

BY = System("tests")


def verbs(case):
    return [event.verb for event in case.timeline.events.order_by("seq")]


@pytest.fixture
def reported(now):
    """``reported(fault="leak", place="...")``: a repair, through the operation."""

    def make(by=BY, at=now, **known):
        known = {"fault": "leak", "channel": "web", **known}
        if not {"account", "premises", "place", "point"} & set(known):
            known["place"] = "卞庄街道文峰路"
        call = known.pop("call", None)
        return repairs.operations.reporting.report(report=Report(**known), call=call, by=by, at=at)

    return make


@pytest.fixture
def drained(now):
    """``drained()``: everything that follows has followed."""

    def drain(at=now):
        for _ in range(20):
            if not Effect.objects.filter(done_at=None, next_attempt_at__lte=at).exists():
                return
            casework.operations.drain(at=at)

    return drain


@pytest.fixture
def crew(db):
    """A crew of one, who is on shift."""
    member = field.CrewMemberFactory(staff__user__username="crew1", staff__name="赵强")
    field.CrewShiftFactory(crew=member.crew)
    return member.crew


@pytest.fixture
def going(crew, now, drained):
    """``going(repair, "accept", "arrive", finish="done")``: the crew goes through these steps, and the drain follows each."""

    def go(repair, *steps, finish="", at=now):
        who = crew.members.get().staff.user
        visit = Visit.objects.open().get(case=repair.case)
        if visit.status == Visit.Status.ASKED:
            fieldwork.operations.offer(visit=visit, crew=crew, by=BY, at=at)
        for step in steps:
            getattr(fieldwork.operations, step)(visit=visit, by=who, at=at)
            drained(at + timedelta(seconds=1))
        if finish:
            fieldwork.operations.finish(visit=visit, outcome=finish, by=who, at=at)
            drained(at + timedelta(seconds=1))
        repair.case.refresh_from_db()
        repair.refresh_from_db()
        return visit

    return go


@pytest.fixture
def dispatcher(hall):
    return people.StaffFactory(user__username="lei", name="雷明", number="201", hall=hall, roles=[Role.DISPATCHER])


@pytest.fixture
def town(db):
    """A compound with two buildings of two units, with coordinates, in the town of the cast's city."""

    def node(level, name, parent=None, **more):
        return people.TerritoryFactory(level=level, name=name, parent=parent, **{"area": "", **more})

    levels = Territory.Level
    city = node(levels.CITY, "临沂市", area="urban")
    county = node(levels.COUNTY, "兰陵县", city)
    compound = node(levels.COMPOUND, "开元名都", county, latitude=34.857, longitude=118.07)
    first = node(levels.BUILDING, "1号楼", compound, latitude=34.8571, longitude=118.0701)
    second = node(levels.BUILDING, "11号楼", compound, latitude=34.8599, longitude=118.0799)
    units = [node(levels.UNIT, f"{number}单元", building) for building in (first, second) for number in (1, 2)]
    return {"city": city, "county": county, "compound": compound, "buildings": [first, second], "units": units}
