"""What becomes of an appeal, and what its author and the specialists hear of it."""

from datetime import timedelta

import pytest

import casework.operations
import sla.operations.extensions
from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.operations import ReasonMissing, StaleRow, WrongMove
from complaints.models import Appeal, DirectionQuestion, Triage
from complaints.operations import triage
from complaints.operations.appeal_answers import Words, answer_appeal
from complaints.operations.appeals import TooLong
from complaints.operations.reception_ways import NobodyToAnswer, Outside
from notices.models import Message
from sla.models import Clock
from sla.operations.extensions import NoMoreTime
from tests.complaints.reception import *  # noqa: F403
from tests.complaints.reception import verbs
from tests.factories import accounts as people

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def appeal(sent):
    return sent()


@pytest.fixture
def asked(appeal, dina, rita, now):
    """Forwarded to Dina."""
    return triage.forward(appeal=appeal, to=dina, question="Which tier?", by=rita.user, at=now)


def clocks(appeal):
    return {clock.promise.key: clock for clock in Clock.objects.filter(timeline=appeal.case.timeline).select_related("promise")}


def texts(kind):
    return [message.text for message in Message.objects.filter(kind=kind).order_by("pk")]


def test_a_letter_lies_with_a_reception_specialist_and_its_promise_runs(appeal, rita, drained):
    drained()
    assert appeal.case.owner == rita
    assert appeal.case.title == "Question: prices, bills and payments"
    assert clocks(appeal)["T85"].due_at is not None
    assert appeal.case.tracking_code[:4] in texts("reception_received")[0]


def test_whoever_wants_an_answer_leaves_a_way_and_a_review_needs_none(sent):
    with pytest.raises(NobodyToAnswer):
        sent(phone="")
    assert sent(phone="", form="review").form == "review"


@pytest.mark.parametrize(("text", "refusal"), [("  \n", casework.operations.NothingSaid), ("я" * 10_001, TooLong)])
def test_nothing_and_too_much_are_refused(sent, text, refusal):
    with pytest.raises(refusal):
        sent(text=text)
    assert not Appeal.objects.exists()


def test_a_portals_number_comes_once(sent):
    first, again = (sent(outside=Outside("aishandong", "77"), text=text) for text in ("One.", "Two."))
    assert (first.pk, again.text) == (again.pk, "One.")


def test_what_is_not_ours_is_answered_with_the_reason(appeal, rita, now, drained):
    answer = triage.decline(appeal=appeal, reason="Heating is the city's.", by=rita.user, at=now)
    drained()
    assert (answer.text, appeal.triage, appeal.case.status) == ("Heating is the city's.", Triage.OUT_OF_FIELD, "answered")
    assert clocks(appeal)["T85"].stopped_at == now
    assert "Heating is the city's." in texts("reception_declined")[0]


def test_nobody_is_turned_away_without_a_reason(appeal, rita, now):
    with pytest.raises(ReasonMissing):
        triage.decline(appeal=appeal, reason=" ", by=rita.user, at=now)


def test_a_typical_question_is_answered_with_advice(appeal, rita, now, drained):
    words = Words(text="The second tier began.", way="sms", triage=Triage.TYPICAL)
    answer_appeal(appeal=appeal, words=words, by=rita.user, at=now)
    drained()
    assert appeal.triage == Triage.TYPICAL
    assert "frequent questions" in texts("reception_typical")[0]


def test_the_specialist_has_a_working_day_and_the_appeal_stays_with_the_reception(asked, appeal, rita, dina, drained):
    drained()
    assert (appeal.case.owner, appeal.case.status, appeal.triage) == (rita, "forwarded", Triage.FORWARDED)
    assert {"T85", "T88", "T89"} <= set(clocks(appeal))
    assert Message.objects.filter(kind="direction_asked", staff=dina).exists()
    assert texts("reception_forwarded")


def test_the_specialist_answers_the_reception_and_not_the_applicant(asked, appeal, dina, rita, now, drained):
    triage.answer_for_direction(question=asked, answer="From March on.", by=dina.user, at=now + timedelta(hours=2))
    drained(now + timedelta(hours=2))
    assert (appeal.case.status, asked.is_open) == ("drafting", False)
    assert clocks(appeal)["T88"].stopped_at == now + timedelta(hours=2)
    assert Message.objects.filter(kind="direction_answered", staff=rita).exists()
    assert not any("From March on." in message.text for message in Message.objects.all())


def test_only_who_was_asked_a_deputy_or_a_router_answers(asked, fang, rita, dina, now):
    with pytest.raises(Forbidden):
        triage.answer_for_direction(question=asked, answer="So.", by=fang.user, at=now)
    dina.absences.create(deputy=fang, starts_at=now, ends_at=now + timedelta(days=1))
    assert triage.answer_for_direction(question=asked, answer="So.", by=fang.user, at=now).answered_by == fang


