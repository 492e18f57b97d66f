"""Applying over the API: by the city's platform with its own number, by a customer, by staff."""

import pytest

from connections.models import Application
from tests.connections.conftest import make_plan
from tests.factories.connections import ApplicationFactory

BODY = {"kind": "residential", "place": "兰陵县卞庄街道文峰路12号", "name": "周敏", "phone": "139 0013 9000", "appliances": {"stove": 1}}
OUTSIDE = {"system": "aishandong", "number": "LY-2026-77", "due_at": "2026-11-27T17:30:00+08:00"}


@pytest.fixture(autouse=True)
def plan(db):
    return make_plan()


def apply(client, key="first", **more):
    return client.post("/api/v1/connections/apply/", {**BODY, **more}, headers={"Idempotency-Key": key})


class TestApplying:
    def test_is_accepted_at_once_with_the_whole_way_and_every_paper(self, fangs):
        answer = apply(fangs)
        found = answer.json()
        assert (answer.status_code, found["status"], found["channel"], found["contact_phone"]) == (201, "accepted", "api", "**** 9000")
        assert [paper["key"] for paper in found["papers"]] == ["identity", "drawing"]
        assert [stage["key"] for stage in found["stages"]][:1] == ["needs"]
        assert found["is_with_gaps"]

    def test_with_one_key_is_one_application(self, fangs):
        first, second = apply(fangs), apply(fangs)
        assert (first.content, second.headers["Idempotent-Replayed"]) == (second.content, "true")
        assert Application.objects.count() == 1

    def test_a_number_of_another_system_comes_once_whatever_the_key(self, fangs):
        first, second = apply(fangs, outside=OUTSIDE), apply(fangs, key="second", outside=OUTSIDE, name="Another")
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["reference"] == second.json()["reference"]
        assert second.json()["outside"] == OUTSIDE

    def test_customers_apply_for_themselves_and_bring_no_outside_number(self, olives):
        assert apply(olives, outside=OUTSIDE).status_code == 403
        reference = apply(olives, key="second").json()["reference"]
        assert olives.get(f"/api/v1/connections/{reference}/").status_code == 200

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"phone": "12"}, "/phone"), ({"appliances": {"stoev": 1}}, "/appliances/stoev"), ({"kind": "balloon"}, "/kind")],
    )
    def test_says_which_field_is_wrong(self, fangs, wrong, field):
        answer = apply(fangs, **wrong)
        assert answer.status_code == 400
        assert [error["pointer"] for error in answer.json()["errors"]] == [f"#{field}"]


class TestReading:
    def test_another_system_finds_its_own_by_its_number(self, fangs):
        reference = apply(fangs, outside=OUTSIDE).json()["reference"]
        apply(fangs, key="second")
        found = fangs.get("/api/v1/connections/", {"outside_system": "aishandong", "outside_number": "LY-2026-77"}).json()["results"]
        assert [row["reference"] for row in found] == [reference]

    def test_others_do_not_learn_that_it_exists(self, olives, stranger, plan):
        reference = ApplicationFactory(policy=plan).case.reference
        assert [client.get(f"/api/v1/connections/{reference}/").status_code for client in (olives, stranger)] == [404, 404]
        assert olives.get("/api/v1/connections/").json()["results"] == []
