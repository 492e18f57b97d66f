"""Somebody who was not there asks; what is settled is closed, what is not is opened again, and a problem has a department at once."""

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import System
from accounts.permissions import Forbidden
from accounts.roles import Role
from callbacks.models import FollowUp, Questionnaire
from callbacks.operations.bearing import bear, bear_now
from callbacks.operations.hearing import NotAnswered, Said, hear
from callbacks.operations.holding import NotAsked
from callbacks.operations.questionnaires import NewQuestions, publish, write
from callbacks.permissions import WasThere
from callbacks.queries.questionnaires import asked_in, current
from callbacks.questions import BadQuestionnaire, of_the_house, parse
from casework.models import Case, Transfer
from casework.operations import StaleRow, WrongMove, answer_request, erase_case, reopen_case
from notices.models import Message
from repairs.models import Repair
from sla.models import Clock
from tests.callbacks.conftest import HOUR, again, verbs
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory
from tests.factories.callbacks import FollowUpFactory

pytestmark = pytest.mark.django_db
GOOD = Said(settled=True, score=5, answers={"attitude": 5}, texts={"needs": "  "}, words="Works")
BAD = Said(settled=False, score=2, texts={"suggestions": "Come again"}, words="Still no flame")


class TestBirth:
    def test_a_finished_repair_is_asked_about_within_a_day(self, follow_up, now):
        assert (follow_up.status, follow_up.way, follow_up.is_pressing) == ("waiting", "phone", False)
        assert (follow_up.born_at, follow_up.due_at) == (now + HOUR / 2, now + 24.5 * HOUR)

    def test_it_is_born_once_however_often_the_ending_is_heard(self, follow_up, now):
        assert bear(case=follow_up.case, occasion=follow_up.occasion, born_at=now) == follow_up
        assert bear_now(case=follow_up.case) == follow_up
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUpFactory(case=follow_up.case, occasion=99)

    def test_its_moment_is_what_the_book_promises(self, book, finished, now):
        found = FollowUp.objects.get(case=finished().case)
        clock = Clock.objects.get(timeline=found.case.timeline_id, promise="T73")
        assert (clock.due_at, clock.started_by) == (found.due_at, found.occasion)

    def test_opened_again_nobody_is_asked_and_the_next_ending_is_asked_about(self, follow_up, fang, going, drained, now):
        repair = Repair.objects.select_related("case__timeline").get(case=follow_up.case)
        reopen_case(case=repair.case, why="No flame", by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        assert again(follow_up).status == "dropped"
        going(repair, "accept", "arrive", finish="done", at=now + 2 * HOUR)
        statuses = FollowUp.objects.filter(case=repair.case).order_by("pk").values_list("status", flat=True)
        assert (list(statuses), verbs(repair.case).count("callback.dropped")) == (["dropped", "waiting"], 1)


class TestHearing:
    def test_what_is_settled_is_confirmed_and_closed(self, follow_up, fang, drained, now):
        hear(follow_up=follow_up, said=GOOD, by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        found, repair = again(follow_up), Repair.objects.get(case=follow_up.case)
        assert (found.status, found.score, found.answers, found.texts) == ("heard", 5, {"attitude": 5, "settled": 1, "score": 5}, {})
        assert (found.case.status, repair.confirmed_how, repair.confirmed_by) == ("closed", "callback", fang.user.actor_label)
        assert found.case.contacts.get(direction="out").content == "Works"

    def test_it_keeps_the_promise_of_a_call_back(self, book, finished, fang, now):
        found = FollowUp.objects.select_related("case__timeline").get(case=finished().case)
        hear(follow_up=found, said=GOOD, by=fang.user, at=now + HOUR)
        clock = Clock.objects.get(timeline=found.case.timeline_id, promise="T73")
        assert (clock.status, clock.stopped_by) == ("stopped", "callback.done")

    def test_its_event_holds_numbers_and_no_words(self, follow_up, fang, now):
        hear(follow_up=follow_up, said=BAD, by=fang.user, at=now + HOUR)
        facts = follow_up.case.timeline.events.get(verb="callback.done").facts
        assert (facts["settled"], facts["satisfied"], facts["score"], facts["asked_by"]) == (0, 0, 2, fang.pk)
        assert "flame" not in str(facts)

    def test_what_is_not_settled_is_opened_again_and_a_supervisor_hears_it(self, follow_up, fang, drained, hall, now):
        boss = StaffFactory(hall=hall, roles=[Role.SUPERVISOR])
        hear(follow_up=follow_up, said=BAD, by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        case = Case.objects.get(pk=follow_up.case_id)
        assert (case.status, verbs(case).index("callback.done") < verbs(case).index("case.reopened")) == ("ordered", True)
        assert Message.objects.filter(kind="callback_dissatisfied", staff=boss, channel="inbox").count() == 1
        assert FollowUp.objects.filter(case=case).count() == 1

    def test_settled_but_badly_done_is_told_to_a_supervisor_and_stays_closed(self, follow_up, fang, drained, hall, now):
        StaffFactory(hall=hall, roles=[Role.SUPERVISOR])
        hear(follow_up=follow_up, said=Said(settled=True, score=2), by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        assert Case.objects.get(pk=follow_up.case_id).status == "closed"
        assert Message.objects.filter(kind="callback_dissatisfied", channel="inbox").exists()

    def test_a_problem_is_offered_to_a_department_at_once(self, follow_up, fang, now):
        said = Said(settled=True, score=4, problem="The pipe in the yard is rusty", department=Role.ENGINEER)
        hear(follow_up=follow_up, said=said, by=fang.user, at=now + HOUR)
        problem = again(follow_up).problems.get()
        offer = Transfer.objects.get(case=problem.case)
        assert (offer.to_role, offer.outcome, problem.case.owner, problem.case.split_from) == ("engineer", "pending", fang, follow_up.case)
        assert problem.case.general_request.text == "The pipe in the yard is rusty"
        assert "callback.problem_told" in verbs(follow_up.case)

    def test_who_was_at_the_door_does_not_ask(self, follow_up, crew, now):
        with pytest.raises(WasThere):
            hear(follow_up=follow_up, said=GOOD, by=crew.members.get().staff.user, at=now + HOUR)
        assert again(follow_up).status == "waiting"

    def test_nobody_asks_without_the_verb(self, follow_up, mei, now):
        with pytest.raises(Forbidden):
            hear(follow_up=follow_up, said=GOOD, by=mei.user, at=now + HOUR)

    def test_of_two_who_ask_the_second_is_told(self, follow_up, fang, qiang, now):
        hear(follow_up=again(follow_up), said=GOOD, by=fang.user, at=now + HOUR)
        with pytest.raises(StaleRow):
            hear(follow_up=follow_up, said=BAD, by=qiang.user, at=now + HOUR)
        with pytest.raises(WrongMove):
            hear(follow_up=again(follow_up), said=BAD, by=qiang.user, at=now + HOUR)

    def test_opened_again_a_moment_ago_there_is_nothing_to_ask(self, follow_up, fang, now):
        reopen_case(case=again(follow_up).case, why="No flame", by=fang.user, at=now + HOUR)
        with pytest.raises(NotAsked):
            hear(follow_up=follow_up, said=GOOD, by=fang.user, at=now + HOUR)

    def test_satisfaction_has_five_steps(self, follow_up, fang, now):
        with pytest.raises(NotAnswered):
            hear(follow_up=follow_up, said=Said(settled=True, score=6), by=fang.user, at=now + HOUR)


class TestAsMuchAsIsSetUp:
    def test_a_second_call_back_comes_days_later_and_no_third(self, follow_up, fang, now, settings):
        settings.PROMISES = {**settings.PROMISES, "second_callback_days": 30}
        hear(follow_up=follow_up, said=GOOD, by=fang.user, at=now + HOUR)
        second = FollowUp.objects.select_related("case__timeline").get(case=follow_up.case, turn=2)
        assert (second.status, second.born_at) == ("waiting", now + 30 * 24 * HOUR + HOUR)
        hear(follow_up=second, said=GOOD, by=fang.user, at=now + 31 * 24 * HOUR)
        assert FollowUp.objects.filter(case=follow_up.case).count() == 2

    def test_what_cannot_be_opened_again_becomes_a_problem_and_is_asked_about_once_more(self, fang, now, drained):
        found = FollowUpFactory(case__kind="connection", case__status="connected", kind="connection", occasion=0)
        hear(follow_up=found, said=BAD, by=fang.user, at=now)
        problem = again(found).problems.get()
        assert (problem.department, problem.case.general_request.text) == ("engineer", "Come again\nStill no flame")
        answer_request(request=problem.case.general_request, text="A new valve is in", means="call", by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        asked = FollowUp.objects.filter(case=found.case).order_by("turn").values_list("turn", "status")
        assert list(asked) == [(1, "heard"), (2, "waiting")]

    def test_erasing_the_case_forgets_what_was_said_and_keeps_the_numbers(self, follow_up, fang, drained, now):
        hear(follow_up=follow_up, said=Said(settled=True, score=4, words="Works", texts={"use": "Fine"}), by=fang.user, at=now + HOUR)
        drained(now + HOUR)
        erase_case(case=Case.objects.get(pk=follow_up.case_id), by=System("tests"), at=now + 2 * HOUR)
        drained(now + 2 * HOUR)
        found = again(follow_up)
        assert (found.words, found.texts, found.score) == ("", {}, 4)


class TestQuestions:
    def test_the_house_asks_what_the_seeds_name_in_every_language(self):
        for kind in ("repair", "connection", "complaint", "restoration"):
            asked = current(kind, NOW)
            codes = {one.code for one in asked.questions}
            assert {"settled", "score", "attitude", "promise", "suggestions"} <= codes
            assert all(set(one.ask) == {"en", "zh-hans", "ru"} for one in asked.questions)

    def test_new_questions_count_on_and_old_answers_keep_theirs(self, follow_up, fang, qiang, ada, now):
        hear(follow_up=follow_up, said=GOOD, by=fang.user, at=now + HOUR)
        rows = [one for one in of_the_house()["repair"][1] if one["code"] in {"settled", "score"}]
        new = NewQuestions(kind="repair", questions=rows, since=now + 5 * HOUR, reason="Shorter")
        draft = write(new=new, by=ada.user, at=now + 2 * HOUR)
        publish(kind="repair", version=draft.version, by=qiang.user, at=now + 3 * HOUR)
        asked = [current("repair", now + hours * HOUR) for hours in (4, 5)]
        assert [(len(one.questions), one.number) for one in asked] == [(9, 1), (2, 2)]
        assert asked_in(again(follow_up), now + 5 * HOUR).number == 1
        assert Questionnaire.objects.get(number=1).questions == of_the_house()["repair"][1]

    @pytest.mark.parametrize("rows", [[], [{"code": "score", "sort": "score", "ask": {"en": "?"}}], [{"what": 1}]])
    def test_questions_that_cannot_be_asked_are_refused(self, rows):
        with pytest.raises(BadQuestionnaire):
            parse(rows)
