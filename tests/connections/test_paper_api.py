"""Papers over the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import device_of
from tests.connections.test_paper_files import protected
from tests.connections.test_papers import picture


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def application(applied, steward, olive):
    return applied(asker=olive)


@pytest.fixture
def url(application):
    return f"/api/v1/connections/{application.case.reference}/papers/"


@pytest.fixture
def hand_in(url, olive):
    def send(content, key="one"):
        body = {"file": SimpleUploadedFile("licence.pdf", content)}
        return device_of(olive).post(f"{url}identity/hand-in/", body, format="multipart", headers={"Idempotency-Key": key})

    return send


def test_an_applicant_sees_papers_and_both_clocks(url, olive):
    said = device_of(olive).get(url).json()
    assert [(one["key"], one["status"], one["version"]) for one in said["results"]] == [("identity", "wanted", 0), ("drawing", "wanted", 0)]
    assert (said["clocks"]["since"], said["clocks"]["holding"], said["clocks"]["company"]) == (None, ["Identity"], 0)


def test_a_paper_is_handed_in_and_judged(url, hand_in, steward, application):
    kept = hand_in(picture()).json()
    assert (kept["status"], kept["versions"][0]["number"]) == ("handed_in", 1)
    xin = device_of(steward.user)
    stale = xin.post(f"{url}identity/judge/", {"verdict": "accepted", "version": 0}, format="json")
    assert stale.status_code == 409
    done = xin.post(f"{url}identity/judge/", {"verdict": "accepted", "version": kept["version"]}, format="json")
    assert done.json()["status"] == "accepted"
    application.refresh_from_db()
    assert application.processing_from is not None


def test_a_file_with_a_password_is_refused_in_words(hand_in):
    answer = hand_in(protected(b"secret"))
    assert answer.status_code == 422
    assert "password" in answer.json()["detail"]


@pytest.mark.parametrize("verdict", ["rejected", "waived"])
def test_a_verdict_against_a_paper_has_a_reason(url, hand_in, steward, verdict):
    version = hand_in(picture()).json()["version"]
    xin = device_of(steward.user)
    assert xin.post(f"{url}identity/judge/", {"verdict": verdict, "version": version}, format="json").status_code == 422
    given = {"verdict": verdict, "version": version, "reason": "Blurred."}
    assert xin.post(f"{url}identity/judge/", given, format="json").json()["status"] == verdict
