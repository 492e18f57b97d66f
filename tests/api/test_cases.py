"""Cases over HTTP: staff for anybody, customers for themselves; the same rules as on the pages."""

import pytest

import casework.operations
from accounts.actors import System
from accounts.roles import Role
from casework.models import Case, Contact, GeneralRequest
from casework.operations import Opening
from casework.references import is_valid
from tests.api.conftest import device_of
from tests.factories import accounts as people

from .test_problems import check_problem

NEW = {"topic": "bill", "text": "Too high\nsince May", "channel": "phone", "contact_phone": "+8613912345678", "contact_name": "王五"}


@pytest.fixture
def case(olive, account, now):
    """Olive's own, that nobody has yet."""
    opening = Opening(kind="general_request", subject="", channel="cabinet", account=account, asker=olive)
    return casework.operations.open_request(opening=opening, topic="bill", text="Too high", by=olive, at=now).case


@pytest.fixture
def weis(hall):
    return device_of(people.StaffFactory(number="531", hall=hall, roles=[Role.HOTLINE_AGENT]).user)


def act(client, case, verb, key="key-1", **body):
    return client.post(f"/api/v1/cases/{case.reference}/{verb}/", body, headers={"Idempotency-Key": key})


def open_case(client, key="key-1", **body):
    return client.post("/api/v1/cases/open/", {**NEW, **body}, headers={"Idempotency-Key": key})


class TestOpening:
    def test_staff_have_what_they_take_down(self, fangs, fang, account):
        answer = open_case(fangs, account=account.number)
        said = answer.json()
        assert answer.status_code == 201
        assert is_valid(said["reference"])
        assert (said["subject"], said["owner"], said["account"], said["channel"]) == ("Too high", "017", account.number, "phone")
        assert (said["contact_name"], said["contact_phone"]) == ("王*", "**** 5678")
        assert Case.objects.get().first_asked == fang

    def test_once_it_is_erased_a_repeat_opens_nothing_and_tells_nothing(self, fangs, fang, now):
        open_case(fangs)
        case = casework.operations.cancel_case(case=Case.objects.get(), reason="moved", by=fang.user, at=now)
        lan = people.StaffFactory(number="506", user__username="lan", hall=fang.hall, roles=[Role.BRANCH_MANAGER])
        casework.operations.erase_case(case=case, by=lan.user, at=now)
        check_problem(open_case(fangs), 409, "erased")
        assert Case.objects.count() == 1

    def test_a_repeat_opens_nothing_twice(self, fangs):
        first, again = open_case(fangs), open_case(fangs)
        assert first.content == again.content
        assert (again.headers["Idempotent-Replayed"], Case.objects.count()) == ("true", 1)

    def test_customers_open_their_own_and_choose_no_urgency(self, olives, olive, account):
        said = open_case(olives, account=account.number, urgency="emergency").json()
        case = Case.objects.get()
        assert (said["channel"], said["urgency"], said["owner"]) == ("cabinet", "normal", None)
        assert (case.asker, case.contact_phone, case.contact_name) == (olive, "+8613800138000", "")

    def test_nobody_asks_about_somebody_else_s_account(self, olives, neighbour):
        assert open_case(olives, account=neighbour.number).status_code == 404
        assert not Case.objects.exists()

    def test_blank_words_are_refused(self, fangs):
        assert open_case(fangs, text=" ").status_code == 400


class TestLooking:
    def test_listing_and_detail_agree(self, olives, case, neighbour, now):
        opening = Opening(kind="general_request", subject="theirs", channel="hall", account=neighbour)
        theirs = casework.operations.open_case(opening=opening, by=System("tests"), at=now)
        assert olives.get(f"/api/v1/cases/{theirs.reference}/").status_code == 404
        assert [row["reference"] for row in olives.get("/api/v1/cases/").json()["results"]] == [case.reference]
        assert olives.get(f"/api/v1/cases/{case.reference}/").status_code == 200

    def test_customers_are_not_told_who_works_on_it(self, olives, fangs, case):
        act(fangs, case, "accept")
        act(fangs, case, "contacts", means="note", direction="in", content="difficult")
        said = olives.get(f"/api/v1/cases/{case.reference}/")
        assert said.json()["owner"] is None
        assert "王芳" not in said.text
        assert "difficult" not in said.text

    def test_a_list_is_narrowed(self, fangs, case):
        def listed(query):
            return len(fangs.get(f"/api/v1/cases/?{query}").json()["results"])

        assert [listed(q) for q in ("", "list=mine", "list=unassigned", "unfinished=false", "status=open")] == [1, 0, 1, 0, 1]

    def test_a_case_is_found_by_what_is_known(self, fangs, case):
        for text in (case.reference.lower(), "too high", case.account.number):
            found = fangs.post("/api/v1/cases/search/", {"q": text}).json()["results"]
            assert [row["reference"] for row in found] == [case.reference]

    def test_the_story_is_told_in_the_caller_s_language(self, olives, case):
        said = olives.get(f"/api/v1/cases/{case.reference}/", headers={"Accept-Language": "en"}).json()
        assert said["story"][0]["text"] == "We have your request"


