"""A steward's visit is the steward's: put to them or to who stands in, handed over with the case, and nobody else's by itself."""

from datetime import timedelta

import pytest

import casework.operations
import fieldwork.operations
from accounts.actors import System
from accounts.roles import Role
from casework.models import Case
from fieldwork import queries
from fieldwork.models import Booking, Crew, Visit
from fieldwork.operations import appointments
from fieldwork.operations.booked_visits import offer_booked
from fieldwork.operations.dispatching import lapse_offers
from notices.models import Message
from tests.factories.accounts import AbsenceFactory, StaffFactory
from tests.factories.fieldwork import crew_out
from tests.fieldwork.conftest import at_hour, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("area", "near")]
BY = System("tests")


def a_steward(name, number):
    return StaffFactory(user__username=name, number=number, roles=[Role.STEWARD])


@pytest.fixture
def xin(db):
    return a_steward("xin", "301")


@pytest.fixture
def booked(asked, xin, now):
    """``booked(owner=...)``: a steward's visit, agreed for nine o'clock tomorrow, or for another hour."""

    def make(owner=None, hour=9):
        visit = asked()
        Case.objects.filter(pk=visit.case_id).update(owner=owner or xin)
        visit.purpose = visit.skill = "steward"
        visit.save(update_fields=["purpose", "skill"])
        appointments.agree(case=visit.case, starts_at=at_hour(hour, day=1), by=BY, at=now)
        return visit

    return make


def fresh(visit):
    return Visit.objects.select_related("crew", "case__owner", "timeline").get(pk=visit.pk)


def people_of(visit):
    return [member.staff.user.username for member in fresh(visit).crew.members.filter(until=None).order_by("pk")]


def test_it_is_put_to_the_steward_and_not_to_the_nearest_crew(booked):
    able = crew_out(StaffFactory(number="401", roles=[Role.CREW]), code="N1", skills=["steward"])
    visit = booked()
    offer_booked(at=at_hour(7, day=1))
    assert people_of(visit) == ["xin"]
    assert (fresh(visit).crew.code, fresh(visit).status) == ("S301", "offered")
    assert fresh(visit).offers.get().reasons[0] == "in_person"
    able.shifts.update(ends_at=at_hour(20, day=1))
    found = queries.outlook(fresh(visit), at_hour(7, day=1)).suggestions
    assert [(one.crew, one.is_automatic) for one in found] == [(fresh(visit).crew_id, True), (able.pk, False)]


def test_a_steward_who_goes_out_with_a_crew_is_asked_in_it_whatever_it_can(booked, xin):
    crew = crew_out(xin, code="N1", skills=["survey"])
    visit = booked()
    offer_booked(at=at_hour(7, day=1))
    assert fresh(visit).crew == crew
    assert not Crew.objects.filter(code="S301").exists()


def test_while_the_steward_is_away_who_stands_in_is_asked(booked, xin):
    AbsenceFactory(staff=xin, deputy=a_steward("yue", "302"), starts_at=at_hour(0, day=1), ends_at=at_hour(0, day=2))
    visit = booked()
    offer_booked(at=at_hour(7, day=1))
    assert people_of(visit) == ["yue"]


def test_a_steward_at_another_door_has_until_the_visit_comes_near(booked, carry_out):
    visit = booked()
    offer_booked(at=at_hour(7, day=1))
    assert lapse_offers(at=at_hour(8, day=1)) == 0
    assert lapse_offers(at=at_hour(9, day=1) - timedelta(minutes=45)) == 1
    carry_out(at_hour(9, day=1))
    assert fresh(visit).status == "asked"
    assert "visit.nobody_left" in verbs(visit)


def hand_over(visit, to, at, carry_out):
    casework.operations.assign(case=fresh(visit).case, owner=to, by=BY, at=at)
    carry_out(at)


def test_what_is_handed_over_is_the_new_stewards_and_the_customer_hears_no_other_time(booked, xin, carry_out):
    visit, yue, at = booked(), a_steward("yue", "302"), at_hour(7, day=1)
    offer_booked(at=at)
    fieldwork.operations.accept(visit=fresh(visit), by=xin.user, at=at)
    hand_over(visit, yue, at, carry_out)
    assert (fresh(visit).status, Booking.objects.standing().get().starts_at) == ("asked", at_hour(9, day=1))
    offer_booked(at=at)
    assert people_of(visit) == ["yue"]
    assert verbs(visit).count("appointment.agreed") == 1
    assert not Message.objects.filter(kind="visit_does_not_fit").exists()


def test_whoever_gets_a_visit_that_does_not_fit_their_day_is_told(booked, area, now, carry_out):
    area.slot_plans.update(capacity=2)
    visit, yue = booked(), a_steward("yue", "302")
    booked(owner=yue)
    hand_over(visit, yue, now, carry_out)
    assert set(Message.objects.filter(kind="visit_does_not_fit").values_list("staff__user__username", flat=True)) == {"yue"}


def test_what_nobody_looks_after_goes_to_any_crew_that_can(booked, xin):
    visit = booked()
    Case.objects.filter(pk=visit.case_id).update(owner=None)
    able = crew_out(StaffFactory(number="401", roles=[Role.CREW]), code="N1", skills=["steward"])
    able.shifts.update(starts_at=at_hour(0, day=1), ends_at=at_hour(20, day=1))
    offer_booked(at=at_hour(7, day=1))
    assert fresh(visit).crew == able
