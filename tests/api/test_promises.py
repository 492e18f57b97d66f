"""GET /promises/: what is promised, to whom."""

import pytest

pytestmark = pytest.mark.usefixtures("book")


def keys(response):
    return [one["key"] for one in response.json()["results"]]


def test_everybody_sees_what_customers_are_promised(client):
    found = keys(client.get("/api/v1/promises/"))
    assert "T06" in found
    assert "T70" not in found


def test_staff_see_promises_among_ourselves_too(client, fang, signed_in):
    found = keys(signed_in(client, fang).get("/api/v1/promises/"))
    assert sum(key.startswith("T") for key in found) == 98
    assert "H01" in found  # one of our own


def test_a_promise_tells_its_time_and_its_source(client):
    one = next(one for one in client.get("/api/v1/promises/").json()["results"] if one["key"] == "T06")
    assert (one["target"], one["limit"], one["calendar"], one["document"]) == ("PT30M", "PT1H", "24x7", "S0")
    assert one["selects"] == {"kind": ["repair"], "urgency": ["emergency"]}


def test_a_rule_has_no_time(client):
    one = next(one for one in client.get("/api/v1/promises/").json()["results"] if one["key"] == "T05")
    assert (one["nature"], one["target"], one["limit"]) == ("rule", None, None)


def test_its_words_are_in_the_reader_s_language(client):
    response = client.get("/api/v1/promises/", headers={"accept-language": "ru"})
    assert "Аварийный выезд" in [one["title"] for one in response.json()["results"]]
