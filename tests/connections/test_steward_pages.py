"""The doors of stewards and their applicants: portfolio, ageing, hand-over, mandate, a time for the survey."""

import base64
from datetime import time

import pytest
from django.test import Client

from accounts.roles import Role
from connections.models import Application, Stewardship
from fieldwork.models import Booking
from tests.factories import accounts as people
from tests.factories.fieldwork import SlotPlanFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.usefixtures("book")
DRAWN = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def application(applied, steward, hall, olive):
    """Olive's, where surveys can be booked."""
    known, quarter = applied(asker=olive), people.TerritoryFactory()
    people.ServiceAreaFactory(name="north", hall=hall).territories.add(quarter)
    area = quarter.service_areas.get()
    for day in range(5):
        SlotPlanFactory(service_area=area, purpose="survey", weekday=day, opens=time(9), closes=time(11))
    Application.objects.filter(pk=known.pk).update(territory=quarter)
    return known


@pytest.fixture
def reference(application):
    return application.case.reference


@pytest.fixture
def tracker(client, application):
    client.post("/track/", {"reference": application.case.reference, "code": application.case.tracking_code})
    return client


def test_the_applicant_chooses_a_time_without_signing_in(tracker):
    assert "/track/connection/visit/survey/" in tracker.get("/track/case/").content.decode()
    page = tracker.get("/track/connection/visit/survey/")
    starts_at = page.context["choice"].days[0][1][0].starts_at.isoformat()
    assert tracker.post("/track/connection/visit/survey/", {"starts_at": starts_at}).status_code == 302
    assert Booking.objects.get().purpose == "survey"
    assert tracker.get("/track/connection/visit/survey/").status_code == 302


def test_a_time_that_nobody_offers_is_refused_with_the_list(tracker):
    answer = tracker.post("/track/connection/visit/survey/", {"starts_at": "2026-11-24T03:00:00+08:00"})
    assert (answer.status_code, Booking.objects.count()) == (422, 0)


def test_a_stranger_books_nothing_for_somebody_else(client, reference, account, neighbour):
    stranger = sign_in(client, people.BindingFactory(account=neighbour).user)
    assert stranger.get(f"/cabinet/connections/{reference}/visit/survey/").status_code == 404
    assert Client().get("/track/connection/mandate/").status_code == 302


def test_the_applicant_signs_and_takes_it_back(tracker, application):
    url = "/track/connection/mandate/"
    assert tracker.post(url, {"deeds": ["papers"]}).status_code == 422
    assert tracker.post(url, {"deeds": ["papers"], "drawing": DRAWN}).status_code == 302
    assert "We act for you, free of charge" in tracker.get("/track/case/").content.decode()
    tracker.post("/track/connection/mandate/revoke/")
    assert not application.mandates.filter(revoked_at=None).exists()


def test_the_steward_hands_over_with_a_note_and_the_case_says_so(client, application, steward, reference):
    other = people.StaffFactory(number="302", name="高敏", roles=[Role.STEWARD])
    desk, url = sign_in(client, steward), f"/staff/connections/{reference}/steward/"
    desk.post(url, {"to": other.number, "note": ""})
    assert Stewardship.objects.get(until=None).staff == steward
    desk.post(url, {"to": other.number, "note": "Rings after four."})
    assert Stewardship.objects.get(until=None).staff == other
    assert "Rings after four." in desk.get(f"/staff/cases/{reference}/").content.decode()


def test_of_two_who_hand_over_from_the_same_page_the_second_looks_again(client, application, steward, reference, qiang):
    first, second = (people.StaffFactory(number=number, roles=[Role.STEWARD]) for number in ("302", "303"))
    desk, seen = sign_in(client, qiang), Application.objects.get(pk=application.pk).case.version
    for one in (first, second):
        desk.post(f"/staff/connections/{reference}/steward/", {"to": one.number, "note": "Go on.", "version": seen})
    assert Stewardship.objects.get(until=None).staff == first


def test_the_portfolio_shows_what_one_has_and_nobody_else_s(client, steward, reference, fang):
    shown = sign_in(client, steward).get("/staff/connections/mine/").content.decode()
    assert f"/staff/cases/{reference}/" in shown
    assert "No applications here" in sign_in(Client(), fang).get("/staff/connections/mine/").content.decode()


@pytest.mark.usefixtures("application")
def test_a_head_sees_what_ages_and_clears_a_desk(client, steward, qiang):
    other, desk = people.StaffFactory(number="302", roles=[Role.STEWARD]), sign_in(client, qiang)
    assert desk.get("/staff/connections/ageing/", {"steward": steward.number}).context["ageing"].count == 1
    assert desk.get("/staff/connections/ageing/", {"steward": other.number}).context["ageing"].count == 0
    desk.post(f"/staff/connections/stewards/{steward.number}/hand-over/", {"note": "She leaves."})
    assert Stewardship.objects.get(until=None).staff == other
