import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from rest_framework import exceptions, serializers
from rest_framework.test import APIClient

import accounts.queries
from accounts.api import problems

MEMBERS = {"type", "title", "status", "detail", "code", "request_id"}


def check_problem(response, status, code):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body.keys() >= MEMBERS
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:pilotlight:problem:{code}"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response["X-Request-ID"] != ""
    return body


class TestEveryRefusalIsAProblem:
    def test_an_unknown_address(self, visitor):
        check_problem(visitor.get("/api/v1/nothing/"), 404, "not_found")
        check_problem(visitor.post("/api/v9/", {}), 404, "not_found")

    def test_a_wrong_method_names_the_right_one(self, fangs):
        response = fangs.get("/api/v1/accounts/search/")
        check_problem(response, 405, "method_not_allowed")
        assert response["Allow"] == "POST"

    def test_options_tell_nothing(self, visitor):
        check_problem(visitor.options("/api/v1/halls/"), 405, "method_not_allowed")

    def test_a_form_that_is_not_offered(self, visitor):
        check_problem(visitor.get("/api/v1/halls/", headers={"Accept": "text/csv"}), 406, "not_acceptable")

    def test_a_body_that_is_not_json(self, fangs):
        check_problem(fangs.post("/api/v1/accounts/search/", "{", content_type="application/json"), 400, "parse_error")

    def test_a_body_nested_deeper_than_anybody_means(self, fangs):
        response = fangs.generic("POST", "/api/v1/quotes/", "[" * 200_000, content_type="application/json")
        check_problem(response, 400, "parse_error")

    def test_a_body_larger_than_anybody_means(self, fangs):
        response = fangs.post("/api/v1/quotes/", {"account": "1" * 3_000_000, "litres": 1})
        check_problem(response, 413, "too_large")

    def test_a_form_body(self, fangs):
        response = fangs.post("/api/v1/accounts/search/", "q=1", content_type="application/x-www-form-urlencoded")
        check_problem(response, 415, "unsupported_media_type")

    def test_nobody_signed_in(self, visitor):
        response = visitor.get("/api/v1/me/")
        check_problem(response, 401, "not_authenticated")
        assert response["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("token", ["x" * 64, "a b", "", "\u00e9\u00e9"])
    def test_a_token_that_is_none(self, visitor, token):
        response = visitor.get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"})
        check_problem(response, 401, "authentication_failed")

    def test_a_missing_verb_says_whom_to_ask(self, olives):
        body = check_problem(olives.post("/api/v1/accounts/search/", {"q": "1"}), 403, "missing_verb")
        assert "Ask the head of your hall" in body["detail"]

    def test_wrong_fields_are_pointed_at(self, fangs):
        body = check_problem(fangs.post("/api/v1/accounts/search/", {"limit": "many", "qq": 1}), 400, "invalid")
        assert body["errors"] == [{"pointer": "#/qq", "code": "unknown_field", "detail": "There is no such field."}]
        body = check_problem(fangs.post("/api/v1/accounts/search/", {"limit": "many"}), 400, "invalid")
        assert {(error["pointer"], error["code"]) for error in body["errors"]} == {("#/q", "required"), ("#/limit", "invalid")}

    @pytest.mark.parametrize("body", [[], "text", 1, None, [[]]])
    def test_a_body_that_is_no_object(self, fangs, body):
        check_problem(fangs.post("/api/v1/accounts/search/", body), 400, "invalid")

    def test_a_nul_character_is_refused(self, fangs):
        check_problem(fangs.post("/api/v1/accounts/search/", {"q": "a\0b"}), 400, "invalid")


class TestAFault:
    def test_shows_no_inside_and_is_logged(self, fang, monkeypatch, caplog):
        from .conftest import token_of

        def broken(*args, **kwargs):
            raise RuntimeError("secret of 李娜")

        monkeypatch.setattr(accounts.queries, "search_accounts", broken)
        client = APIClient(raise_request_exception=False)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of(fang.user)}")
        response = client.post("/api/v1/accounts/search/", {"q": "1"})
        check_problem(response, 500, "internal_error")
        assert "secret" not in response.content.decode()
        assert any("request_failed" in record.getMessage() for record in caplog.records)


class TestTheLanguage:
    @pytest.mark.parametrize("language", ["zh-Hans", "ru", "en"])
    def test_is_the_callers_but_the_code_is_not(self, visitor, language):
        response = visitor.get("/api/v1/me/", headers={"Accept-Language": language})
        check_problem(response, 401, "not_authenticated")
        assert response["Content-Language"].lower() == language.lower()

    def test_every_title_and_sentence_is_marked_for_translation(self):
        from django.utils.functional import Promise

        assert all(isinstance(text, Promise) for text in problems.TITLES.values())
        assert all(isinstance(text, Promise) for text in problems._SENTENCES.values())


class TestAnswer:
    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (RequestDataTooBig(), 413, "too_large"),
            (SuspiciousOperation(), 400, "parse_error"),
            (exceptions.Throttled(wait=2.1), 429, "throttled"),
            (exceptions.NotFound(), 404, "not_found"),
            (exceptions.APIException("odd"), 500, "error"),
        ],
    )
    def test_maps_what_the_frameworks_raise(self, error, status, code):
        problem = problems._as_problem(error)
        assert (problem.status_code, problem.code) == (status, code)

    def test_nested_errors_become_pointers(self):
        detail = serializers.ValidationError({"lines": [{}, {"a/b": ["Bad."]}], "non_field_errors": ["Both."]}).detail
        assert list(problems.field_errors(detail)) == [
            {"pointer": "#/lines/1/a~1b", "code": "invalid", "detail": "Bad."},
            {"pointer": "#", "code": "invalid", "detail": "Both."},
        ]

    def test_a_class_without_a_code_is_named_by_its_name(self):
        class DoorTaken(Exception):
            pass

        assert problems.code_of(DoorTaken()) == "door_taken"


class TestTooMany:
    def test_requests_are_told_when_to_come_back(self, visitor, monkeypatch):
        from accounts.api.throttles import Visitors

        monkeypatch.setattr(Visitors, "THROTTLE_RATES", {"anon": "2/min"})
        assert [visitor.get("/api/v1/halls/").status_code for _ in range(2)] == [200, 200]
        response = visitor.get("/api/v1/halls/")
        body = check_problem(response, 429, "throttled")
        assert 1 <= int(response["Retry-After"]) == body["retry_after"] <= 60


def test_an_address_with_a_nul_names_nothing(fangs):
    """PostgreSQL could not even look for it."""
    check_problem(fangs.get("/api/v1/accounts/%00/"), 404, "not_found")