class TestActing:
    def test_a_case_is_accepted_answered_and_closed(self, fangs, case):
        assert act(fangs, case, "accept").json()["owner"] == "017"
        assert act(fangs, case, "answer", text="It is right.", means="call").json()["answer"] == "It is right."
        assert act(fangs, case, "close").json()["status"] == "closed"
        assert GeneralRequest.objects.get().answered_at

    def test_what_is_over_is_a_conflict(self, fangs, case):
        answer = act(fangs, case, "close")
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_move")

    def test_a_call_is_kept_once_however_often_it_is_sent(self, fangs, case):
        for _ in "12":
            act(fangs, case, "contacts", means="call", direction="out", content="told", talk_seconds=40, is_reply=True)
        assert Contact.objects.get().is_reply

    def test_what_a_customer_sends_is_a_message(self, olives, case):
        act(olives, case, "contacts", content="And May?", means="call", direction="out", is_reply=True)
        contact = Contact.objects.get()
        assert (contact.means, contact.direction, contact.is_reply) == ("cabinet", "in", False)

    def test_a_transfer_is_declined_then_accepted(self, fangs, weis, case):
        act(fangs, case, "accept")
        for verb, body in (("decline", {"reason": "away"}), ("accept", {})):
            assert act(fangs, case, "transfer", staff="531").status_code == 200
            assert act(weis, case, verb, **body).status_code == 200
        assert Case.objects.get().owner.number == "531"

    def test_nobody_is_asked_who_does_not_exist(self, fangs, case):
        act(fangs, case, "accept")
        assert [act(fangs, case, "transfer", **to).status_code for to in ({"staff": "999"}, {"hall": "NO"}, {})] == [404, 404, 422]

    def test_a_customer_reopens_what_did_not_help_and_withdraws(self, olives, fangs, case):
        act(fangs, case, "answer", text="It is right.", means="call")
        assert act(olives, case, "reopen", reason="No").json()["status"] == "open"
        assert act(olives, case, "cancel", reason="found it").json()["status"] == "cancelled"

    def test_only_who_may_assign_assigns(self, fangs, qiang, case):
        assert act(fangs, case, "assign", staff="017").status_code == 403
        assert act(device_of(qiang.user), case, "assign", staff="001").json()["owner"] == "001"


class TestPapers:
    LIST = {"papers": [{"name": "Lease", "remark": "page 2 is missing"}, {"name": "Identity card"}], "means": "counter"}

    def test_a_list_is_told_received_and_complete(self, fangs, case):
        said = act(fangs, case, "papers/missing", **self.LIST).json()["missing_papers"]
        assert [(row["name"], row["arrived_at"]) for row in said] == [("Lease", None), ("Identity card", None)]
        assert act(fangs, case, "papers/received", names=["lease"]).json()["missing_papers"][0]["arrived_at"]
        assert act(fangs, case, "papers/complete").json()["missing_papers"] == []

    def test_what_comes_too_late_is_refused_with_its_rule(self, fangs, case):
        act(fangs, case, "papers/missing", **self.LIST)
        late = act(fangs, case, "papers/missing", key="key-2", papers=[{"name": "Certificate"}], means="counter")
        assert (late.status_code, late.json()["code"]) == (422, "said_too_late")

    def test_the_customer_reads_the_list(self, fangs, olives, case):
        act(fangs, case, "papers/missing", **self.LIST)
        assert olives.get(f"/api/v1/cases/{case.reference}/").json()["missing_papers"][0]["remark"] == "page 2 is missing"
