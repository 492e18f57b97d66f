"""Two customers and the last slot, each in a thread with a connection of its own."""

from functools import partial

import pytest

from accounts.actors import System
from casework.models import Case
from fieldwork.models import Booking, Visit
from fieldwork.operations import appointments, arranging
from fieldwork.operations.booked_visits import offer_booked
from tests.billing.test_races import at_once
from tests.factories.casework import CaseFactory
from tests.fieldwork.conftest import at_hour, verbs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("area")]
BY = System("tests")


def wish(visit, now, act=appointments.agree, starts=None):
    case = Case.objects.select_related("timeline").get(pk=visit.case_id)
    return partial(act, case=case, starts_at=starts or at_hour(14), by=BY, at=now)


def test_of_two_who_want_the_last_place_one_has_it_and_the_other_is_told(asked, now):
    results = at_once(wish(asked(), now), wish(asked(), now))
    assert sorted(type(result).__name__ for result in results) == ["Booking", "SlotTaken"]
    assert "taken this time" in str(next(result for result in results if isinstance(result, Exception)))
    assert Booking.objects.standing().count() == 1


def test_of_four_who_want_three_places_three_have_one_each(asked, area, now):
    area.slot_plans.update(capacity=3)
    results = at_once(*(wish(asked(), now) for _number in range(4)))
    assert sorted(type(result).__name__ for result in results) == ["Booking", "Booking", "Booking", "SlotTaken"]
    assert sorted(Booking.objects.values_list("place", flat=True)) == [1, 2, 3]


def test_of_two_windows_of_one_customer_one_agrees(asked, now):
    visit = asked()
    results = at_once(wish(visit, now), wish(visit, now, starts=at_hour(9, day=1)))
    assert sum(isinstance(result, Booking) for result in results) == 1
    assert {type(result).__name__ for result in results} <= {"Booking", "StaleRow", "AlreadyAgreed"}
    assert verbs(visit).count("appointment.agreed") == 1


def test_any_number_of_timekeepers_ask_a_crew_once(asked, near, now):
    visit = asked()
    wish(visit, now)()
    at_once(*(partial(offer_booked, at=at_hour(12)) for _number in range(3)))
    assert verbs(visit).count("visit.offer") == 1


def test_of_two_colleagues_who_arrange_a_visit_one_does(account, quarter, fang, now):
    type(account.premises).objects.update(territory=quarter)
    key = CaseFactory(account=account).pk
    case = Case.objects.select_related("timeline", "account__premises__territory")
    acts = [partial(arranging.arrange, case=case.get(pk=key), purpose="steward", by=fang.user, at=now) for _colleague in range(2)]
    results = at_once(*(partial(act, starts_at=at_hour(9, day=day)) for day, act in enumerate(acts, start=1)))
    assert sorted(type(result).__name__ for result in results) == ["Booking", "NotToBeBooked"]
    assert Visit.objects.count() == 1
