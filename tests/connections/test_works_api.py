"""The works over the API: a critical defect keeps the gas off until somebody has mended and somebody has checked it; gas on is once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Account
from accounts.roles import Role
from connections.operations import works
from connections.states import ConnectionStatus
from tests.api.conftest import device_of
from tests.connections.conftest import BY
from tests.factories import accounts as people

PLATE = {"kind": "volume", "serial": "G-77", "maker": "Goldcard", "model": "G2.5", "use_until": "2036-11-01"}
DEFECT = {"text": "阀门漏气", "grade": "critical", "party": "contractor", "due_at": "2026-11-25T17:30:00+08:00"}


@pytest.fixture
def li(hall):
    """The engineer, who builds and inspects in this small house."""
    return people.StaffFactory(user__username="lilei", name="李雷", number="401", hall=hall, roles=[Role.ENGINEER])


@pytest.fixture
def send(application, li, now, time_machine):
    """``send("works/built", {...})``: by the engineer, each with a key of its own unless one is given."""
    time_machine.move_to(now, tick=False)
    case = application.case
    case.status = ConnectionStatus.CONSTRUCTION
    case.save()
    works.take_order(application=application, by=BY, at=now)
    works.dispatch(application=application, to="installer", installer=li, by=BY, at=now)
    client = device_of(li.user)

    def post(path, body=None, key="", **how):
        url = f"/api/v1/connections/{case.reference}/works/{path}/"
        how = how or {"format": "json"}
        return client.post(url, body or {}, headers={"Idempotency-Key": key or path.replace("/", "-")}, **how)

    return post


def test_no_gas_before_what_is_critical_was_mended_and_checked(send):
    send("log", {"text": "挖沟", "file": SimpleUploadedFile("t.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)}, format="multipart")
    assert send("built").json()["status"] == "acceptance"
    found = send("defects", {"defects": [DEFECT]})
    assert (found.status_code, found.json()["status"], len(found.json()["log"][0]["photos"])) == (201, "corrections", 1)
    defect = found.json()["defects"][0]
    refused = send("pass", key="early")
    assert (refused.status_code, refused.json()["code"]) == (409, "critical_open")
    mended = send(f"defects/{defect['id']}/mended").json()["defects"][0]
    assert send("pass", key="unchecked").status_code == 409
    send(f"defects/{defect['id']}/check", {"is_good": True, "version": mended["version"]})
    assert send("pass").json()["status"] == "ready"


def test_gas_is_let_in_once_whatever_is_sent_again(send):
    send("built")
    send("pass")
    wish = {"name": "周敏", "phone": "13900139000", "price_class": "resident", "meter": PLATE}
    assert send("gas-on", wish, key="nowhere").status_code == 422
    quarter = people.TerritoryFactory(name="开元名都南区", level="compound")
    wish |= {"place": "卞庄街道开元名都南区", "door": "909"}
    made = send("gas-on", wish)
    again = send("gas-on", wish, key="another")
    assert (made.status_code, made.json()["gas_on"], made.json()["status"]) == (201, again.json()["gas_on"], "connected")
    assert Account.objects.get(application__isnull=False).premises.territory == quarter


def test_an_order_is_sent_on_and_given_out_once(application, li, now, time_machine):
    time_machine.move_to(now, tick=False)
    application.case.status = ConnectionStatus.CONSTRUCTION
    application.case.save()
    works.take_order(application=application, by=BY, at=now)
    client, url = device_of(li.user), f"/api/v1/connections/{application.case.reference}/works/"
    sent = client.post(f"{url}dispatch/", {"to": "engineering"}, format="json", headers={"Idempotency-Key": "1"})
    nobody = client.post(f"{url}send-out/", {"installer": "999"}, format="json", headers={"Idempotency-Key": "2"})
    given = client.post(f"{url}send-out/", {"installer": "401"}, format="json", headers={"Idempotency-Key": "3"})
    twice = client.post(f"{url}send-out/", {"installer": "401"}, format="json", headers={"Idempotency-Key": "4"})
    assert (sent.json()["order"]["to"], nobody.json()["code"]) == ("engineering", "no_installer")
    assert (given.json()["order"]["installer"], twice.json()["code"]) == ("401", "dispatched_before")


def test_a_meter_that_takes_no_gas_in_advance_is_a_wrong_field(send):
    send("built")
    send("pass")
    wish = {"name": "周敏", "phone": "13900139000", "price_class": "resident", "meter": {**PLATE, "kind": "mechanical"}}
    answer = send("gas-on", wish)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/meter/kind")


def test_a_photo_of_another_case_is_a_wrong_field(send):
    send("built")
    answer = send("defects", {"defects": [{**DEFECT, "photo": "f" * 32}]})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
