"""What no name, number or code can hold is refused at the door: SQLite would look for it, PostgreSQL cannot."""

import pytest

PAGES = ["/counter/?account=%00", "/counter/sold/%00/", "/staff/ledger/%00/", "/receipts/%00-2026-000001/", "/counter/accounts/%00/gift/"]
FORMS = [("/counter/find/", "text"), ("/counter/sell/", "account"), ("/cabinet/choose/", "number")]


@pytest.mark.parametrize("path", PAGES)
def test_a_nul_in_an_address_is_a_wrong_request(world, path):
    answer = world.clients["head"].get(path)
    assert (answer.status_code, "We could not read this request" in answer.text) == (400, True)


@pytest.mark.parametrize(("path", "field"), FORMS)
def test_a_nul_in_a_form_is_a_wrong_request(world, path, field):
    assert world.clients["clerk"].post(path, {field: "a\0"}).status_code == 400


def test_the_api_says_in_its_own_way_that_there_is_no_such_thing(client, db):
    answer = client.get("/api/v1/top-ups/%00/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
