"""Times for visits over the API."""

from datetime import timedelta

import pytest

from accounts.clock import business_date, business_now
from accounts.roles import Role
from fieldwork.models import Booking, SlotPlan
from tests.api.conftest import device_of
from tests.factories.accounts import ServiceAreaFactory, StaffFactory, TerritoryFactory
from tests.factories.casework import CaseFactory
from tests.factories.fieldwork import SlotPlanFactory, VisitFactory

NINE = "2026-11-23T09:00:00+08:00"


@pytest.fixture
def area(account):
    place = TerritoryFactory()
    type(account.premises).objects.update(territory=place)
    area = ServiceAreaFactory(name="north")
    area.territories.add(place)
    return area


def free(client, case, **query):
    said = client.get(f"/api/v1/cases/{case.reference}/appointment/", query).json()
    return said["slots"][0]["starts_at"] if said["slots"] else said["why_not"]


def post(client, case, verb, **body):
    return client.post(f"/api/v1/cases/{case.reference}/appointment/{verb}/", body, format="json")


@pytest.fixture
def case(account, area, olive):
    for day in range(7):
        for opens, closes in (("09:00", "11:00"), ("14:00", "16:00")):
            SlotPlanFactory(service_area=area, weekday=day, opens=opens, closes=closes)
            SlotPlanFactory(service_area=area, weekday=day, opens=opens, closes=closes, purpose="steward")
    return CaseFactory(account=account)


@pytest.fixture
def visit(case, area):
    return VisitFactory(case=case, timeline=case.timeline, territory=area.territories.get())


def test_a_customer_chooses_moves_and_gives_up(olives, case, visit):
    first = post(olives, case, "agree", starts_at=free(olives, case), version=0)
    assert first.status_code == 200
    assert first.json()["agreed"]["visit"] == visit.pk
    assert post(olives, case, "agree", starts_at=free(olives, case)).status_code == 409
    assert post(olives, case, "move", starts_at=free(olives, case), version=0).status_code == 409
    assert post(olives, case, "move", starts_at=free(olives, case), version=1).status_code == 200
    assert post(olives, case, "cancel").json()["agreed"] is None
    assert list(Booking.objects.order_by("pk").values_list("release_reason", flat=True)) == ["moved", "cancelled"]


def test_a_time_that_is_none_is_refused(olives, case, visit):
    assert post(olives, case, "agree", starts_at="2027-01-01T03:00:00+08:00").status_code == 422
    assert post(olives, case, "agree", starts_at="soon").status_code == 400


def test_a_clerk_arranges_a_visit_of_the_steward(fangs, case):
    assert "Nobody" in free(fangs, case)
    answer = post(fangs, case, "arrange", purpose="steward", starts_at=free(fangs, case, purpose="steward"))
    assert (answer.status_code, answer.json()["agreed"]["purpose"]) == (200, "steward")


class TestPlanning:
    @pytest.fixture
    def yans(self, db):
        return device_of(StaffFactory(hall=None, roles=[Role.DISPATCHER]).user)

    def test_windows_are_planned_changed_and_dropped(self, yans, area):
        sent = {"area": "north", "purpose": "repair", "weekdays": [0, 2], "opens": "09:00", "closes": "11:00", "capacity": 2}
        made = yans.post("/api/v1/slots/plans/add/", sent, format="json")
        assert (made.status_code, [row["weekday"] for row in made.json()["results"]]) == (201, [0, 2])
        assert yans.post("/api/v1/slots/plans/add/", sent, format="json").status_code == 422
        first, second = SlotPlan.objects.order_by("weekday")
        yans.post(f"/api/v1/slots/plans/{first.pk}/capacity/", {"capacity": 4}, format="json")
        yans.post(f"/api/v1/slots/plans/{second.pk}/drop/")
        [row] = yans.get("/api/v1/slots/plans/", {"area": "north", "purpose": "repair"}).json()["results"]
        assert row["capacity"] == 4
        assert {slot["free"] for slot in yans.get("/api/v1/slots/", {"area": "north", "purpose": "repair"}).json()["results"]} == {4}

    def test_days_are_closed_and_opened(self, yans, area):
        first = business_date(business_now()) + timedelta(days=30)
        days = {"first_day": first.isoformat(), "last_day": (first + timedelta(days=6)).isoformat(), "reason": "Spring Festival"}
        [row] = yans.post("/api/v1/slots/closed-days/add/", days, format="json").json()["results"]
        assert (row["area"], row["standing"]) == (None, 0)
        wrong = [{"last_day": (first - timedelta(days=1)).isoformat()}, {"first_day": "9999-12-30", "last_day": "9999-12-31"}]
        refused = [yans.post("/api/v1/slots/closed-days/add/", days | one, format="json").status_code for one in wrong]
        assert refused == [422, 422]
        assert yans.post(f"/api/v1/slots/closed-days/{row['id']}/open/").json() == {"results": []}
        assert yans.get("/api/v1/slots/", {"area": "south", "purpose": "repair"}).status_code == 404
