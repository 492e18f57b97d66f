"""The list of whom to call back, the page of one call, letters, results, and what other pages show of it."""

import pypdfium2
import pytest

from accounts.roles import Role
from callbacks.models import FollowUp
from callbacks.operations.calling import hand_over
from callbacks.operations.hearing import Said, hear
from callbacks.queries.results import results
from notices.models import Message
from tests.callbacks.conftest import HOUR, again, verbs
from tests.factories.accounts import PhoneFactory, StaffFactory
from tests.factories.callbacks import FollowUpFactory
from tests.factories.complaints import AccusedFactory

pytestmark = pytest.mark.django_db
LIST = "/staff/call-backs/"
GOOD = {"settled": "1", "score": "5", "attitude": "4", "heard_by": "call", "words": "Very quick"}


@pytest.fixture
def fangs(follow_up, fang, client, signed_in, now, time_machine):
    time_machine.move_to(now + HOUR, tick=False)
    return signed_in(client, fang)


def one(follow_up, act=""):
    return f"{LIST}{follow_up.pk}/{act}"


def test_the_list_shows_who_waits_first_then_what_is_due_first(fangs, follow_up, now):
    later = FollowUpFactory(ring_from=now + 3 * HOUR, due_at=now + 5 * HOUR)
    letter = FollowUpFactory(way="letter", due_at=now + HOUR)
    pressing = FollowUpFactory(is_pressing=True, due_at=now + 90 * HOUR)
    text = fangs.get(LIST).content.decode()
    assert [one(row) in text for row in (follow_up, pressing, later, letter)] == [True, True, False, False]
    assert text.index(one(pressing)) < text.index(one(follow_up))
    assert one(later) in fangs.get(f"{LIST}?list=later").content.decode()
    assert one(letter) in fangs.get(f"{LIST}?list=letters").content.decode()
    assert "Nothing yet" in fangs.get(f"{LIST}?list=ended").content.decode()


def test_what_was_said_is_written_down_and_shown(fangs, follow_up):
    assert "Does everything work again?" in fangs.get(one(follow_up)).content.decode()
    text = fangs.post(one(follow_up, "hear/"), {**GOOD, "version": follow_up.version}, follow=True).content.decode()
    assert ("Very quick" in text, "4 of 5" in text, "Written down" in text) == (True, True, True)
    assert one(follow_up) in fangs.get(f"{LIST}?list=ended").content.decode()


def test_what_is_missing_is_named_and_what_was_typed_stays(fangs, follow_up):
    answer = fangs.post(one(follow_up, "hear/"), {"words": "Very quick", "heard_by": "call"})
    assert (answer.status_code, "Very quick" in answer.content.decode(), again(follow_up).status) == (422, True, "waiting")


def test_a_page_that_is_no_longer_true_is_not_acted_on(fangs, follow_up):
    fangs.post(one(follow_up, "attempt/"), {"result": "busy", "version": follow_up.version})
    answer = fangs.post(one(follow_up, "attempt/"), {"result": "busy", "version": follow_up.version})
    assert (answer.status_code, again(follow_up).attempts) == (422, 1)


def test_the_number_is_shown_on_request(fangs, follow_up, account):
    PhoneFactory(customer=account.customer, number="+8613911112222")
    assert "1391111" not in fangs.get(one(follow_up)).content.decode()
    assert "tel:+8613911112222" in fangs.post(one(follow_up, "phones/")).content.decode()


def test_every_other_end_has_its_button(fangs, follow_up, now, fang):
    fangs.post(one(follow_up, "link/"), {"version": follow_up.version})
    fangs.post(one(follow_up, "hand-over/"))
    assert "needs 3 attempts" in fangs.get(one(follow_up)).content.decode()
    fangs.post(one(follow_up, "give-up/"))
    assert again(follow_up).status == "waiting"
    fangs.post(one(follow_up, "refuse/"), {"note": "In a hurry"})
    assert (again(follow_up).status, Message.objects.filter(kind="callback_link").count()) == ("refused", 1)
    assert again(follow_up).handed_at == now + HOUR


