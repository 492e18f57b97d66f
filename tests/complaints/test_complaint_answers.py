"""From looking into it to the customer's last word: departments, answers, promised work, refusal, reopening, satisfaction."""

from datetime import timedelta

import pytest

import casework.operations
import complaints.operations.complaint_answers as answers
import complaints.operations.looking_into as looking
from accounts.roles import Role
from casework.models import Case, Contact, Effect
from casework.operations import NoAnswer, NothingSaid, ReasonMissing, Step, Target, WrongMove, record
from casework.permissions import AboutThemselves
from complaints.complaint_permissions import NotAsked
from complaints.models import Complaint, FollowUpWork
from complaints.operations.complaint_answers import Decision, NowhereToSend, OnlyByLetter, Work, WorkUnclear
from complaints.operations.looking_into import AnsweredAlready, NobodyAsked
from complaints.queries.inquiries import inquiries_to
from tests.casework.conftest import verbs
from tests.complaints.complaint_cast import WEB, complain, router
from tests.factories.accounts import StaffFactory
from tests.factories.complaints import AnswerFactory, FollowUpWorkFactory, InquiryFactory
from tests.factories.repairs import RepairFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rui(db):
    return router()


@pytest.fixture
def complaint(now, rui):
    """One that Rui looks into."""
    return looking.investigate(complaint=complain(now), by=rui.user, at=now)


def decide(complaint, by, at, act="answer", **known):
    known = {"outcome": "justified", "text": "对不起。", "way": "call", **known}
    return getattr(answers, act)(complaint=complaint, decision=Decision(**known), by=by, at=at)


def follow(at):
    for _ in range(10):
        casework.operations.drain(at=at)
        if not Effect.objects.filter(done_at=None, next_attempt_at__lte=at).exists():
            return


class TestLookingInto:
    def test_whoever_begins_has_it(self, complaint, rui):
        assert (complaint.case.owner, complaint.case.status) == (rui, "investigating")
        assert {"case.accepted", "complaint.investigation_started"} <= set(verbs(complaint.case))

    def test_the_accused_does_not_look_into_it(self, now, fang):
        with pytest.raises(AboutThemselves):
            looking.investigate(complaint=complain(now, staff=fang), by=fang.user, at=now)

    def test_a_question_to_the_customer_waits_and_their_word_ends_it(self, complaint, rui, now):
        looking.ask_customer(complaint=complaint, question="哪一天？", means="call", by=rui.user, at=now)
        assert complaint.case.status == "waiting"
        said = casework.operations.NewContact(means="cabinet", direction="in", content="周二")
        casework.operations.record_contact(case=complaint.case, contact=said, by=WEB, at=now)
        assert complaint.case.status == "investigating"

    def test_a_person_may_judge_otherwise_than_the_rules(self, complaint, rui, now):
        looking.judge(complaint=complaint, about="safety", major_why="injury", manner="", by=rui.user, at=now)
        assert (complaint.case.classification, complaint.case.urgency, complaint.about) == ("major", "urgent", "safety")
        looking.judge(complaint=complaint, about="safety", major_why="", manner="threat", by=rui.user, at=now)
        assert (complaint.case.classification, verbs(complaint.case)[-1]) == ("", "complaint.threatened")


