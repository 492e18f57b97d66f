"""Interruptions over HTTP: everybody sees where gas is off; planners do what they do on the pages, under the same rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from notices.models import Message
from repairs.models import CallTask, Outage
from repairs.operations import outage_proposals
from tests.api.conftest import device_of
from tests.factories import accounts as people
from tests.factories.casework import CaseFactory
from tests.factories.repairs_outages import CallTaskFactory, OutageFactory, UnderWayFactory
from tests.repairs.outages import carry_out, street

from .test_problems import check_problem

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture(autouse=True)
def in_november(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def danas(db):
    return device_of(people.StaffFactory(name="Dana", roles=[Role.DISPATCHER]).user)


@pytest.fixture
def bosses(db):
    return device_of(people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR]).user)


@pytest.fixture
def building(db):
    return street()[0]


def post(client, path, key="key-1", **body):
    return client.post(f"/api/v1/outages/{path}", body, headers={"Idempotency-Key": key})


def hours(count, now):
    return timezone.localtime(now + timedelta(hours=count)).isoformat()


def declare(client, building, now, **more):
    known = {"places": [building.pk], "reason": "A digger hit a pipe.", "until": hours(3, now)}
    return post(client, "declare/", **{**known, **more})


class TestEverybody:
    def test_sees_where_gas_is_off_and_no_names(self, visitor, danas, building, now):
        declare(danas, building, now)
        [said] = visitor.get("/api/v1/outages/").json()["results"]
        assert (said["status"], said["places"], said["customers"]) == ("under_way", ["开元名都 1号楼"], 3)
        assert "Dana" not in str(said)

    def test_sees_no_draft(self, visitor):
        check_problem(visitor.get(f"/api/v1/outages/{OutageFactory().reference}/"), 404, "not_found")


class TestPlanners:
    def test_count_before_anybody_is_told(self, danas, building):
        answer = post(danas, "count/", places=[building.pk, building.children.get().pk])
        assert (answer.json()["customers"], answer.json()["homes"]) == (3, 3)
        check_problem(post(danas, "count/", places=[999_999]), 404, "not_found")

    def test_walk_through_places(self, danas, building):
        found = danas.get("/api/v1/places/", {"below": building.parent_id}).json()["results"]
        assert [(one["name"], one["level"]) for one in found] == [("1号楼", "building")]

    def test_a_repeat_of_an_accident_is_the_same_accident(self, danas, building, now):
        first, second = declare(danas, building, now), declare(danas, building, now)
        assert (first.status_code, second.content) == (201, first.content)
        assert Outage.objects.count() == 1

    def test_plan_announce_begin_and_end(self, danas, building, now, time_machine):
        body = {"places": [building.pk], "reason": "New valves.", "starts_at": hours(72, now), "until": hours(76, now)}
        reference = post(danas, "plan/", **body).json()["reference"]
        assert post(danas, f"{reference}/announce/").json()["status"] == "announced"
        check_problem(post(danas, f"{reference}/begin/"), 409, "too_early")
        assert post(danas, f"{reference}/call-off/", reason="Not needed").json()["status"] == "cancelled"

    def test_less_than_two_days_are_refused_and_an_exception_is_asked_for(self, danas, building, now):
        body = {"places": [building.pk], "reason": "New valves.", "starts_at": hours(5, now), "until": hours(9, now)}
        reference = post(danas, "plan/", **body).json()["reference"]
        check_problem(post(danas, f"{reference}/announce/"), 409, "notice_too_late")
        assert post(danas, f"{reference}/exceptions/", what="short_notice", reason="It leaks").status_code == 200
        check_problem(post(danas, f"{reference}/exceptions/", what="short_notice", reason="It leaks"), 409, "already_asked")

    def test_another_person_agrees_and_it_is_announced(self, danas, bosses, building, now):
        body = {"places": [building.pk], "reason": "New valves.", "starts_at": hours(5, now), "until": hours(9, now)}
        reference = post(danas, "plan/", **body).json()["reference"]
        post(danas, f"{reference}/exceptions/", what="short_notice", reason="It leaks")
        [wish] = bosses.get("/api/v1/outages/exceptions/").json()["results"]
        check_problem(post(bosses, f"{reference}/exceptions/{wish['id'] + 1}/approve/"), 404, "not_found")
        assert post(bosses, f"{reference}/exceptions/{wish['id']}/approve/").status_code == 200
        check_problem(post(bosses, f"{reference}/exceptions/{wish['id']}/refuse/", decision="No"), 409, "nothing_to_decide")
        assert post(danas, f"{reference}/announce/").json()["status"] == "announced"

    def test_another_hour_and_the_end(self, danas, building, now):
        reference = declare(danas, building, now).json()["reference"]
        assert post(danas, f"{reference}/promise/", until=hours(5, now)).json()["promised_until"] == hours(5, now)
        check_problem(post(danas, f"{reference}/promise/", until=hours(14, now)), 409, "night_restoration")
        assert post(danas, f"{reference}/end/", restored_at=hours(0, now)).json()["status"] == "ended"

    def test_what_became_of_the_messages(self, danas, building, now):
        reference = declare(danas, building, now).json()["reference"]
        carry_out(now)
        said = danas.get(f"/api/v1/outages/{reference}/delivery/").json()
        assert (said["states"], said["rounds"][0]["is_finished"]) == ({"cabinet": 3}, True)

    def test_other_hours_are_planned_and_read_first(self, danas, building, now):
        body = {"places": [building.pk], "reason": "New valves.", "starts_at": hours(72, now), "until": hours(76, now)}
        reference = post(danas, "plan/", **body).json()["reference"]
        moved = {**body, "reason": "Old valves.", "starts_at": hours(96, now), "until": hours(100, now)}
        assert post(danas, f"{reference}/change/", **moved).json()["starts_at"] == hours(96, now)
        words = danas.get(f"/api/v1/outages/{reference}/words/").json()
        assert (words["reach"]["customers"], [letter["language"] for letter in words["letters"]]) == (3, ["en", "zh-hans", "ru"])
        assert all("Old valves." in letter["text"] for letter in words["letters"])
        check_problem(post(danas, f"{reference}/change/", **{**moved, "until": hours(1, now)}), 422, "until")

    def test_what_reports_propose_is_confirmed(self, danas, building, now):
        proposed = outage_proposals.propose_accident(territory=building.pk, reports=4, at=now)
        body = {"places": [building.pk], "reason": "A digger hit a pipe.", "until": hours(3, now)}
        assert post(danas, f"{proposed.reference}/confirm/", **body).json()["status"] == "under_way"
        check_problem(post(danas, f"{proposed.reference}/confirm/", **body), 409, "wrong_move")
        assert danas.get(f"/api/v1/outages/{proposed.reference}/words/").status_code == 404


class TestCallers:
    def test_calls_are_listed_and_written_down(self, fangs, now):
        task = CallTaskFactory()
        [said] = fangs.get("/api/v1/outages/calls/").json()["results"]
        assert said["account"] == task.account.number
        assert post(fangs, f"calls/{task.pk}/result/", result="reached", attempts=0).json()["result"] == "reached"
        check_problem(post(fangs, f"calls/{task.pk}/result/", result="reached", attempts=0), 409, "call_taken")
        assert CallTask.objects.get().attempts == 1

    def test_a_repair_is_added_by_hand(self, fangs):
        outage, case = UnderWayFactory(), CaseFactory(kind="repair", status="reported")
        assert post(fangs, f"{outage.reference}/tickets/", case=case.reference).status_code == 200
        check_problem(post(fangs, f"{outage.reference}/tickets/", case="R00000000"), 404, "not_found")

    def test_a_repair_with_another_cause_is_taken_out(self, fangs):
        outage, case = UnderWayFactory(), CaseFactory(kind="repair", status="reported")
        post(fangs, f"{outage.reference}/tickets/", case=case.reference)
        assert post(fangs, f"{outage.reference}/tickets/remove/", case=case.reference).status_code == 200
        assert not outage.tickets.exists()
        check_problem(post(fangs, f"{outage.reference}/tickets/remove/", case=case.reference), 404, "not_found")

    def test_whom_no_message_reached_is_rung(self, danas, fangs, building, now):
        reference = declare(danas, building, now).json()["reference"]
        carry_out(now)
        Message.objects.update(status="dead")
        assert [post(fangs, f"{reference}/ring-missed/").json() for _ in range(2)] == [{"added": 3}, {"added": 0}]
        post(danas, f"{reference}/end/", restored_at=hours(0, now))
        check_problem(post(fangs, f"{reference}/ring-missed/"), 422, "note")
