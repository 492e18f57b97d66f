"""A slot of a connection that nobody kept is a broken promise, and stays one: on the applicant's pages and over the API."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from connections.models import Application
from fieldwork.models import Booking
from fieldwork.operations.overdue import note_overdue
from notices.models import Message
from tests.api.conftest import device_of
from tests.factories import accounts as people
from tests.factories.fieldwork import SlotPlanFactory

pytestmark = pytest.mark.usefixtures("book")
NINE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)


@pytest.fixture
def application(applied, steward, hall, olive):
    """Olive's, where surveys and the steward's visits can be booked on Mondays."""
    known, quarter = applied(asker=olive), people.TerritoryFactory()
    area = people.ServiceAreaFactory(name="north", hall=hall)
    area.territories.add(quarter)
    for opens in (9, 14):
        SlotPlanFactory(service_area=area, purpose="survey", weekday=0, opens=time(opens), closes=time(opens + 2))
    Application.objects.filter(pk=known.pk).update(territory=quarter)
    return known


@pytest.fixture
def missed(application, client, time_machine, now, drained):
    """Chosen on the tracking page for Monday at nine; it is a quarter past eleven and nobody came."""
    time_machine.move_to(now, tick=False)
    client.post("/track/", {"reference": application.case.reference, "code": application.case.tracking_code})
    answer = client.post("/track/connection/visit/survey/", {"starts_at": NINE.isoformat()})
    assert answer.status_code == 302
    at = NINE + 2.25 * HOUR
    time_machine.move_to(at, tick=False)
    note_overdue(at=at)
    drained(at)
    return application


def promise(olive, application):
    said = device_of(olive).get(f"/api/v1/cases/{application.case.reference}/promises/").json()
    return next(one["state"] for one in said["results"] if one["promise"] == "H02")


def test_the_applicant_reads_that_the_time_has_passed_and_that_the_promise_is_late(missed, client, olive):
    client.post("/track/", {"reference": missed.case.reference, "code": missed.case.tracking_code})
    page = client.get("/track/case/").text
    assert "The time agreed has passed and we are not there yet" in page
    assert promise(olive, missed) == "late"
    assert Message.objects.filter(kind="appointment_late").exists()


def test_another_time_makes_no_kept_promise_of_it(missed, olive, client):
    mine, url = device_of(olive), f"/api/v1/cases/{missed.case.reference}/appointment/move/"
    again = NINE + timedelta(days=7)
    version = mine.get(f"/api/v1/cases/{missed.case.reference}/appointment/").json()["version"]
    assert mine.post(url, {"starts_at": again.isoformat(), "version": version}, format="json").status_code == 200
    assert list(Booking.objects.order_by("pk").values_list("release_reason", flat=True)) == ["missed", ""]
    said = mine.get(f"/api/v1/cases/{missed.case.reference}/promises/").json()["results"]
    assert sorted(one["state"] for one in said if one["promise"] == "H02") == ["missed", "running"]
    client.post("/track/", {"reference": missed.case.reference, "code": missed.case.tracking_code})
    assert "We missed the time agreed" in client.get("/track/case/").text
