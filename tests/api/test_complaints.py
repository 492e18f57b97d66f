"""Complaints over the API: made, looked into, answered, kept from whom they are about."""

import pytest

from complaints.models import Complaint
from tests.complaints.complaint_cast import complain as taken_down
from tests.factories.complaints import ComplaintFactory

BODY = {"about": "conduct", "text": "周二下午三号柜台的人大声对我喊叫。"}


def complain(client, key="first", **more):
    return client.post("/api/v1/complaints/complain/", {**BODY, **more}, headers={"Idempotency-Key": key})


def act(client, complaint, verb, body, key="act"):
    return client.post(f"/api/v1/complaints/{complaint.case.reference}/{verb}/", body, headers={"Idempotency-Key": key})


def test_a_customer_complains_once_for_a_key_and_reads_it(olives, account):
    first, second = complain(olives, account=account.number), complain(olives, account=account.number)
    assert (first.status_code, first.content, Complaint.objects.count()) == (201, second.content, 1)
    found = olives.get(f"/api/v1/complaints/{first.json()['reference']}/").json()
    assert (found["text"], found["status"], found["channel"]) == (BODY["text"], "received", "api")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": "😡"}, "nothing_written"),
        ({"text": "字" * 50_000}, "too_long"),
        ({"wanted_way": "letter"}, "no_way_to_answer"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(olives, wrong, code):
    answer = complain(olives, **wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Complaint.objects.exists()


def test_customers_do_not_say_that_an_office_sent_them(olives, fangs):
    assert complain(olives, origin="government").status_code == 403
    assert complain(fangs, key="second", origin="government", channel="letter").json()["major_why"] == "official"


def test_whoever_takes_down_what_is_about_himself_reads_it_no_more(fangs, fang):
    answer = complain(fangs, staff=fang.number).json()
    assert (answer["reference"][:1], answer["text"]) == ("K", "")
    assert fangs.get(f"/api/v1/complaints/{answer['reference']}/").status_code == 404
    assert fangs.get("/api/v1/complaints/").json()["results"] == []
    assert fangs.get(f"/api/v1/cases/{answer['reference']}/").status_code == 404


def test_an_answer_with_work_to_follow_waits_for_it(fangs, now):
    complaint = taken_down(now)
    works = [{"words": "换表", "promised_at": "2126-11-27T17:30:00+08:00"}]
    found = act(fangs, complaint, "answer", {"outcome": "partly", "text": "我们换表。", "way": "call", "works": works}).json()
    assert (found["status"], found["works"][0]["words"]) == ("answered", "换表")
    done = act(fangs, complaint, f"works/{found['works'][0]['id']}/done", {})
    assert done.json()["status"] == "settled"


def test_a_petition_is_answered_by_letter_and_by_nothing_else(fangs):
    complaint = ComplaintFactory(origin="petition", case__status="investigating")
    body = {"outcome": "unjustified", "text": "没有错。", "way": "call"}
    refused = act(fangs, complaint, "answer", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "only_by_letter")
    assert act(fangs, complaint, "answer", {**body, "way": "letter"}).status_code == 200


def test_a_department_answers_what_it_is_asked_once(fangs, now):
    complaint = taken_down(now)
    act(fangs, complaint, "ask", {"role": "clerk", "question": "怎么了？"})
    asked = fangs.get("/api/v1/inquiries/").json()["results"][0]
    assert set(asked) == {"id", "question", "is_to_contact", "asked_at", "answered_at", "finding"}
    said = [fangs.post(f"/api/v1/inquiries/{asked['id']}/answer/", {"finding": "没什么。"}).status_code for _ in range(2)]
    assert said == [200, 409]
