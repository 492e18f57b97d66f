"""What no name, number or code can hold is refused at the door: SQLite would look for it, PostgreSQL cannot.

And whoever's session ended while they pressed a button comes back to a page, not to the button's own address.
"""

from urllib.parse import parse_qs, urlsplit

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


class TestSessionEndedAtAButton:
    def next_after(self, client, **headers):
        answer = client.post("/counter/sell/", {"account": "1"}, headers=headers)
        assert (answer.status_code, urlsplit(answer.url).path) == (302, "/auth/login/")
        return parse_qs(urlsplit(answer.url).query)["next"]

    @pytest.mark.parametrize("header", ["referer", "hx-current-url"])
    def test_leads_back_to_the_page_with_the_form(self, client, db, header):
        headers = {header: "http://testserver/counter/?account=3713240018&volume=20"}
        assert self.next_after(client, **headers) == ["/counter/?account=3713240018&volume=20"]

    @pytest.mark.parametrize("referer", ["", "https://evil.example/counter/", "javascript:alert(1)", "http://testserver"])
    def test_without_a_page_of_ours_leads_to_the_first_one(self, client, db, referer):
        assert self.next_after(client, referer=referer) == ["/"]

    def test_a_page_that_was_asked_for_is_still_next(self, client, db):
        assert parse_qs(urlsplit(client.get("/counter/?volume=20").url).query)["next"] == ["/counter/?volume=20"]

    def test_next_that_names_a_button_ends_on_the_first_page(self, client, signed_in, fang):
        signed_in(client, fang)
        answer = client.get("/counter/sell/", headers={"referer": "http://testserver/auth/login/?next=/counter/sell/"})
        assert (answer.status_code, answer.url) == (302, "/")

    def test_a_reloaded_button_still_says_so(self, client, signed_in, fang):
        assert signed_in(client, fang).get("/counter/sell/").status_code == 405
