"""What an applicant is told at once is made by rule, sent or printed, and kept as it was told."""

import pytest

from casework.models import Contact
from casework.operations import NoWayToTell
from connections.models import PolicyVersion
from connections.operations import notices
from connections.operations.plan_loading import load_plans
from connections.queries.told_once import Asker, content_for
from notices.models import Message
from tests.connections.conftest import BY, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(book, now):
    """The plans as they are delivered, under the whole book of promises."""
    load_plans(at=now)


def content(kind, now, language="en", channel="web", **more):
    policy = PolicyVersion.objects.in_force(kind, now).get()
    return content_for(policy, Asker(channel=channel, **more), language, now)


def names(rows):
    return [row["name"] for row in rows]


def test_whoever_is_accepted_is_told_everything_once(application, drained):
    drained()
    drained()
    told = application.notices.get()
    assert (told.means, told.by) == (Contact.Means.SMS, "system:connections.notices")
    message = Message.objects.get(kind="connection_told_once")
    assert all(name in message.text for name in names(told.content["papers"] + told.content["stages"] + told.content["fees"]))
    assert "connection.told_once" in verbs(application.case)


def test_the_notice_follows_kind_channel_new_build_and_way(plan, now):
    assert "Business licence" in names(content("commercial", now)["papers"])
    assert "Business licence" not in names(content("residential", now)["papers"])
    assert "Application form with signature" in names(content("residential", now, channel="hall")["papers"])
    assert "Identity card, the original" in names(content("residential", now, channel="government")["papers"])
    assert "Identity card, the original" not in names(content("residential", now, channel="hall")["papers"])
    assert "Planning permission of the project" in names(content("commercial", now, is_new_build=True)["papers"])
    assert "Permit to dig up the road" in names(content("commercial", now, is_one_stop=True)["stages"])
    assert "Permit to dig up the road" not in names(content("commercial", now)["stages"])


def test_the_notice_names_what_the_book_promises_and_what_follows_a_failed_acceptance(plan, now):
    told = content("residential", now, language="zh-hans")
    assert "3" in told["promises"][-1]["limit"]
    assert "验收不合格" in told["corrections"]


def test_days_of_stages_beside_each_other_count_once(plan, now):
    told = content("residential", now)
    assert told["days"] == sum(stage["days"] for stage in told["stages"]) - 5, "the papers run beside"


def test_what_was_told_stays_as_it_was_told(application, steward, now):
    told = notices.give(application=application, means="counter", language="ru", by=steward.user, at=now)
    application.policy.papers.update(names={"en": "Something else", "ru": "Другое", "zh-hans": "其他"})
    told.refresh_from_db()
    assert "Документ, удостоверяющий личность заявителя" in names(told.content["papers"])
    assert not Message.objects.filter(kind="connection_told_once").exists(), "it was printed"


def test_nothing_is_sent_to_nowhere(application, steward, now):
    application.case.contact_phone = ""
    with pytest.raises(NoWayToTell):
        notices.give(application=application, means="sms", language="en", by=steward.user, at=now)
    assert notices.give_first(application=application, at=now) is None


def test_the_applicant_reads_and_prints_it_with_reference_and_code(application, client, now):
    told = notices.give(application=application, means="counter", language="zh-hans", by=BY, at=now)
    address = f"/track/connection/notices/{told.pk}/"
    assert client.get(address).url == "/track/"
    client.post("/track/", {"reference": application.case.reference, "code": application.case.tracking_code})
    assert "签字" not in client.get(address).text
    assert "申请人身份证件" in client.get(address).text
    assert client.get(f"{address}pdf/").content.startswith(b"%PDF")
    assert client.get(f"/track/connection/notices/{told.pk + 1}/").status_code == 404


def test_staff_give_it_on_the_page_of_the_case(application, steward, client, signed_in):
    page = f"/staff/connections/{application.case.reference}/notice/"
    xin = signed_in(client, steward)
    assert xin.post(page, {"means": "counter", "language": "xx"}).status_code == 422
    answer = xin.post(page, {"means": "counter", "language": "zh-hans"}, follow=True)
    assert "申请人身份证件" in answer.text
    assert application.notices.get().means == "counter"


def test_what_it_takes_is_there_for_everybody(plan, client):
    assert "Business licence" in client.get("/apply/guide/commercial/").text
    assert client.get("/apply/guide/castle/").status_code == 404