def test_a_settled_question_takes_no_answer(asked, appeal, dina, fang, rita, now):
    triage.forward(appeal=appeal, to=fang, question="", by=rita.user, at=now)
    asked.refresh_from_db()
    with pytest.raises(triage.NotAsked):
        triage.answer_for_direction(question=asked, answer="So.", by=dina.user, at=now)
    assert DirectionQuestion.objects.get(ended_at=None).to_staff == fang


def test_of_two_who_triage_from_the_same_page_one_looks_again(appeal, rita, dina, now):
    other = Appeal.objects.select_related("case").get(pk=appeal.pk)
    triage.forward(appeal=appeal, to=dina, question="", by=rita.user, at=now)
    with pytest.raises(StaleRow):
        triage.decline(appeal=other, reason="Not ours.", by=rita.user, at=now)


def test_a_date_inside_the_promise_is_told_at_once(asked, appeal, dina, now, drained):
    until = now + timedelta(days=2)
    assert triage.tell_date(appeal=appeal, until=until, reason="Old bills.", by=dina.user, at=now) is None
    drained()
    assert (appeal.triage, appeal.told_until) == (Triage.HARD, until)
    assert clocks(appeal)["T89"].stopped_at == now
    assert clocks(appeal)["T88"].status == Clock.Status.WITHDRAWN
    assert "Old bills." in texts("reception_date")[0]


def test_a_later_date_is_told_once_somebody_else_approved_it(appeal, rita, now, drained):
    until = now + timedelta(days=8)
    wish = triage.tell_date(appeal=appeal, until=until, reason="An archive is asked.", by=rita.user, at=now)
    assert (appeal.told_until, "appeal.date_told" in verbs(appeal.case)) == (None, False)
    chief = people.StaffFactory(roles=[Role.BRANCH_MANAGER], hall=None)
    sla.operations.extensions.approve_extension(extension=wish, by=chief.user, at=now)
    drained()
    appeal.refresh_from_db()
    assert (appeal.told_until, clocks(appeal)["T85"].due_at) == (until, until)
    assert verbs(appeal.case).count("appeal.date_told") == 1
    assert (len(texts("promise_extended")), texts("reception_date")) == (1, [])


def test_ten_days_are_the_most(appeal, rita, now):
    with pytest.raises(NoMoreTime):
        triage.tell_date(appeal=appeal, until=now + timedelta(days=11), reason="Long.", by=rita.user, at=now)
    appeal.refresh_from_db()
    assert appeal.triage == ""


def test_no_date_is_told_of_an_answered_appeal_nor_one_that_has_passed(appeal, rita, now):
    with pytest.raises(triage.NotThen):
        triage.tell_date(appeal=appeal, until=now, reason="Late.", by=rita.user, at=now)
    answer_appeal(appeal=appeal, words=Words(text="So.", way="sms"), by=rita.user, at=now)
    with pytest.raises(WrongMove):
        triage.tell_date(appeal=appeal, until=now + timedelta(days=1), reason="Late.", by=rita.user, at=now)


def test_who_has_only_an_address_for_mail_is_asked_and_answered_there(sent, rita, now, drained):
    appeal = sent(phone="", email="anna@example.org", language="ru")
    triage.ask_applicant(appeal=appeal, question="Номер счёта?", by=rita.user, at=now)
    drained()
    assert clocks(appeal)["T85"].status == Clock.Status.PAUSED
    asked = Message.objects.get(kind="reception_question")
    assert (asked.address, "Номер счёта?" in asked.text) == ("anna@example.org", True)


def test_an_answer_ends_what_a_specialist_was_asked(asked, appeal, rita, now):
    answer_appeal(appeal=appeal, words=Words(text="So.", way="call"), by=rita.user, at=now)
    asked.refresh_from_db()
    assert not asked.is_open


def test_withdrawn_nobody_is_asked_and_opened_again_it_is_triaged_anew(asked, appeal, rita, now, drained):
    casework.operations.cancel_case(case=appeal.case, reason="Found it.", by=rita.user, at=now)
    drained()
    asked.refresh_from_db()
    assert not asked.is_open


def test_opened_again_it_is_triaged_anew(appeal, rita, now, drained):
    triage.decline(appeal=appeal, reason="Not ours.", by=rita.user, at=now)
    casework.operations.reopen_case(case=appeal.case, why="It is.", by=rita.user, at=now)
    drained()
    appeal.refresh_from_db()
    assert (appeal.triage, appeal.case.status) == ("", "received")
    again = answer_appeal(appeal=appeal, words=Words(text="You are right.", way="sms"), by=rita.user, at=now)
    assert again.number == 2


def test_erased_no_word_is_left(asked, appeal, rita, now, drained):
    answer_appeal(appeal=appeal, words=Words(text="A word.", way="sms"), by=rita.user, at=now)
    casework.operations.move_case(case=appeal.case, verb="close", by=rita.user, at=now)
    ending = people.StaffFactory(roles=[Role.SUPERVISOR])
    casework.operations.erase_case(case=appeal.case, by=ending.user, at=now)
    drained()
    kept = Appeal.objects.get(pk=appeal.pk)
    assert (kept.text, kept.topic, kept.direction_questions.get().question) == ("", "money", "")
    assert appeal.case.answers.get().text == ""
