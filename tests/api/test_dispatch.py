"""A dispatcher's own screen, over the API: what waits, who could go, who is sent; and of two dispatchers one wins."""

from datetime import timedelta

import pytest

import fieldwork.operations
from accounts.actors import System
from accounts.clock import business_now
from accounts.roles import Role
from fieldwork.models import Offer, Visit
from tests.api.conftest import device_of
from tests.factories.accounts import StaffFactory, TerritoryFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, BookingFactory, VisitFactory, crew_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def yans(db):
    """The dispatcher's device."""
    return device_of(StaffFactory(user__username="yan", number="050", hall=None, roles=[Role.DISPATCHER]).user)


@pytest.fixture
def crews(db):
    return [crew_out(code=code, name=f"crew {code}") for code in ("K1", "K2")]


@pytest.fixture
def visit(crews):
    place = TerritoryFactory(latitude=LATITUDE, longitude=LONGITUDE)
    return VisitFactory(skill="emergency", urgency="emergency", territory=place, asked_at=business_now())


def post(client, visit, verb, **body):
    return client.post(f"/api/v1/visits/{visit.pk}/{verb}/", body, format="json")


def test_what_is_open_is_listed(yans, visit):
    [row] = yans.get("/api/v1/visits/").json()["results"]
    assert (row["id"], row["status"], row["reference"], row["crew"]) == (visit.pk, "asked", visit.case.reference, None)


@pytest.mark.parametrize(("wanted", "count"), [({"urgency": "emergency"}, 1), ({"status": "offered"}, 0), ({"late": "true"}, 0)])
def test_it_can_be_narrowed(yans, visit, wanted, count):
    assert len(yans.get("/api/v1/visits/", wanted).json()["results"]) == count


def test_an_unknown_crew_is_not_found(yans, visit):
    assert yans.get("/api/v1/visits/", {"crew": "K9"}).status_code == 404


def test_suggestions_come_with_reasons_in_the_caller_s_words(yans, visit):
    said = yans.get(f"/api/v1/visits/{visit.pk}/suggestions/").json()
    assert [one["crew"] for one in said["results"]] == ["K1", "K2"]
    assert "works in this territory" in said["results"][0]["reasons_text"]
    assert said["forecast"] == {"minutes": None, "is_late": False, "ways": []}


def test_nobody_out_is_foretold_with_what_can_be_done(yans, visit):
    fieldwork.models.CrewShift.objects.update(is_on_call=True)
    forecast = yans.get(f"/api/v1/visits/{visit.pk}/suggestions/").json()["forecast"]
    assert forecast["is_late"]
    assert [(way["option"], way["crew"]) for way in forecast["ways"]] == [("call_in", "K1"), ("call_in", "K2"), ("police_and_fire", None)]


def test_a_crew_is_asked(yans, visit):
    answer = post(yans, visit, "offer", crew="K1", version=0)
    assert answer.status_code == 200
    assert (answer.json()["crew"], answer.json()["status"], len(answer.json()["offers"])) == ("K1", "offered", 1)
    assert Offer.objects.get().is_by_hand


def test_who_looked_at_an_older_state_is_told_to_look_again(yans, visit):
    post(yans, visit, "offer", crew="K1", version=0)
    answer = post(yans, visit, "reassign", crew="K2", version=0)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale_row")
    assert Visit.objects.get().crew.code == "K1"


def test_to_ask_two_at_once_is_refused(yans, visit):
    post(yans, visit, "offer", crew="K1")
    assert post(yans, visit, "offer", crew="K2").status_code == 409


def test_a_visit_goes_to_another_crew_with_its_history(yans, visit):
    post(yans, visit, "offer", crew="K1")
    answer = post(yans, visit, "reassign", crew="K2", reason="a leak nearby")
    assert [(one["crew"], one["answer"], one["why"]) for one in answer.json()["offers"]] == [
        ("K1", "recalled", "a leak nearby"),
        ("K2", "", ""),
    ]
    assert post(yans, visit, "reassign", crew="K2").json()["code"] == "same_crew"


