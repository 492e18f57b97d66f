"""A time is offered, and agreed, only where whoever comes can be there: crews by place, a steward in person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import System
from accounts.models import Absence
from accounts.roles import Role
from casework.models import Case
from fieldwork.operations import Place, appointments
from fieldwork.operations.appointments import NoSuchSlot
from fieldwork.queries.errands import errand_of
from fieldwork.queries.slots import slots_to_choose
from tests.factories.accounts import AbsenceFactory, ServiceAreaFactory, StaffFactory, TerritoryFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, SlotPlanFactory
from tests.fieldwork.conftest import at_hour

pytestmark = pytest.mark.django_db
BY = System("tests")
#: About an hour and a half away.
AFAR = (LATITUDE + 0.25, LONGITUDE)


@pytest.fixture
def hourly(area):
    """At nine, ten and eleven o'clock, an hour each."""
    area.slot_plans.all().delete()
    for purpose in ("repair", "steward"):
        for day in range(7):
            for hour in (9, 10, 11):
                times = {"opens": at_hour(hour).time(), "closes": at_hour(hour + 1).time()}
                SlotPlanFactory(service_area=area, purpose=purpose, weekday=day, **times)
    return area


@pytest.fixture
def steward(db):
    return StaffFactory(user__username="xin", number="301", roles=[Role.STEWARD])


@pytest.fixture
def of_steward(asked, steward, quarter):
    """``of_steward(owner=..., place=...)``: a steward's visit for a case that somebody looks after."""

    def make(owner=None, place=None):
        visit = asked(place=place or Place(quarter))
        Case.objects.filter(pk=visit.case_id).update(owner=owner or steward)
        visit.purpose = visit.skill = "steward"
        visit.save(update_fields=["purpose", "skill"])
        return visit

    return make


def agree(visit, now, hour, day=1):
    return appointments.agree(case=Case.objects.get(pk=visit.case_id), starts_at=at_hour(hour, day=day), by=BY, at=now)


def hours(visit, now, day=1):
    """What can be chosen on a day, by the hour it begins."""
    visit = type(visit).objects.select_related("case__owner", "territory").get(pk=visit.pk)
    found = [slot.starts_at for slot in slots_to_choose(errand_of(visit), now)]
    return [hour for hour in range(24) if at_hour(hour, day=day) in found]


def test_far_from_the_visit_before_and_the_one_after_no_time_is_offered(asked, hourly, quarter, now):
    agree(asked(), now, 10)
    assert hours(asked(place=Place(quarter, *AFAR)), now) == []
    assert hours(asked(), now) == [9, 11]


def test_with_another_crew_for_the_same_times_every_hour_is_offered_again(asked, hourly, quarter, now):
    hourly.slot_plans.update(capacity=2)
    agree(asked(), now, 10)
    far = asked(place=Place(quarter, *AFAR))
    assert hours(far, now) == [9, 10, 11]
    assert agree(far, now, 11).place == 2


def test_a_time_that_cannot_be_reached_is_refused_whoever_sends_it(asked, hourly, quarter, now):
    agree(asked(), now, 10)
    with pytest.raises(NoSuchSlot):
        agree(asked(place=Place(quarter, *AFAR)), now, 11)


def test_a_visit_is_moved_by_the_same_rule_and_is_not_in_its_own_way(asked, hourly, quarter, now):
    agree(asked(), now, 9)
    far = asked(place=Place(quarter, *AFAR))
    agree(far, now, 11)
    case = Case.objects.get(pk=far.case_id)
    with pytest.raises(NoSuchSlot):
        appointments.move(case=case, starts_at=at_hour(10, day=1), by=BY, at=now)
    assert appointments.move(case=case, starts_at=at_hour(10, day=2), by=BY, at=now).starts_at == at_hour(10, day=2)


def test_a_steward_has_one_day_in_every_area(of_steward, hourly, now):
    hourly.slot_plans.update(capacity=3)
    there, elsewhere = TerritoryFactory(name="南关", latitude=LATITUDE, longitude=LONGITUDE), ServiceAreaFactory(name="south")
    elsewhere.territories.add(there)
    SlotPlanFactory(service_area=elsewhere, purpose="steward", weekday=5, opens=at_hour(9).time(), closes=at_hour(10).time())
    agree(of_steward(), now, 9)
    assert hours(of_steward(), now) == [10, 11]
    assert hours(of_steward(place=Place(there)), now) == []
    assert hours(of_steward(owner=StaffFactory(number="302")), now) == [9, 10, 11]


def test_while_a_steward_is_away_it_is_the_day_of_who_stands_in(of_steward, hourly, steward, now):
    hourly.slot_plans.update(capacity=3)
    deputy = StaffFactory(number="302")
    AbsenceFactory(staff=steward, deputy=deputy, starts_at=at_hour(0, day=1), ends_at=at_hour(0, day=2))
    agree(of_steward(owner=deputy), now, 9)
    assert hours(of_steward(), now) == [10, 11]
    AbsenceFactory(staff=deputy, deputy=StaffFactory(number="303"), starts_at=at_hour(10, day=1), ends_at=at_hour(11, day=1))
    assert hours(of_steward(), now) == [11]
    assert Absence.objects.count() == 2


def test_however_many_times_there_are_the_statements_stay_as_many(of_steward, hourly, now):
    agree(of_steward(), now, 9)
    visit = of_steward()
    with CaptureQueriesContext(connection) as few:
        hours(visit, now)
    hourly.slot_plans.update(capacity=9)
    for number, day in ((311, 1), (312, 2), (313, 3)):
        agree(of_steward(owner=StaffFactory(number=str(number))), now, 10, day=day)
    with CaptureQueriesContext(connection) as many:
        hours(visit, now)
    assert len(many) == len(few)
