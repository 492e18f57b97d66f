"""Answered by the customer alone, by the link of a message: once, in time, and giving nothing away to whoever else holds it."""

import pytest

from callbacks.models import FollowUp
from callbacks.operations import links
from callbacks.operations.hearing import Said
from callbacks.operations.links import LinkOver, NoWayToWrite, answer_by_link, send_link
from casework.models import Case
from repairs.models import Repair
from tests.callbacks.conftest import HOUR, again, verbs
from tests.factories.callbacks import FollowUpFactory

pytestmark = pytest.mark.django_db
DAY = 24 * HOUR
GOOD = {"settled": "1", "score": "5", "words": "Very quick"}
BAD = {"settled": "0", "score": "1", "words": "No flame"}


@pytest.fixture
def sent(follow_up, fang, now, time_machine):
    send_link(follow_up=follow_up, by=fang.user, at=now + HOUR)
    time_machine.move_to(now + 2 * HOUR, tick=False)
    return again(follow_up)


def address(follow_up):
    return f"/how-was-it/{links.token_of(follow_up)}/"


def test_the_page_says_nothing_about_anybody(sent, client):
    answer = client.get(address(sent))
    text = answer.content.decode()
    assert (answer.status_code, "Does everything work again?" in text) == (200, True)
    case = sent.case
    hidden = (case.reference, "李娜", "13800138000", case.tracking_code, str(case.premises))
    assert [one for one in hidden if one in text] == []
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)


def test_an_answer_settles_it_and_is_taken_once(sent, client, drained, now):
    assert client.post(address(sent), GOOD).status_code == 200
    drained(now + 2 * HOUR)
    found = again(sent)
    assert (found.status, found.heard_by, found.asked_by, found.score) == ("heard", "link", None, 5)
    assert Case.objects.get(pk=sent.case_id).status == "closed"
    answer = client.post(address(sent), BAD)
    assert (answer.status_code, "Already answered" in answer.content.decode(), "Very quick" in answer.content.decode()) == (
        410,
        True,
        False,
    )
    assert (again(sent).score, client.get(address(sent)).status_code) == (5, 410)


def test_what_is_not_settled_is_taken_up_again_on_that_word(sent, client, drained, now):
    assert "take your matter up again" in client.post(address(sent), BAD).content.decode()
    assert Case.objects.get(pk=sent.case_id).status == "ordered"
    told = verbs(sent.case)
    assert told.index("callback.done") < told.index("case.reopened")


def test_who_said_so_often_is_rung_all_the_same(sent, client, settings):
    settings.REOPEN_TIMES = 0
    assert "Somebody rings you" in client.post(address(sent), BAD).content.decode()
    found = again(sent)
    assert (found.status, found.is_pressing, found.words, found.case.status) == ("waiting", True, "No flame", "finished")
    assert (verbs(found.case)[-1], client.post(address(sent), BAD).status_code) == ("callback.said_online", 410)


def test_a_doubtful_closing_is_not_settled_by_a_link(sent, client, now):
    Repair.objects.filter(case=sent.case).update(is_doubtful=True)
    assert "Somebody rings you" in client.post(address(sent), GOOD).content.decode()
    assert (again(sent).status, again(sent).case.status) == ("waiting", "finished")


def test_it_ends_after_its_days(sent, now):
    with pytest.raises(LinkOver):
        answer_by_link(follow_up=sent, said=Said(settled=True, score=5, heard_by="link"), at=now + 8 * DAY)


def test_who_could_not_be_reached_may_still_answer(sent, now):
    FollowUp.objects.filter(pk=sent.pk).update(status="not_reached", ended_at=now)
    found = answer_by_link(follow_up=again(sent), said=Said(settled=True, score=4, heard_by="link"), at=now + DAY)
    assert found.status == "heard"


@pytest.mark.parametrize("token", ["1", "1-abc", "1-", "x" * 200])
def test_an_address_that_is_not_ours_opens_nothing(client, token, db):
    assert client.get(f"/how-was-it/{token}/").status_code == 404


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(sent, client):
    answer = client.post(address(sent), {"words": "Very quick"})
    assert (answer.status_code, "Very quick" in answer.content.decode()) == (422, True)


def test_without_phone_and_account_there_is_no_way_to_write(fang, now):
    found = FollowUpFactory(case__contact_phone="", occasion=0)
    with pytest.raises(NoWayToWrite):
        send_link(follow_up=again(found), by=fang.user, at=now)


def test_where_that_is_the_custom_it_goes_out_as_soon_as_somebody_is_to_ask(finished, settings):
    settings.CALLBACK_LINK = "birth"
    case = finished().case
    assert FollowUp.objects.get(case=case).link_sent_at is not None
    assert verbs(case).count("callback.link_sent") == 1


def test_the_customer_finds_it_on_the_page_of_the_request(sent, olive, client, signed_in):
    text = signed_in(client, olive).get(f"/cabinet/requests/{sent.case.reference}/").content.decode()
    assert links.token_of(sent) in text