def test_who_was_there_sees_why_somebody_else_asks(follow_up, crew, client, signed_in):
    text = signed_in(client, crew.members.get().staff).get(one(follow_up)).content.decode()
    assert ("somebody else asks the customer" in text, "Save what they said" in text) == (True, False)


@pytest.mark.parametrize(("language", "title"), [("en", "Howdiditgo"), ("zh-hans", "2026"), ("ru", "2026")])
def test_a_letter_is_kept_and_printed_in_the_customers_language(fangs, language, title, now, settings):
    found = FollowUpFactory(way="letter", case__language=language, occasion=0, born_at=now)
    begun = fangs.get(one(found)).content.decode()
    assert "Keep the letter" in begun
    fangs.post(one(found, "letter/"), {"text": "Is it settled?"})
    paper = fangs.get(one(found, "letter.pdf"))
    text = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_bounded().replace(" ", "")
    assert (paper["Content-Type"], "Isitsettled" in text, title in text) == ("application/pdf", True, True)
    assert settings.COMPANY["name"].replace(" ", "") in text
    assert (again(found).status, again(found).case.contacts.get().means) == ("written", "letter")
    assert "callback.done" in verbs(found.case)


def test_results_count_reached_in_time_and_satisfied(fang, now):
    for status, more in (("heard", {"settled": True, "score": 5}), ("heard", {"settled": False, "score": 1}), ("not_reached", {})):
        late = now + (30 if status == "not_reached" else 1) * HOUR
        FollowUpFactory(status=status, born_at=now, due_at=now + 24 * HOUR, ended_at=late, answers={"attitude": 4}, **more)
    FollowUpFactory(status="dropped", born_at=now, ended_at=now)
    FollowUpFactory(born_at=now)
    (row,) = results(since=now - HOUR, until=now + HOUR, dissatisfied_to=2)
    assert (row.kind, row.count, row.statuses["heard"], row.reached, row.in_time) == ("repair", 4, 2, 67, 67)
    assert (row.satisfied, row.unsettled, row.score, row.answers) == (50, 1, 3.0, {"attitude": 4.0})


def test_supervisors_see_the_results(client, signed_in, follow_up, fang, qiang, now, time_machine):
    hear(follow_up=follow_up, said=Said(settled=True, score=4), by=fang.user, at=now + HOUR)
    time_machine.move_to(now + 2 * HOUR, tick=False)
    text = signed_in(client, qiang).get(f"{LIST}results/?days=7").content.decode()
    assert ("100 %" in text, "4.0" in text) == (True, True)


def test_the_case_and_the_account_show_what_came_of_it(fangs, follow_up, fang, account, now):
    case = f"/staff/cases/{follow_up.case.reference}/"
    assert one(follow_up) in fangs.get(case).content.decode()
    hear(follow_up=follow_up, said=Said(settled=True, score=4), by=fang.user, at=now + HOUR)
    assert "4 of 5" in fangs.get(case).content.decode()
    assert "4 of 5" in fangs.get(f"/staff/accounts/{account.number}/").content.decode()
    assert fangs.get(f"{case}call-back/")["Location"] == one(follow_up)


def test_a_complaint_about_somebody_is_not_theirs_to_ask_about(fang, client, signed_in):
    found = FollowUpFactory(case=AccusedFactory(staff=fang).complaint.case, kind="complaint", occasion=0)
    assert signed_in(client, fang).get(one(found)).status_code == 404
    assert one(found) not in client.get(LIST).content.decode()


def test_the_hotline_sees_what_it_was_given(fangs, follow_up, now):
    hand_over(follow_up=follow_up, by=StaffFactory(roles=[Role.HOTLINE_AGENT]).user, at=now + HOUR)
    assert "with the hotline" in fangs.get(LIST).content.decode()
    assert FollowUp.objects.get().handed_at == now + HOUR
