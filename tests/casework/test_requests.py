"""The catch-all of the front desk, from question to answer; and forgetting whose it was."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

import casework.operations
from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Attachment, Case, Contact, GeneralRequest, Transfer
from casework.operations import NoAnswer, NotEnded, NothingSaid, Target
from casework.queries import prove_journal
from tests.casework.conftest import PNG, verbs
from tests.factories.accounts import StaffFactory
from tests.factories.casework import AnsweredRequestFactory

pytestmark = pytest.mark.django_db


def answer(request, by, at, text="In the drawer.", means="counter"):
    return casework.operations.answer_request(request=request, text=text, means=means, by=by, at=at)


def test_the_first_line_is_the_subject(asked):
    request = asked(text="\n  My card is gone \nsince Tuesday")
    assert request.case.subject == "My card is gone"


def test_an_answer_is_a_persons_reply_before_it_is_a_status(asked, fang, now):
    request = answer(asked(by=fang.user), fang.user, now)
    assert verbs(request.case)[1:] == ["case.contacted", "general_request.answer", "case.answered", "case.resolved"]
    assert Contact.objects.get().is_reply
    assert (request.answered_by, Case.objects.get().status) == (fang, "answered")


def test_an_answer_has_words(asked, fang, now):
    with pytest.raises(NoAnswer):
        answer(asked(by=fang.user), fang.user, now, text="  ")


def test_a_question_to_the_customer_has_words(asked, fang, now):
    with pytest.raises(NothingSaid):
        casework.operations.ask_customer(case=asked().case, question="", means="call", by=fang.user, at=now)


class TestReopen:
    def test_the_customer_says_why_the_answer_did_not_help(self, asked, fang, olive, account, now):
        case = answer(asked(account=account), fang.user, now).case
        casework.operations.reopen_case(case=case, why="It is not there.", by=olive, at=now)
        assert verbs(case)[-3:] == ["case.contacted", "general_request.reopen", "case.reopened"]
        assert Contact.objects.latest("pk").direction == "in"

    def test_ours_is_a_note_among_ourselves(self, asked, fang, now):
        case = answer(asked(), fang.user, now).case
        casework.operations.reopen_case(case=case, why="wrong drawer", by=fang.user, at=now)
        assert "case.noted" in verbs(case)

    def test_without_a_word_it_stays_answered(self, asked, fang, now):
        case = answer(asked(), fang.user, now).case
        with pytest.raises(NothingSaid):
            casework.operations.reopen_case(case=case, why="", by=fang.user, at=now)


class TestErase:
    @pytest.fixture
    def lan(self):
        return StaffFactory(number="506", user__username="lan", roles=[Role.BRANCH_MANAGER])

    @pytest.fixture
    def over(self, asked, fang, qiang, account, now):
        request = asked(by=fang.user, account=account, contact_name="李娜", contact_phone="13800138000")
        casework.operations.attach(case=request.case, file=ContentFile(PNG, name="李娜.png"), by=fang.user, at=now)
        casework.operations.transfer(case=request.case, to=Target(staff=qiang, note="李娜"), by=fang.user, at=now)
        answer(request, fang.user, now)
        return casework.operations.move_case(case=request.case, verb="close", by=fang.user, at=now)

    def test_no_word_and_no_file_is_left(self, over, lan, now, django_capture_on_commit_callbacks):
        stored = Attachment.objects.get().file
        with django_capture_on_commit_callbacks(execute=True):
            casework.operations.erase_case(case=over, by=lan.user, at=now)
        case, request, file = Case.objects.get(), GeneralRequest.objects.get(), Attachment.objects.get()
        assert {case.contact_name, case.contact_phone, case.subject, case.search, request.text, request.answer, file.name} == {""}
        assert {contact.content for contact in Contact.objects.all()} | {one.note for one in Transfer.objects.all()} == {""}
        assert not default_storage.exists(stored)

    def test_nor_in_an_answer_that_is_kept_for_a_repeat(self, over, lan, now):
        mine, other = AnsweredRequestFactory(about=over.reference, body="李娜"), AnsweredRequestFactory(about="G", body="words")
        casework.operations.erase_case(case=over, by=lan.user, at=now)
        mine.refresh_from_db()
        other.refresh_from_db()
        assert (mine.body, mine.status_code, other.body) == (None, 201, "words")

    def test_the_journal_stays_whole(self, over, lan, now):
        casework.operations.erase_case(case=over, by=lan.user, at=now)
        assert prove_journal().fault == ""
        assert verbs(over)[-1] == "case.erased"

    def test_what_is_being_worked_on_is_not_erased(self, asked, lan, now):
        with pytest.raises(NotEnded):
            casework.operations.erase_case(case=asked().case, by=lan.user, at=now)

    def test_a_clerk_erases_nothing(self, over, fang, now):
        with pytest.raises(Forbidden):
            casework.operations.erase_case(case=over, by=fang.user, at=now)


def test_no_fact_of_the_journal_is_personal(asked, fang, qiang, now):
    request = asked(by=fang.user, contact_name="李娜", contact_phone="13800138000", text="I am 李娜")
    casework.operations.transfer(case=request.case, to=Target(staff=qiang, note="李娜 again"), by=fang.user, at=now)
    answer(request, fang.user, now, text="Dear 李娜")
    told = str([event.facts for event in request.case.timeline.events.all()])
    assert "李娜" not in told
    assert "1380" not in told