def test_it_is_taken_back(yans, visit):
    post(yans, visit, "offer", crew="K1")
    assert post(yans, visit, "recall").json()["status"] == "asked"
    assert post(yans, visit, "recall").status_code == 409


@pytest.mark.parametrize("crew", ["K9", "'; drop table"])
def test_a_crew_nobody_knows_is_not_found(yans, visit, crew):
    assert post(yans, visit, "offer", crew=crew[:8]).status_code == 404


def test_crews_are_listed_with_their_load(yans, visit, crews):
    fieldwork.operations.offer(visit=visit, crew=crews[0], by=System("tests"), at=business_now())
    first, second = yans.get("/api/v1/crews/").json()["results"]
    assert (first["code"], first["visits"], first["latitude"]) == ("K1", {"offered": 1}, None)
    assert (second["code"], second["visits"], len(second["people"])) == ("K2", {}, 1)


def test_a_gone_visit_is_not_found(yans):
    assert yans.get("/api/v1/visits/4711/").status_code == 404


def test_a_visit_is_called_off_once(yans, visit):
    assert post(yans, visit, "cancel", version=visit.version).json()["status"] == "cancelled"
    assert post(yans, visit, "cancel").status_code == 409


def test_turns_of_a_crew_are_planned_and_taken_off(yans, crews):
    crews[0].shifts.all().delete()
    begins = business_now() + timedelta(hours=1)
    turn = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=8)).isoformat(), "weeks": 2}
    planned = yans.post("/api/v1/crews/K1/shifts/plan/", turn, format="json")
    ahead = yans.get("/api/v1/crews/K1/shifts/").json()["results"]
    assert (planned.status_code, len(planned.json()["results"]), len(ahead)) == (201, 2, 2)
    left = yans.post(f"/api/v1/crews/K1/shifts/{ahead[0]['id']}/drop/").json()["results"]
    assert [one["id"] for one in left] == [ahead[1]["id"]]


@pytest.mark.parametrize("hours", [-9, 27], ids=["over", "too long"])
def test_a_slip_of_the_finger_is_no_turn(yans, crews, hours):
    begins = business_now() - timedelta(hours=10)
    turn = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=10 + hours)).isoformat(), "is_on_call": True}
    assert yans.post("/api/v1/crews/K2/shifts/plan/", turn, format="json").status_code == 422


def test_a_turn_of_another_crew_is_not_found(yans, crews):
    assert yans.post(f"/api/v1/crews/K1/shifts/{crews[1].shifts.get().pk}/drop/").status_code == 404


class TestRadio:
    def test_a_step_is_written_down_with_who_told(self, yans, visit, crews):
        fieldwork.operations.offer(visit=visit, crew=crews[0], by=System("tests"), at=business_now())
        teller = crews[0].members.get().staff
        answer = post(yans, visit, "radio", step="accept", told_by=teller.number, version=1)
        assert (answer.status_code, answer.json()["status"]) == (200, "accepted")
        assert visit.timeline.events.get(verb="visit.accept").facts["told_by"] == teller.pk

    @pytest.mark.parametrize(("sent", "status"), [({"told_by": "000"}, 422), ({"version": 9}, 409), ({"step": "finish"}, 409)])
    def test_what_cannot_be_is_refused(self, yans, visit, crews, sent, status):
        fieldwork.operations.offer(visit=visit, crew=crews[0], by=System("tests"), at=business_now())
        body = {"step": "accept", "told_by": crews[0].members.get().staff.number, **sent}
        assert post(yans, visit, "radio", **body).status_code == status

    def test_nobody_opened_before_the_time_agreed_is_refused(self, yans, visit, crews):
        fieldwork.operations.offer(visit=visit, crew=crews[0], by=System("tests"), at=business_now())
        Visit.objects.update(status="on_site", urgency="normal")
        BookingFactory(visit=visit, starts_at=business_now() + timedelta(hours=1))
        answer = post(yans, visit, "radio", step="find_nobody", told_by=crews[0].members.get().staff.number)
        assert (answer.status_code, "expects you from" in answer.json()["detail"]) == (409, True)
