"""The telephone exchange tells of calls over the API, and an agent's own desk writes them down."""

import pytest

from accounts.roles import Role
from desk.softphone import SCRIPTS, Exchange
from tests.api.conftest import device_of, token_of
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory

LINE = "0539-3617087"


@pytest.fixture
def xia(db):
    return StaffFactory(number="040", hall=None, roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def pbx(xia):
    return device_of(xia.user)


def tell(client, event, call="pbx-1", **more):
    return client.post("/api/v1/hotline/events/", {"event": event, "call": call, "line": LINE, **more}, format="json")


def test_a_call_is_told_answered_ended_and_saved(pbx):
    assert tell(pbx, "ringing", caller="13800138000").json()["status"] == "ringing"
    talking = tell(pbx, "answered", agent="040").json()
    assert (talking["status"], talking["agent"], "caller" in talking) == ("talking", "040", False)
    assert tell(pbx, "ended").json()["status"] == "ended"
    path = f"/api/v1/hotline/calls/{talking['reference']}/"
    saved = pbx.post(f"{path}save/", {"call_type": "consultation", "is_solved": True}, format="json").json()
    assert (saved["status"], pbx.get(path).json()["is_solved"]) == ("saved", True)


def test_a_call_of_somebody_else_is_not_found(pbx, fang):
    reference = tell(pbx, "answered", agent="040").json()["reference"]
    other = device_of(StaffFactory(roles=[Role.HOTLINE_AGENT]).user)
    assert other.get(f"/api/v1/hotline/calls/{reference}/").status_code == 404


@pytest.mark.parametrize(("event", "more", "status"), [("held", {}, 409), ("answered", {"agent": "999"}, 422), ("sung", {}, 400)])
def test_what_cannot_be_is_refused_with_a_reason(pbx, event, more, status):
    answer = tell(pbx, event, **more)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_number_says_that_it_cannot_be_rung(pbx):
    said = pbx.post("/api/v1/hotline/lines/", {"line": LINE, "is_reachable": False}, format="json").json()
    assert (said["number"], said["is_reachable"]) == (LINE, False)


@pytest.mark.django_db(transaction=True)
def test_the_simulated_exchange_plays_every_script_over_http(live_server, xia):
    exchange = Exchange(live_server.url, token_of(xia.user), LINE, "040")
    assert exchange.beat()["is_reachable"]
    ends = {}
    for script in SCRIPTS:
        for _seconds, body in exchange.play(script, call=f"sim-{script}", caller="", start=NOW):
            ends[script] = exchange.tell("events/", body)["status"]
    assert ends == {**dict.fromkeys(SCRIPTS, "ended"), "given-up": "abandoned"}
