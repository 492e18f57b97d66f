"""Appointments at halls over the API, by the machine's own clock: whatever is free first is booked."""

from datetime import time

import pytest

from desk.models import HallAppointment
from tests.factories.hall_appointments import HallPlacesFactory, HallServiceFactory
from tests.factories.sla import CalendarVersionFactory


@pytest.fixture
def place(hall):
    """Always open, one person at once."""
    CalendarVersionFactory(key="hall")
    HallServiceFactory(hall=hall)
    for day in range(7):
        HallPlacesFactory(hall=hall, weekday=day, opens=time(0), closes=time(23, 30))
    return hall


def free(client):
    said = client.get("/api/v1/hall-appointments/times/", {"hall": "LL01", "service": "top_up"}).json()
    return [one["starts_at"] for one in said["results"]]


def book(client, starts_at, key="k1", **more):
    body = {"hall": "LL01", "service": "top_up", "starts_at": starts_at, **more}
    return client.post("/api/v1/hall-appointments/book/", body, format="json", headers={"Idempotency-Key": key})


def post(client, reference, verb, **body):
    return client.post(f"/api/v1/hall-appointments/{reference}/{verb}/", body, format="json")


def test_a_portal_books_for_somebody_once_however_often_it_asks(visitor, fangs, place):
    first = free(visitor)[2]
    answers = [book(fangs, first, name="孙丽", phone="13905390121") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert first not in free(visitor)
    assert (HallAppointment.objects.get().channel, HallAppointment.objects.get().phone) == ("api", "+8613905390121")


def test_nobody_is_booked_who_cannot_be_told(visitor, fangs, place):
    answer = book(fangs, free(visitor)[2])
    assert (answer.status_code, answer.json()["code"]) == (422, "nobody")


def test_a_customer_books_moves_and_gives_up_their_own(olives, fangs, stranger, place):
    times = free(olives)
    made = book(olives, times[2]).json()
    assert post(stranger, made["reference"], "cancel").status_code == 404
    assert post(olives, made["reference"], "move", starts_at=times[5], version=3).status_code == 409
    assert post(olives, made["reference"], "move", starts_at=times[5], version=0).json()["starts_at"] == times[5]
    assert post(olives, made["reference"], "cancel").json()["status"] == "cancelled"
    assert [one["reference"] for one in olives.get("/api/v1/hall-appointments/").json()["results"]] == [made["reference"]]


def test_what_somebody_else_has_is_refused_as_taken(olives, fangs, place):
    first = free(olives)[2]
    book(fangs, first, name="孙丽", phone="13905390121")
    answer = book(olives, first, key="k2")
    assert (answer.status_code, answer.json()["code"]) == (409, "time_taken")
