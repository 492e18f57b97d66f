"""The virtual reception over the API: a portal of the city, the desk, the specialist."""

import pytest

from complaints.models import Appeal, ServiceApplication
from tests.api.conftest import device_of
from tests.complaints.reception import *  # noqa: F403

pytestmark = pytest.mark.usefixtures("book")
SEND = {
    "form": "question",
    "topic": "money",
    "text": "Why is the bill higher?",
    "name": "周敏",
    "phone": "139 0013 9000",
    "outside": {"system": "aishandong", "number": "77"},
}


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


def post(staff, path, key="k", **body):
    return device_of(staff.user).post(f"/api/v1/reception/{path}", body, headers={"Idempotency-Key": f"{key}-{path}"})


def test_a_portal_sends_a_letter_once_and_finds_it_by_its_number(fang, rita):
    first = post(fang, "letters/send/", **SEND)
    again = post(
        fang,
        "letters/send/",
        "k2",
        **SEND,
    )
    assert (first.status_code, again.json()["reference"], Appeal.objects.count()) == (201, first.json()["reference"], 1)
    found = device_of(fang.user).get("/api/v1/reception/letters/", {"outside_system": "aishandong", "outside_number": "77"})
    assert [one["reference"] for one in found.json()["results"]] == [first.json()["reference"]]
    assert (first.json()["contact_phone"], first.json()["channel"]) == ("**** 9000", "api")


def test_a_customer_sends_no_numbers_of_portals(olive):
    answer = device_of(olive).post("/api/v1/reception/letters/send/", SEND, headers={"Idempotency-Key": "k"})
    assert answer.status_code == 403


def test_a_letter_goes_to_who_the_rules_name_and_back(rita, dina, sent):
    letter = f"letters/{sent().case.reference}"
    assert post(rita, f"{letter}/forward/", question="Which tier?").json()["status"] == "forwarded"
    assert post(dina, f"{letter}/direction-answer/", answer="The second.").json()["status"] == "drafting"
    said = post(rita, f"{letter}/answer/", text="The second tier began.", way="sms", triage="typical").json()
    assert (said["status"], said["triage"], said["answers"][0]["text"]) == ("answered", "typical", "The second tier began.")


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("decline", {"reason": "Not ours.", "version": 99}, 409),
        ("direction-answer", {"answer": "So."}, 409),
        ("tell-date", {"until": "2026-12-20T10:00:00+08:00", "reason": "Long."}, 422),
        ("tell-date", {"until": "2020-12-20T10:00:00+08:00", "reason": "Past."}, 422),
        ("forward", {"to": "999"}, 404),
    ],
)
def test_what_cannot_be_done_says_why(rita, sent, act, body, status):
    assert post(rita, f"letters/{sent().case.reference}/{act}/", **body).status_code == status


def test_an_application_goes_its_way(roman, dina, wanted):
    service = f"services/{wanted(details={}).case.reference}"
    assert post(roman, f"{service}/route/", "early").status_code == 409
    assert post(roman, f"{service}/missing/", items=["place", "meter"]).json()["missing"] == ["place", "meter"]
    assert post(roman, f"{service}/details/", details={"place": "12", "meter": "G4"}, means="call").json()["missing"] == []
    assert post(roman, f"{service}/route/", "late").json()["status"] == "routed"
    assert post(dina, f"{service}/agree/", agreed_for="2026-11-23T16:00:00+08:00").json()["status"] == "agreed"
    assert post(dina, f"{service}/finish/", words="Done.").json()["status"] == "done"


def test_a_misspelt_item_is_not_lost_in_silence(fang):
    assert post(fang, "services/apply/", service="meter", phone="13900139000", details={"metre": "G4"}).status_code == 400
    assert not ServiceApplication.objects.exists()
