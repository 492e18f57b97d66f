"""Repairs over HTTP: reported by customers for themselves and by staff for anybody; the same rules as on the pages."""

import pytest

from accounts.roles import Role
from casework.models import Case
from fieldwork.models import Visit
from repairs.models import Repair, Restoration
from tests.api.conftest import device_of
from tests.factories import accounts as people
from tests.factories.repairs import RepairFactory


def report(client, key="key-1", **body):
    return client.post("/api/v1/repairs/report/", {"fault": "leak", **body}, headers={"Idempotency-Key": key})


def act(client, reference, verb, **body):
    return client.post(f"/api/v1/repairs/{reference}/{verb}/", body)


@pytest.fixture
def leis(hall):
    """A dispatcher's device."""
    return device_of(people.StaffFactory(number="201", hall=hall, roles=[Role.DISPATCHER]).user)


class TestReporting:
    def test_a_customer_s_leak_is_ordered_before_the_answer(self, olives, olive, account):
        answer = report(olives, account=account.number, answers={"smell": "yes"}, text="kitchen")
        said = answer.json()
        case = Case.objects.get()
        assert answer.status_code == 201
        assert (said["status"], said["urgency"], said["reasons"][0]) == ("ordered", "emergency", "gas_smelled")
        assert (case.asker, case.contact_phone, case.channel) == (olive, "+8613800138000", "api")
        assert Visit.objects.get().case == case
        assert "contact_phone" not in said

    def test_a_repeat_reports_nothing_twice(self, olives, account):
        first, again = report(olives, account=account.number), report(olives, account=account.number)
        assert first.content == again.content
        assert Repair.objects.count() == 1

    def test_customers_choose_neither_urgency_nor_name(self, olives, account):
        report(olives, account=account.number, fault="meter", urgency="emergency", name="somebody")
        case = Case.objects.get()
        assert (case.urgency, case.contact_name) == ("normal", "")

    def test_staff_report_for_a_passer_by_with_coordinates(self, fangs):
        said = report(fangs, fault="pipe", latitude=34.85, longitude=118.07, phone="１３９ 1234 5678", channel="phone").json()
        assert (said["account"], said["latitude"], said["contact_phone"]) == (None, 34.85, "**** 5678")
        assert Case.objects.get().channel == "phone"

    def test_a_phone_nobody_can_ring_stays_with_the_words(self, fangs):
        assert report(fangs, place="文峰路", phone="ask Anna").json()["text"] == "☎ ask Anna"

    def test_a_customer_s_flood_is_stored_and_set_aside(self, olives, account):
        found = [report(olives, key=f"key-{n}", account=account.number).json()["status"] for n in range(5)]
        assert found == ["ordered"] * 3 + ["held"] * 2

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"place": ""}, 400),
            ({}, 422),
            ({"fault": "aliens", "place": "x"}, 400),
            ({"latitude": 34.0}, 400),
            ({"latitude": 91, "longitude": 0}, 400),
            ({"account": "0000000000"}, 404),
            ({"place": "x", "answers": {"smell": "perhaps"}}, 400),
            ({"place": "x", "answers": {"taste": "yes"}}, 400),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, olives, body, status):
        assert report(olives, **body).status_code == status
        assert not Case.objects.exists()


class TestLooking:
    def test_each_sees_what_is_theirs(self, olives, stranger, fangs, meis, account):
        reference = report(olives, account=account.number).json()["reference"]
        found = [client.get(f"/api/v1/repairs/{reference}/").status_code for client in (olives, stranger, fangs, meis)]
        assert found == [200, 404, 200, 404]

    def test_staff_see_what_was_reported_near_it(self, fangs, account):
        first, second = [report(fangs, key=key, account=account.number).json()["reference"] for key in "ab"]
        near = fangs.get(f"/api/v1/repairs/{second}/").json()["near"]
        assert near == [{"reference": first, "how": "same_door"}]

    def test_what_waits_for_a_look_is_listed(self, fangs, olives):
        held = RepairFactory(case__status="held").case.reference
        assert [row["reference"] for row in fangs.get("/api/v1/repairs/waiting/").json()["results"]] == [held]
        assert olives.get("/api/v1/repairs/waiting/").status_code == 403

    def test_triage_answers_without_keeping_anything(self, fangs, olives):
        body = {"fault": "leak", "answers": {"hiss": "yes"}}
        said = fangs.post("/api/v1/repairs/triage/", body).json()
        assert (said["urgency"], said["classification"], said["reasons"][0]) == ("emergency", "major", "gas_heard")
        assert olives.post("/api/v1/repairs/triage/", body).status_code == 403
        assert not Case.objects.exists()


class TestActing:
    def test_the_desk_classifies_and_a_dispatcher_lets_through(self, fangs, leis):
        reference = RepairFactory(case__status="held").case.reference
        assert act(fangs, reference, "release").status_code == 403
        assert act(leis, reference, "release").json()["status"] == "ordered"
        said = act(fangs, reference, "classify", urgency="urgent", classification="major").json()
        assert (said["urgency"], said["classification"], said["reasons"][0]) == ("urgent", "major", "by_desk")

    def test_what_is_over_is_a_conflict(self, fangs, account):
        reference = report(fangs, account=account.number).json()["reference"]
        answer = act(fangs, reference, "order")
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_move")
        assert act(fangs, reference, "stand-alone").json()["code"] == "not_following"

    def test_a_customer_goes_along_with_the_first_report_and_back(self, fangs, olives, account):
        first = report(fangs, account=account.number, fault="low_pressure").json()["reference"]
        own = report(olives, account=account.number, fault="low_pressure").json()
        assert own["may_follow"]
        assert act(olives, own["reference"], "follow").json()["follows"] == first
        assert act(olives, own["reference"], "stand-alone").json()["follows"] is None

    def test_customers_do_not_order_or_classify(self, olives, account):
        reference = report(olives, account=account.number).json()["reference"]
        for verb in ("order", "release", "classify", "send-again"):
            assert act(olives, reference, verb).status_code == 403


class TestRestorations:
    def accept(self, client, **body):
        return client.post("/api/v1/restorations/accept/", {"cause": "debt", **body}, headers={"Idempotency-Key": "key-1"})

    def test_staff_accept_one_and_its_customer_sees_it(self, fangs, olives, stranger, account):
        said = self.accept(fangs, account=account.number).json()
        assert (said["status"], said["cause"], Restoration.objects.count(), Visit.objects.get().purpose) == (
            "accepted",
            "debt",
            1,
            "restoration",
        )
        found = [client.get(f"/api/v1/restorations/{said['reference']}/").status_code for client in (fangs, olives, stranger)]
        assert found == [200, 200, 404]

    def test_customers_do_not_accept_it_themselves(self, olives, account):
        assert self.accept(olives, account=account.number).status_code == 403