class TestInquiries:
    def ask(self, complaint, by, at, question="周二下午发生了什么？", **to):
        return looking.inquire(complaint=complaint, to=Target(note=question, **to), is_to_contact=True, by=by, at=at)

    def test_the_accused_may_be_asked_and_sees_the_question_alone(self, now, rui, fang):
        inquiry = self.ask(complain(now, staff=fang), rui.user, now, staff=fang)
        assert list(inquiries_to(fang, at=now)) == [inquiry]
        assert list(inquiries_to(rui, at=now)) == []

    def test_a_hall_and_a_department_are_asked_together(self, complaint, rui, now, fang, qiang, hall):
        inquiry = self.ask(complaint, rui.user, now, hall=hall, role=Role.HALL_HEAD)
        assert [list(inquiries_to(one, at=now)) for one in (fang, qiang)] == [[], [inquiry]]
        with pytest.raises(NotAsked):
            looking.say_what_happened(inquiry=inquiry, finding="nothing", has_contacted=False, by=fang.user, at=now)

    def test_what_they_say_stands_once(self, complaint, rui, now, fang):
        inquiry = self.ask(complaint, rui.user, now, staff=fang)
        looking.say_what_happened(inquiry=inquiry, finding="我声音大了。", has_contacted=True, by=fang.user, at=now)
        assert (inquiry.answered_by, inquiry.contacted_at) == (fang, now)
        with pytest.raises(AnsweredAlready):
            looking.say_what_happened(inquiry=inquiry, finding="或者没有。", has_contacted=False, by=fang.user, at=now)

    def test_nothing_and_nobody_cannot_be_asked(self, complaint, rui, now, fang):
        with pytest.raises(NothingSaid):
            self.ask(complaint, rui.user, now, question=" ", staff=fang)
        with pytest.raises(NobodyAsked):
            self.ask(complaint, rui.user, now)

    def test_nobody_waits_for_it_once_the_complaint_is_answered(self, complaint, rui, now, fang):
        inquiry = self.ask(complaint, rui.user, now, staff=fang)
        decide(complaint, rui.user, now)
        assert list(inquiries_to(fang, at=now)) == []
        with pytest.raises(AnsweredAlready):
            looking.say_what_happened(inquiry=inquiry, finding="晚了", has_contacted=False, by=fang.user, at=now)


class TestAnswer:
    def test_without_work_to_follow_it_is_settled(self, complaint, rui, now):
        row = decide(complaint, rui.user, now, finding="声音大了")
        assert (row.letter_number, row.by, complaint.case.status) == (f"{complaint.case.reference}/1", rui, "settled")
        assert verbs(complaint.case)[-5:] == ["case.contacted", "complaint.answer", "case.answered", "complaint.settle", "case.resolved"]
        assert Contact.objects.get(is_reply=True).means == "call"

    def test_what_nobody_looked_into_is_looked_into_by_whoever_answers(self, now, rui):
        complaint = complain(now)
        decide(complaint, rui.user, now)
        assert (complaint.case.owner, complaint.case.status) == (rui, "settled")

    def test_an_answer_has_words_and_a_refusal_a_reason(self, complaint, rui, now):
        with pytest.raises(NoAnswer):
            decide(complaint, rui.user, now, text=" ")
        with pytest.raises(ReasonMissing):
            decide(complaint, rui.user, now, "refuse", text=" ")

    def test_a_refusal_is_an_answer_and_the_end(self, complaint, rui, now):
        decide(complaint, rui.user, now, "refuse", text="超过三年。", way="letter")
        complaint.refresh_from_db()
        assert (complaint.outcome, complaint.decided_at, complaint.case.status) == ("refused", now, "settled")

    @pytest.mark.parametrize("origin", ["petition", "government"])
    def test_what_came_over_an_office_is_answered_by_letter(self, now, rui, origin):
        complaint = complain(now, origin=origin, channel="letter")
        with pytest.raises(OnlyByLetter):
            decide(complaint, rui.user, now, way="call")
        assert decide(complaint, rui.user, now, way="letter").number == 1

    @pytest.mark.parametrize("way", ["sms", "email"])
    def test_no_message_goes_to_nobody(self, complaint, rui, now, way):
        with pytest.raises(NowhereToSend):
            decide(complaint, rui.user, now, way=way)
        complaint.email = "olive@example.org"
        assert decide(complaint, rui.user, now, way=way).way == way

    def test_the_accused_does_not_answer(self, complaint, now, fang):
        complaint.accused.create(staff=fang, why="named")
        with pytest.raises(AboutThemselves):
            decide(complaint, fang.user, now)

    def test_one_answer_at_a_time(self, complaint, rui, now):
        decide(complaint, rui.user, now)
        with pytest.raises(WrongMove):
            decide(complaint, rui.user, now)


