"""A broken promise that was not broken after all: its compensation is withdrawn, or billing takes back what it credited."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

import billing.operations.compensation
from billing.models import Book, Entry, Posting
from casework.models import Effect
from casework.operations import Opening, Step, drain, open_case, record
from notices.models import Message
from sla.models import Clock, Compensation
from sla.operations import compensation
from tests.factories.accounts import PhoneFactory
from tests.factories.sla import PromiseVersionFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Once it is a day late it costs no more: so it is decided while the clock still runs.
PRICE = {"is_on": True, "amount": 5_000, "step": "PT24H", "step_amount": 1_000, "cap": 6_000}


@pytest.fixture
def case(account, fang, now):
    """An answer within a day; nobody seems to have given one."""
    PhoneFactory(customer=account.customer, number="+8613800138000")
    PromiseVersionFactory(compensation=PRICE)
    return open_case(opening=Opening(kind="general_request", subject="tap", channel="hall", account=account), by=fang.user, at=now)


def work(at):
    while drain(at):
        pass


@pytest.fixture
def happens(case, fang):
    def told(verb, at, until=None):
        """It happened at a moment, and all that follows is done by ``until``."""
        record(timeline_id=case.timeline_id, steps=[Step(verb, {})], by=fang.user, at=at)
        work(until or at)

    return told


@pytest.fixture
def owed(case, now):
    compensation.decide_open(at=now + 3 * DAY)
    return Compensation.objects.get()


@pytest.fixture
def paid(owed, now):
    compensation.demand(at=now + 7 * DAY)
    work(now + 7 * DAY)
    owed.refresh_from_db()
    assert (owed.status, owed.paid) == ("paid", 6_000)
    return owed


def books_are_right():
    call_command("check_ledger", stdout=(out := StringIO()))
    return "The books are right" in out.getvalue()


def balance(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


class TestNotYetCredited:
    @pytest.mark.parametrize(
        ("verb", "hours", "reason"),
        [("case.answered", 23, "kept"), ("case.waiting_for_customer", 23, "waited"), ("case.cancelled", 24, "moot")],
    )
    def test_what_is_recorded_late_withdraws_it(self, owed, happens, now, verb, hours, reason):
        happens(verb, now + hours * HOUR, until=now + 4 * DAY)
        owed.refresh_from_db()
        assert (owed.status, owed.void_reason) == ("withdrawn", reason)
        compensation.demand(at=now + 9 * DAY)
        work(now + 9 * DAY)
        assert not Posting.objects.exists()

    def test_what_was_withdrawn_before_anybody_worked_on_it_is_not_even_asked_for(self, owed, now):
        Clock.objects.update(status="stopped", stopped_at=now + HOUR)
        assert compensation.demand(at=now + 9 * DAY) == 0
        owed.refresh_from_db()
        assert (owed.status, owed.asked_at) == ("withdrawn", None)

    def test_one_that_is_just_being_credited_is_not(self, owed, happens, now):
        compensation.demand(at=now + 7 * DAY)
        happens("case.answered", now + HOUR, until=now + 7 * DAY)
        owed.refresh_from_db()
        assert owed.status == "withdrawn"
        assert not Posting.objects.exists()

    def test_an_end_that_was_late_all_the_same_leaves_it(self, owed, happens, now):
        happens("case.answered", now + 3 * DAY)
        owed.refresh_from_db()
        assert (owed.status, owed.amount) == ("owed", 6_000)

    def test_an_end_that_was_less_late_than_it_seemed_costs_less(self, owed, happens, now):
        happens("case.answered", now + 30 * HOUR, until=now + 4 * DAY)
        owed.refresh_from_db()
        assert (owed.status, owed.amount, owed.steps, owed.late) == ("owed", 5_000, 0, 6 * 3600)

    def test_what_falls_away_after_it_was_broken_stays_owed(self, owed, happens, now):
        happens("case.cancelled", now + 4 * DAY)
        owed.refresh_from_db()
        assert owed.status == "owed"

    def test_one_that_was_exempted_stays_exempt(self, owed, happens, now):
        Compensation.objects.update(status="exempt")
        happens("case.answered", now + HOUR, until=now + 4 * DAY)
        owed.refresh_from_db()
        assert owed.status == "exempt"


class TestAgreed:
    """A visit at an agreed time that we missed."""

    @pytest.fixture
    def missed(self, account, fang, now):
        rule = {"anchor": "until", "limit": "agreed", "starts_on": ["visit.agreed"], "stops_on": ["visit.made"]}
        PromiseVersionFactory(compensation={"is_on": True, "amount": 5_000}, **rule)
        case = open_case(opening=Opening(kind="general_request", subject="tap", channel="hall", account=account), by=fang.user, at=now)
        agree(case, fang, now, now + DAY)
        compensation.decide_open(at=now + 2 * DAY)
        return case

    @pytest.mark.parametrize("made", [None, 70 * HOUR])
    def test_agreed_anew_after_that_it_was_missed_all_the_same(self, missed, fang, now, made):
        agree(missed, fang, now + 2 * DAY, now + 3 * DAY)
        if made:
            record(timeline_id=missed.timeline_id, steps=[Step("visit.made", {})], by=fang.user, at=now + made)
        work(now + 3 * DAY)
        assert Clock.objects.get().due_at == now + 3 * DAY
        assert Compensation.objects.get().status == "owed"

    def test_made_in_time_and_recorded_late_it_was_not(self, missed, fang, now):
        record(timeline_id=missed.timeline_id, steps=[Step("visit.made", {})], by=fang.user, at=now + 20 * HOUR)
        work(now + 3 * DAY)
        assert Compensation.objects.get().status == "withdrawn"


def agree(case, fang, at, until):
    record(timeline_id=case.timeline_id, steps=[Step("visit.agreed", {"until": until.isoformat()})], by=fang.user, at=at)


class TestCredited:
    def test_the_ledger_reverses_it(self, paid, happens, now):
        happens("case.answered", now + HOUR, until=now + 8 * DAY)
        paid.refresh_from_db()
        assert (paid.status, paid.paid, paid.void_reason) == ("withdrawn", 0, "kept")
        back = Posting.objects.get(kind=Posting.Kind.COMPENSATION_BACK)
        assert back.reverses.kind == Posting.Kind.COMPENSATION
        assert (balance(Book.COMPENSATION), balance(Book.CREDIT)) == (0, 0)
        assert books_are_right()

    def test_the_customer_is_told(self, paid, happens, account, now):
        happens("case.answered", now + HOUR, until=now + 8 * DAY)
        assert Message.objects.get(kind="compensation_back").customer == account.customer

    def test_the_timeline_says_why(self, paid, case, happens, now):
        happens("case.answered", now + HOUR, until=now + 8 * DAY)
        facts = case.timeline.events.get(verb="compensation.take_back").facts
        assert facts == {"compensation": paid.pk, "amount": 6_000, "reason": "kept"}

    def test_once_however_often_it_is_asked(self, paid, happens, now):
        happens("case.answered", now + HOUR, until=now + 8 * DAY)
        assert billing.operations.compensation.take_back(compensation=paid.pk, at=now + 9 * DAY) is None
        assert Posting.objects.count() == 2

    def test_what_stays_broken_is_not_taken_back(self, paid, happens, now):
        happens("case.answered", now + 8 * DAY)
        assert billing.operations.compensation.take_back(compensation=paid.pk, at=now + 9 * DAY) is None
        assert balance(Book.COMPENSATION) == 6_000

    def test_a_lower_price_is_not_asked_back(self, paid, happens, now):
        happens("case.answered", now + 30 * HOUR, until=now + 8 * DAY)
        paid.refresh_from_db()
        assert (paid.status, paid.paid) == ("paid", 6_000)

    def test_the_check_of_the_books_sees_a_credit_that_is_not_there(self, paid, happens, now):
        happens("case.answered", now + HOUR, until=now + 8 * DAY)
        Compensation.objects.update(status="paid", paid=1, paid_at=now)
        with pytest.raises(CommandError):
            books_are_right()


class TestBrokenAfterAll:
    def test_the_same_clock_is_owed_for_again(self, owed, happens, now):
        happens("case.waiting_for_customer", now + 20 * HOUR, until=now + 3 * DAY)
        happens("case.customer_answered", now + 3 * DAY)
        happens("case.answered", now + 3 * DAY + 5 * HOUR)
        owed.refresh_from_db()
        assert (owed.status, owed.amount, owed.late, owed.void_reason) == ("owed", 5_000, 3600, "")

    def test_and_credited_again(self, paid, happens, now):
        happens("case.waiting_for_customer", now + 20 * HOUR, until=now + 8 * DAY)
        assert balance(Book.CREDIT) == 0
        happens("case.customer_answered", now + 8 * DAY)
        happens("case.answered", now + 8 * DAY + 5 * HOUR)
        compensation.demand(at=now + 12 * DAY)
        work(now + 12 * DAY)
        assert balance(Book.CREDIT) == -5_000
        assert Message.objects.filter(kind="compensation").count() == 2
        assert books_are_right()


def test_without_a_price_no_clock_is_looked_at_again(account, fang, now):
    PromiseVersionFactory()
    case = open_case(opening=Opening(kind="general_request", subject="tap", channel="hall", account=account), by=fang.user, at=now)
    record(timeline_id=case.timeline_id, steps=[Step("case.answered", {})], by=fang.user, at=now + 2 * DAY)
    assert not Effect.objects.filter(topic="sla.compensate").exists()
