"""A repair whose customer has a time: nobody home, another time, another urgency."""

from datetime import time, timedelta

import pytest

import fieldwork.operations
from accounts.actors import System
from fieldwork.models import Booking, Visit
from fieldwork.operations import appointments
from fieldwork.operations.booked_visits import offer_booked
from fieldwork.queries import slots
from fieldwork.queries.errands import errand_of
from notices.models import Message
from repairs.operations import ordering
from tests.factories.accounts import ServiceAreaFactory
from tests.factories.fieldwork import SlotPlanFactory

BY = System("tests")
HOUR = timedelta(hours=1)


@pytest.fixture
def booked(reported, account, now):
    """A stove that does not light, reported by phone, its visit agreed for the first time that can be chosen."""
    repair = reported(fault="appliance", phone="+8613800138000", account=account)
    visit = Visit.objects.get(case=repair.case)
    area = ServiceAreaFactory()
    area.territories.add(visit.territory)
    for day in range(7):
        SlotPlanFactory(service_area=area, weekday=day, opens=time(14), closes=time(16))
    appointments.agree(case=repair.case, starts_at=slots.slots_to_choose(errand_of(visit), now)[0].starts_at, by=BY, at=now)
    return repair


def test_nobody_home_is_told_once_and_a_new_time_sends_a_crew_again(booked, crew, drained, now):
    at = Booking.objects.get().starts_at
    visit = Visit.objects.get()
    fieldwork.operations.offer(visit=visit, crew=crew, by=BY, at=at - HOUR)
    for step in ("accept", "arrive", "find_nobody"):
        getattr(fieldwork.operations, step)(visit=visit, by=BY, at=at)
    drained(at)
    kinds = set(Message.objects.filter(kind__contains="no").values_list("kind", flat=True))
    assert "appointment_nobody_home" in kinds
    assert "repair_no_access" not in kinds
    booked.case.refresh_from_db()
    assert booked.case.status == "waiting"
    again = appointments.agree(case=booked.case, starts_at=at + 24 * HOUR, by=BY, at=at)
    offer_booked(at=again.starts_at - HOUR)
    again.visit.refresh_from_db()
    assert (again.visit.status, again.visit.crew) == ("offered", crew)


@pytest.mark.parametrize(("urgency", "endings"), [("urgent", [""]), ("emergency", ["cancelled"])])
def test_another_urgency_keeps_the_time_but_for_danger(booked, now, urgency, endings):
    ordering.classify(repair=booked, classification="non_ordinary", urgency=urgency, by=BY, at=now)
    assert list(Booking.objects.values_list("release_reason", flat=True)) == endings
    assert Visit.objects.open().count() == 1
