"""What a steward does over the API as on the pages: stages, mandates, notices, and an offer from the drawing to the money."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.operations import move_case
from connections.models import Contract, Mandate, Quote
from tests.api.conftest import device_of
from tests.connections.conftest import BY

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def application(applied, steward, olive):
    return applied(asker=olive)


@pytest.fixture
def send(application, steward):
    """``send("stages/needs/finish", {...})``: by the steward, each with a key of its own; ``by`` somebody else."""
    keys = iter(range(100))

    def post(path, body=None, by=steward.user, **how):
        url, headers = f"/api/v1/connections/{application.case.reference}/{path}/", {"Idempotency-Key": f"key-{next(keys)}"}
        return device_of(by).post(url, body or {}, headers=headers, **(how or {"format": "json"}))

    return post


@pytest.fixture
def designed(application, now):
    application.processing_from = now
    application.save(update_fields=["processing_from"])
    application.papers.update(status="accepted")
    move_case(case=application.case, verb="design", by=BY, at=now)
    return application


def stage(answer, key):
    return next(one for one in answer.json()["results"] if one["key"] == key)


def test_a_stage_is_ended_by_whoever_saw_it_as_it_is(application, send):
    seen = application.stages.get(key="needs").version
    assert send("stages/needs/finish", {"version": seen + 7}).json()["code"] == "stale_row"
    done = send("stages/needs/finish", {"version": seen, "note": "Two stoves."})
    assert (stage(done, "needs")["status"], stage(done, "survey")["status"]) == ("done", "running")
    assert send("stages/papers/finish", {"version": stage(done, "papers")["version"]}).json()["code"] == "ends_by_itself"


def test_a_stage_is_given_another_day_turn_or_left_out(application, send):
    send("stages/needs/finish", {"version": application.stages.get(key="needs").version})
    seen = application.stages.get(key="survey").version
    moved = send("stages/survey/move", {"version": seen, "until": "2026-12-04T17:30:00+08:00"})
    assert stage(moved, "survey")["promised_until"] == "2026-12-04T17:30:00+08:00"
    turned = send("stages/survey/turn", {"version": stage(moved, "survey")["version"], "ball": "authority"})
    gone = send("stages/survey/skip", {"version": stage(turned, "survey")["version"], "reason": "Surveyed in May."})
    assert (stage(turned, "survey")["ball"], stage(gone, "survey")["status"]) == ("authority", "skipped")
    assert send("stages/survey/turn", {"version": 0, "ball": "company"}, by=application.case.asker).status_code == 403


def test_the_applicant_gives_a_mandate_and_nobody_confirms_it_in_their_place(send, olive):
    assert send("mandates/give", {"how": "cabinet"}).status_code == 403
    assert send("mandates/give", {"how": "paper"}, by=olive).json()["code"] == "not_signed"
    assert send("mandates/give", {"how": "cabinet", "deeds": ["papers"]}, by=olive).json()["deeds"] == ["papers"]
    assert send("mandates/give", {"how": "cabinet"}, by=olive).json()["code"] == "already_given"
    assert send("mandates/revoke", by=olive).json()["revoked_at"] is not None
    signed = send("mandates/give", {"how": "drawn", "file": SimpleUploadedFile("s.png", PNG)}, format="multipart")
    assert (signed.status_code, signed.json()["signature"]) == (201, Mandate.objects.get(revoked_at=None).signature.token)


def test_the_notice_is_given_again_and_read_as_it_was_given(application, send, olive):
    told = send("notices/give", {"means": "counter", "language": "ru"})
    assert (told.status_code, told.json()["content"]["stages"][0]["name"]) == (201, "Этап needs")
    mine, url = device_of(olive), f"/api/v1/connections/{application.case.reference}/notices/"
    newest = mine.get(url).json()["results"][0]
    assert mine.get(f"{url}{newest['id']}/").json() == told.json()


def test_an_offer_is_drawn_quoted_sent_and_accepted_on_paper(designed, send):
    drawn = send("offer/designs/add", {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")}, format="multipart")
    assert drawn.json()["designs"][0]["number"] == 1
    lines = [{"fee": "connection"}, {"words": "Pipe", "hundredths": 1_250, "price": 4_599}]
    kept = send("offer/quotes/draft", {"lines": lines, "design": 1, "seen": ""}).json()["quotes"][0]
    assert (kept["total"], kept["design"], kept["contract"]) == (317_488, 1, None)
    assert send("offer/quotes/draft", {"lines": lines, "seen": ""}).json()["code"] == "stale_row"
    sent = send("offer/send", {"seen": kept["mark"]}).json()
    assert (sent["is_to_accept"], [line["refundable_until"] for line in sent["contract"]["lines"]]) == (True, ["contract", "ready"])
    assert send("offer/accept", {"digest": sent["digest"]}).json()["charge"]["amount"] == 317_488
    assert (Contract.objects.get().accepted_how, send("offer/refund", {"done": []}).json()["code"]) == ("paper", "still_wanted")


def test_an_offer_is_taken_back_before_it_is_paid(designed, send):
    kept = send("offer/quotes/draft", {"lines": [{"words": "All", "price": 1}], "seen": ""}).json()["quotes"][0]
    send("offer/send", {"seen": kept["mark"]})
    assert send("offer/take-back").json()["contract"] is None
    assert Quote.objects.get().withdrawn_at is not None
    assert send("offer/take-back").json()["code"] == "no_offer"


def test_everybody_reads_the_plan_in_force_and_nobody_a_draft(client, plan):
    [found] = [one for one in client.get("/api/v1/connection-plans/").json()["results"] if one["version"] == plan.number]
    url = f"/api/v1/connection-plans/{found['kind']}/{plan.number}/"
    said = client.get(url, headers={"Accept-Language": "ru"}).json()
    assert ([one["key"] for one in said["stages"]][:2], said["fees"][0]["name"]) == (["needs", "papers"], "Плата connection")
    type(plan).objects.filter(pk=plan.pk).update(effective_from=None)
    assert client.get(url).status_code == 404
