"""What a broken promise costs: the rule, and its way from the clock to the ledger."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

import billing.operations.compensation
from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import Book, Entry
from casework.models import Case
from casework.operations import Opening, Step, WrongMove, drain, merge, open_case, record
from notices.models import Message
from sla.amends import BadAmends
from sla.compensations import CompensationRule
from sla.models import Clock, Compensation
from sla.operations import compensation
from tests.factories.accounts import PhoneFactory, StaffFactory
from tests.factories.casework import AttachmentFactory
from tests.factories.sla import PromiseVersionFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PRICE = {"is_on": True, "amount": 5_000, "step": "PT24H", "step_amount": 1_000, "cap": 8_000, "hold": "P3D", "pay_within": "P10D"}
FLAT = {"is_on": True, "amount": 5_000}
RULE = CompensationRule.parse(PRICE)


class TestRule:
    @pytest.mark.parametrize(
        ("late", "owed"), [(timedelta(0), 0), (timedelta(seconds=1), 5_000), (DAY, 6_000), (2 * DAY + HOUR, 7_000), (30 * DAY, 8_000)]
    )
    def test_it_grows_by_steps_up_to_its_cap(self, late, owed):
        assert RULE.owed(late) == owed

    def test_off_it_costs_nothing(self):
        assert CompensationRule.parse({"is_on": False, "amount": 5_000}).owed(DAY) == 0

    @given(st.timedeltas(timedelta(0), 99 * DAY), st.timedeltas(timedelta(0), 99 * DAY))
    def test_later_is_never_cheaper(self, first, more):
        assert RULE.owed(first) <= RULE.owed(first + more) <= 8_000

    @given(st.timedeltas(timedelta(seconds=1), 99 * DAY))
    def test_what_cannot_grow_does_not(self, late):
        assert RULE.can_grow(late) or RULE.owed(late) == RULE.owed(late + 99 * DAY)

    @given(st.timedeltas(timedelta(seconds=1), 99 * DAY))
    def test_it_is_known_from_when_on_it_grows_no_more(self, late):
        assert RULE.can_grow(late) == (late < RULE.grown_after())

    @pytest.mark.parametrize("wrong", [{"amount": -1}, {"amount": 1.5}, {"step": "soon"}, {"amount": 0}, {"step_amount": 0}])
    def test_nonsense_is_refused(self, wrong):
        with pytest.raises(BadAmends):
            CompensationRule.parse({**PRICE, **wrong})


@pytest.fixture
def case(account, fang, now):
    PhoneFactory(customer=account.customer, number="+8613800138000")
    PromiseVersionFactory(compensation=PRICE)
    return open_case(opening=Opening(kind="general_request", subject="tap", channel="hall", account=account), by=fang.user, at=now)


def happens(case, verb, at, by):
    record(timeline_id=case.timeline_id, steps=[Step(verb, {})], by=by.user, at=at)


def work(at):
    while drain(at):
        pass


@pytest.fixture
def owed(case, fang, now):
    happens(case, "case.answered", now + 2 * DAY + HOUR, fang)
    work(now + 3 * DAY)
    return Compensation.objects.get()


def pay(at):
    compensation.demand(at=at)
    work(at)


@pytest.mark.django_db
class TestDecide:
    def test_a_promise_kept_costs_nothing(self, case, fang, now):
        happens(case, "case.answered", now + DAY, fang)
        work(now + 2 * DAY)
        assert not Compensation.objects.exists()

    def test_a_broken_one_costs_what_its_rule_says(self, owed, account, now):
        assert (owed.amount, owed.account, owed.late, owed.payable_at) == (6_000, account, 25 * 3600, now + 6 * DAY)

    def test_it_is_decided_once(self, owed, now):
        assert compensation.decide(clocks=[owed.clock_id], at=now + 4 * DAY) == 0

    def test_one_that_cannot_grow_is_decided_while_the_clock_runs(self, case, now):
        assert compensation.decide_open(at=now + 3 * DAY) == 0
        assert compensation.decide_open(at=now + 9 * DAY) == 1
        assert Compensation.objects.get().amount == 8_000

    def test_one_withdrawn_costs_nothing(self, case, fang, now):
        happens(case, "case.cancelled", now + 9 * DAY, fang)
        work(now + 9 * DAY)
        assert compensation.decide(clocks=[Clock.objects.get().pk], at=now + 9 * DAY) == 0


@pytest.mark.django_db
class TestPay:
    def balance(self, book):
        return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))

    def test_it_waits_for_an_exemption(self, owed, now):
        pay(now + 5 * DAY)
        assert not Entry.objects.exists()

    def test_then_it_is_credited_by_itself(self, owed, account, now):
        pay(now + 7 * DAY)
        owed.refresh_from_db()
        assert (owed.status, owed.paid) == ("paid", 6_000)
        assert (self.balance(Book.COMPENSATION), self.balance(Book.CREDIT)) == (6_000, -6_000)

    def test_once_however_often_it_is_asked(self, owed, now):
        pay(now + 7 * DAY)
        pay(now + 8 * DAY)
        assert billing.operations.compensation.credit(compensation=owed.pk, at=now + 8 * DAY) is None
        assert Entry.objects.count() == 2

    def test_late_it_is_twice_as_much(self, owed, now):
        pay(now + 14 * DAY)
        assert self.balance(Book.COMPENSATION) == 12_000

    def test_the_customer_is_told(self, owed, account, now):
        pay(now + 7 * DAY)
        assert Message.objects.get(kind="compensation").customer == account.customer

    def test_the_books_stay_right(self, owed, now):
        pay(now + 7 * DAY)
        call_command("check_ledger", stdout=(out := StringIO()))
        assert "The books are right" in out.getvalue()

    def test_without_an_account_it_waits_for_one(self, case, fang, account, qiang, now):
        Case.objects.filter(pk=case.pk).update(account=None)
        happens(case, "case.answered", now + 2 * DAY, fang)
        work(now + 3 * DAY)
        pay(now + 7 * DAY)
        assert not Entry.objects.exists()
        Case.objects.filter(pk=case.pk).update(account=account)
        boss = StaffFactory(roles=[Role.BRANCH_MANAGER])
        compensation.name_account(compensation=Compensation.objects.get(), by=boss.user, at=now + 8 * DAY)
        pay(now + 9 * DAY)
        assert Entry.objects.count() == 2


@pytest.mark.django_db
class TestExempt:
    @pytest.fixture
    def boss(self):
        return StaffFactory(roles=[Role.BRANCH_MANAGER])

    def test_with_evidence_it_is_not_owed(self, owed, case, boss, now):
        compensation.exempt(compensation=owed, reason="typhoon", evidence=AttachmentFactory(case=case), by=boss.user, at=now + 4 * DAY)
        pay(now + 7 * DAY)
        assert not Entry.objects.exists()

    def test_not_without(self, owed, boss, now):
        with pytest.raises(compensation.NoEvidence):
            compensation.exempt(compensation=owed, reason="typhoon", evidence=None, by=boss.user, at=now)

    def test_not_by_anybody(self, owed, case, fang, now):
        with pytest.raises(Forbidden):
            compensation.exempt(compensation=owed, reason="x", evidence=AttachmentFactory(case=case), by=fang.user, at=now)

    def test_not_once_it_is_credited(self, owed, case, boss, now):
        pay(now + 7 * DAY)
        owed.refresh_from_db()
        with pytest.raises(WrongMove):
            compensation.exempt(compensation=owed, reason="x", evidence=AttachmentFactory(case=case), by=boss.user, at=now)


@pytest.mark.django_db
class TestOnce:
    def test_a_merger_pays_nothing_a_second_time(self, account, fang, now):
        PromiseVersionFactory(compensation=FLAT)
        opening = Opening(kind="general_request", subject="tap", channel="hall", account=account)
        case, into = (open_case(opening=opening, by=fang.user, at=now + days * DAY) for days in (0, 3))
        compensation.decide_open(at=now + 2 * DAY)
        merge(case=case, into=into, by=fang.user, at=now + 3 * DAY + HOUR)
        assert Clock.objects.open().get().started_at == now
        compensation.decide_open(at=now + 3 * DAY + 2 * HOUR)
        assert Compensation.objects.count() == 1

    def test_what_grows_for_ever_does_not_stand_before_the_others(self, fang, now, monkeypatch):
        monkeypatch.setattr(compensation, "BATCH", 1)
        PromiseVersionFactory(promise__key="T52", limit="PT8H", compensation={**FLAT, "step": "PT24H"})
        PromiseVersionFactory(promise__key="T53", limit="PT9H", compensation=FLAT)
        open_case(opening=Opening(kind="general_request", subject="tap", channel="hall"), by=fang.user, at=now)
        assert compensation.decide_open(at=now + 2 * DAY) == 1