class TestPromisedWork:
    def test_words_with_a_day_settle_it_when_somebody_says_so(self, complaint, rui, now):
        decide(complaint, rui.user, now, works=[Work(words="换表", promised_at=now + timedelta(days=3))])
        assert complaint.case.status == "answered"
        answers.finish_work(work=FollowUpWork.objects.get(), by=rui.user, at=now)
        assert Case.objects.get(pk=complaint.pk).status == "settled"

    def test_a_case_settles_it_when_it_is_done(self, complaint, rui, now):
        repair = RepairFactory(case__status="on_site")
        decide(complaint, rui.user, now, works=[Work(case=repair.case)])
        record(timeline_id=repair.case.timeline_id, steps=[Step("case.resolved")], by=WEB, at=now)
        follow(now)
        assert Case.objects.get(pk=complaint.pk).status == "settled"

    @pytest.mark.parametrize("days", [None, -1])
    def test_words_without_a_day_to_come_are_no_promise(self, complaint, rui, now, days):
        promised = now + timedelta(days=days) if days else None
        with pytest.raises(WorkUnclear):
            decide(complaint, rui.user, now, works=[Work(words="换表", promised_at=promised)])

    def test_it_is_not_its_own_work(self, complaint, rui, now):
        with pytest.raises(WorkUnclear):
            decide(complaint, rui.user, now, works=[Work(case=complaint.case)])


class TestAfterwards:
    def tell(self, complaint, verb, at, **facts):
        record(timeline_id=complaint.case.timeline_id, steps=[Step(verb, facts)], by=WEB, at=at)
        follow(at)
        return Complaint.objects.select_related("case").get(pk=complaint.pk)

    def test_a_satisfied_customer_closes_it(self, complaint, rui, now):
        decide(complaint, rui.user, now)
        found = self.tell(complaint, "callback.done", now, settled=1, score=5)
        assert (found.satisfaction, found.case.status) == (5, "closed")

    def test_a_dissatisfied_one_leaves_it_to_be_opened_again(self, complaint, rui, now):
        decide(complaint, rui.user, now)
        found = self.tell(complaint, "callback.done", now, settled=0, score=1)
        assert (found.satisfaction, found.case.status) == (1, "settled")

    def test_who_could_not_be_reached_closes_it_too(self, complaint, rui, now):
        decide(complaint, rui.user, now)
        assert self.tell(complaint, "callback.dropped", now).case.status == "closed"

    def test_opened_again_it_is_undecided_and_answered_anew(self, complaint, rui, now):
        decide(complaint, rui.user, now)
        casework.operations.reopen_case(case=complaint.case, why="没有用", by=rui.user, at=now)
        follow(now)
        found = Complaint.objects.select_related("case").get(pk=complaint.pk)
        assert (found.outcome, found.case.status) == ("", "investigating")
        assert decide(found, rui.user, now).number == 2

    def test_forgotten_it_holds_no_word(self, complaint, now):
        InquiryFactory(complaint=complaint)
        FollowUpWorkFactory(answer=AnswerFactory(case=complaint.case), done_at=now)
        Case.objects.filter(pk=complaint.pk).update(status="closed", closed_at=now)
        case = Case.objects.get(pk=complaint.pk)
        boss = StaffFactory(roles=[Role.SUPERVISOR])
        casework.operations.erase_case(case=case, by=boss.user, at=now)
        follow(now)
        found = Complaint.objects.get(pk=complaint.pk)
        words = [
            found.text,
            found.accused_words,
            *found.inquiries.values_list("question", flat=True),
            *case.answers.values_list("text", flat=True),
        ]
        assert (set(words), FollowUpWork.objects.get().words) == ({""}, "")
