"""Stewards over the API."""

from datetime import time

import pytest

from accounts.roles import Role
from connections.models import Application, Stewardship
from fieldwork.models import Booking
from tests.api.conftest import device_of
from tests.factories import accounts as people
from tests.factories.fieldwork import SlotPlanFactory

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def application(applied, steward, hall, olive):
    known, quarter = applied(asker=olive), people.TerritoryFactory()
    area = people.ServiceAreaFactory(name="north", hall=hall)
    area.territories.add(quarter)
    SlotPlanFactory(service_area=area, purpose="survey", weekday=0, opens=time(9), closes=time(11))
    Application.objects.filter(pk=known.pk).update(territory=quarter)
    return known


@pytest.fixture
def url(application):
    return f"/api/v1/connections/{application.case.reference}"


def test_a_steward_sees_the_portfolio(application, steward):
    said = device_of(steward.user).get("/api/v1/stewards/portfolio/").json()
    assert [one["reference"] for one in said["results"]] == [application.case.reference]
    assert (said["results"][0]["steward"], said["standing_in_for"]) == ("301", [])


@pytest.mark.usefixtures("application")
def test_a_head_sees_what_ages(qiang):
    head = device_of(qiang.user)
    said = head.get("/api/v1/stewards/ageing/").json()
    assert (said["count"], said["stewards"][0]["label"], said["stages"][0]["oldest"]) == (1, "徐欣", 0)
    assert head.get("/api/v1/stewards/ageing/", {"steward": "999"}).json()["count"] == 0


def test_an_applicant_books_a_slot_once(url, olive):
    mine = device_of(olive)
    said = mine.get(f"{url}/visits/").json()
    assert (said["purposes"], len(said["slots"])) == (["survey"], 2)
    wish = {"purpose": "survey", "starts_at": said["slots"][0]["starts_at"]}
    assert mine.post(f"{url}/visits/book/", wish, format="json").status_code == 201
    assert mine.post(f"{url}/visits/book/", wish, format="json").status_code == 409
    assert (Booking.objects.count(), mine.get(f"{url}/visits/").json()["purposes"]) == (1, [])


def test_handing_over_takes_a_steward_and_the_page_as_it_is(url, steward):
    other, mine = people.StaffFactory(number="302", roles=[Role.STEWARD]), device_of(steward.user)
    wish = {"steward": "302", "note": "Go on."}
    assert mine.post(f"{url}/hand-over/", {**wish, "steward": "999"}, format="json").status_code == 422
    assert mine.post(f"{url}/hand-over/", {**wish, "version": 99}, format="json").status_code == 409
    assert mine.post(f"{url}/hand-over/", wish, format="json").json()["steward"] == "302"
    assert Stewardship.objects.get(until=None).staff == other
