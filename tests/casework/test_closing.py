"""What was answered and heard in silence closes by itself, once; and may be opened again for a while."""

from datetime import timedelta

import pytest

import casework.operations
from accounts.actors import System
from accounts.permissions import Forbidden
from casework.models import Case, Contact
from casework.operations import NewContact, StaleRow, answer_request, close_answered, reopen_case, say
from config.jobs import JOBS

from .conftest import verbs

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def answered(asked, fang, account, olive, now):
    request = asked(by=fang.user, account=account, asker=olive)
    answer_request(request=request, text="It is in the post.", means="sms", by=fang.user, at=now)
    return Case.objects.get()


def status():
    return Case.objects.get().status


def test_after_a_week_of_silence_it_is_closed_by_the_system(answered, now):
    assert close_answered(at=now + 7 * DAY) == 1
    assert (status(), Case.objects.get().closed_at) == ("closed", now + 7 * DAY)
    assert (verbs(answered)[-1], answered.timeline.events.last().by) == ("case.closed", "system:closing")


def test_not_a_moment_earlier(answered, now):
    assert close_answered(at=now + 7 * DAY - timedelta(seconds=1)) == 0
    assert status() == "answered"


def test_a_word_from_the_customer_begins_the_week_anew(answered, olive, now):
    say(case=answered, text="Thanks, I will look.", by=olive, at=now + 3 * DAY)
    assert close_answered(at=now + 7 * DAY) == 0
    assert close_answered(at=now + 10 * DAY) == 1


def test_a_word_from_us_or_a_machine_does_not(answered, fang, now):
    note = NewContact(means=Contact.Means.NOTE, direction=Contact.Direction.INSIDE, content="seen")
    casework.operations.record_contact(case=answered, contact=note, by=fang.user, at=now + 3 * DAY)
    away = NewContact(means=Contact.Means.EMAIL, direction=Contact.Direction.IN, content="out of office", is_automatic=True)
    casework.operations.record_contact(case=answered, contact=away, by=System("mail"), at=now + 3 * DAY)
    assert close_answered(at=now + 7 * DAY) == 1


def test_what_is_not_answered_stays_open(asked, now):
    asked()
    assert close_answered(at=now + 100 * DAY) == 0


def test_what_was_opened_again_waits_for_its_new_answer(answered, olive, now):
    reopen_case(case=answered, why="It is not.", by=olive, at=now + DAY)
    assert close_answered(at=now + 9 * DAY) == 0


def test_once_however_many_look_at_the_same_time(answered, now, monkeypatch):
    """Another worker was quicker between the look and the move."""
    move_case = casework.operations.closing.move_case

    def slower(**what):
        move_case(case=Case.objects.get(), verb="close", by=System("closing"), at=now + 7 * DAY)
        return move_case(**what)

    monkeypatch.setattr(casework.operations.closing, "move_case", slower)
    assert close_answered(at=now + 7 * DAY) == 0
    assert verbs(answered).count("case.closed") == 1


def test_nought_leaves_it_to_people(answered, now, settings):
    settings.CLOSE_ANSWERED_DAYS = 0
    assert close_answered(at=now + 400 * DAY) == 0


def test_the_one_list_of_jobs_has_it():
    assert "casework.tasks.close_answered" in {job.task for job in JOBS}


class TestReopening:
    @pytest.fixture
    def closed(self, answered, now):
        close_answered(at=now + 7 * DAY)
        return Case.objects.get()

    def test_the_customer_may_for_thirty_days(self, closed, olive, now):
        reopen_case(case=closed, why="Still not there.", by=olive, at=now + 37 * DAY)
        assert status() == "open"

    def test_and_then_no_more(self, closed, olive, now):
        with pytest.raises(Forbidden, match="new one"):
            reopen_case(case=closed, why="Still not there.", by=olive, at=now + 37 * DAY + timedelta(seconds=1))
        assert status() == "closed"

    def test_staff_always_may(self, closed, fang, now):
        reopen_case(case=closed, why="Found it.", by=fang.user, at=now + 400 * DAY)
        assert status() == "open"

    def test_two_at_once_are_told_apart(self, closed, olive, now):
        again = Case.objects.get()
        reopen_case(case=closed, why="Still not there.", by=olive, at=now + 8 * DAY)
        with pytest.raises((StaleRow, casework.operations.WrongMove)):
            reopen_case(case=again, why="Still not there.", by=olive, at=now + 8 * DAY)
