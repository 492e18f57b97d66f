"""Asking the API when a promise would be due, and why those of a case are due when they are."""

import pytest

from accounts.actors import System
from casework.operations import Opening, open_case
from sla.queries.policies import forget
from tests.factories.sla import CalendarDayFactory, HallHoursFactory, PromiseVersionFactory

EXPLAIN = "/api/v1/promises/explain/"
TEXTS = {"en": {"title": "An answer"}, "ru": {"title": "Ответ"}, "zh-hans": {"title": "答复"}}
FRIDAY = {"promise": "T15", "at": "2026-11-20T16:30:00+08:00"}


@pytest.fixture
def promised(db):
    """An answer within four hours of the hall, told to customers."""
    CalendarDayFactory()
    HallHoursFactory()
    return PromiseVersionFactory(limit="PT4H", target="PT2H", calendar="hall", texts=TEXTS, is_public=True)


@pytest.fixture
def among_ourselves(db):
    """A first look within an hour."""
    return PromiseVersionFactory(promise__key="T16", limit="PT1H", texts={"en": {"title": "A first look"}})


class TestExplain:
    def test_everybody_learns_when_a_public_promise_would_be_due_and_why(self, visitor, promised):
        found = visitor.get(EXPLAIN, FRIDAY).json()
        assert found["due_at"] == "2026-11-23T11:30:00+08:00"
        assert found["target_at"] == "2026-11-23T09:30:00+08:00"
        assert "We promise it by Mon 23 Nov 2026, 11:30." in found["reasons"]
        assert (found["trace"], found["ladder"]) == (None, None)

    def test_staff_read_the_whole_trace_and_who_would_be_told(self, fangs, promised):
        found = fangs.get(EXPLAIN, FRIDAY).json()
        assert "Promise T15 “An answer”, version 1." in found["trace"]
        assert found["ladder"][0] == {"rung": "50%", "role": "owner", "at": "2026-11-23T09:30:00+08:00"}

    @pytest.mark.parametrize(("tag", "title"), [("ru", "Ответ"), ("zh-Hans", "答复"), ("en", "An answer")])
    def test_it_speaks_the_callers_language(self, visitor, promised, tag, title):
        assert visitor.get(EXPLAIN, FRIDAY, headers={"Accept-Language": tag}).json()["title"] == title

    def test_a_promise_among_ourselves_is_for_staff(self, visitor, olives, fangs, among_ourselves):
        statuses = [client.get(EXPLAIN, {"promise": "T16"}).status_code for client in (visitor, olives, fangs)]
        assert statuses == [404, 404, 200]

    def test_a_promise_that_is_switched_off_is_for_staff(self, visitor, fangs):
        PromiseVersionFactory(is_public=True, is_active=False)
        assert [client.get(EXPLAIN, {"promise": "T15"}).status_code for client in (visitor, fangs)] == [404, 200]

    def test_a_family_answers_by_who_it_is_for(self, visitor):
        for key, area, limit in (("T52", "urban", "PT4H"), ("T53", "rural", "PT12H")):
            PromiseVersionFactory(promise__key=key, family="repair", selects={"area": [area]}, limit=limit, is_public=True)
        assert visitor.get(EXPLAIN, {**FRIDAY, "promise": "repair", "area": "rural"}).json()["promise"] == "T53"
        assert visitor.get(EXPLAIN, {**FRIDAY, "promise": "repair"}).status_code == 404


class TestRefusals:
    @pytest.mark.parametrize(
        ("question", "status", "code"),
        [
            ({"promise": "T99"}, 404, "not_found"),
            ({}, 400, "invalid"),
            ({"promise": "T15", "at": "soon"}, 400, "invalid"),
            ({"promise": "T15", "at": "1850-01-01T00:00:00+08:00"}, 422, "out_of_reach"),
            ({"promise": "T15", "anchor_at": "2350-01-01T00:00:00+08:00"}, 422, "out_of_reach"),
        ],
    )
    def test_what_cannot_be_answered_is_a_problem(self, visitor, promised, question, status, code):
        response = visitor.get(EXPLAIN, question)
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert response["Content-Type"] == "application/problem+json"

    def test_the_wrong_parameter_is_named(self, visitor, promised):
        assert visitor.get(EXPLAIN, {"promise": "T15", "at": "soon"}).json()["errors"][0]["parameter"] == "at"


class TestCase:
    @pytest.fixture
    def case(self, promised, among_ourselves, account, olive, now):
        forget()
        opening = Opening(kind="general_request", subject="Warm", account=account, asker=olive, channel="cabinet")
        return open_case(opening=opening, by=System("tests"), at=now)

    def test_the_customer_reads_what_was_promised_to_them(self, olives, case):
        found = olives.get(f"/api/v1/cases/{case.reference}/promises/").json()["results"]
        assert [one["promise"] for one in found] == ["T15"]
        assert found[0]["due_at"] == "2026-11-20T15:30:00+08:00"
        assert found[0]["reasons"][-1] == "We promise it by Fri 20 Nov 2026, 15:30."

    def test_staff_read_all_of_them_with_version_and_calendar(self, fangs, case):
        found = {one["promise"]: one for one in fangs.get(f"/api/v1/cases/{case.reference}/promises/").json()["results"]}
        assert found.keys() == {"T15", "T16"}
        assert found["T15"]["reasons"][0] == "Promise T15 “An answer”, version 1."

    def test_nobody_elses_case_can_be_seen(self, stranger, visitor, case):
        assert stranger.get(f"/api/v1/cases/{case.reference}/promises/").status_code == 404
        assert visitor.get(f"/api/v1/cases/{case.reference}/promises/").status_code == 401
