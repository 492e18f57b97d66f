"""First asked, first answerable: a case stays where it is until somebody accepts it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

import casework.operations
from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Case, Transfer
from casework.operations import AlreadyOffered, Ended, NobodyNamed, NotOffered, ReasonMissing, Target
from tests.casework.conftest import steps, verbs
from tests.factories.accounts import AbsenceFactory, HallFactory, StaffFactory
from tests.factories.casework import TransferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wei(hall):
    """A hotline agent."""
    return StaffFactory(user__username="wei", name="张伟", number="031", hall=None, roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def case(opened, fang):
    return opened(by=fang.user)


@pytest.fixture
def offered(case, fang, wei, now):
    casework.operations.transfer(case=case, to=Target(staff=wei, note="meter"), by=fang.user, at=now)
    return case


class TestTransfer:
    def test_it_stays_with_who_was_asked_first(self, offered, fang, wei):
        told = {"owner": wei.pk, "hall": None, "role": "", "from": fang.pk}
        assert steps(offered)[-1] == ("case.transferred", told)
        assert (offered.owner, offered.answerable_id) == (fang, fang.pk)

    def test_somebody_is_named(self, case, fang, now):
        for nobody in (Target(), Target(staff=fang)):
            with pytest.raises(NobodyNamed):
                casework.operations.transfer(case=case, to=nobody, by=fang.user, at=now)

    def test_one_is_asked_at_a_time(self, offered, fang, hall, now):
        with pytest.raises(AlreadyOffered):
            casework.operations.transfer(case=offered, to=Target(hall=hall), by=fang.user, at=now)

    def test_the_database_keeps_that_promise_too(self, offered):
        with pytest.raises(IntegrityError), transaction.atomic():
            TransferFactory(case=offered)

    def test_only_who_has_it_or_may_assign_passes_it_on(self, case, wei, qiang, now):
        with pytest.raises(Forbidden, match="in hand"):
            casework.operations.transfer(case=case, to=Target(staff=qiang), by=wei.user, at=now)
        casework.operations.transfer(case=case, to=Target(staff=wei), by=qiang.user, at=now)

    def test_an_ended_case_goes_nowhere(self, case, fang, wei, now):
        casework.operations.cancel_case(case=case, reason="twice", by=fang.user, at=now)
        with pytest.raises(Ended):
            casework.operations.transfer(case=case, to=Target(staff=wei), by=fang.user, at=now)


class TestAccept:
    def test_then_it_changes_hands(self, offered, fang, wei, now):
        casework.operations.accept(case=offered, by=wei.user, at=now + timedelta(minutes=4))
        case = Case.objects.get()
        assert (case.owner, case.first_asked) == (wei, fang)
        assert steps(case)[-1] == ("case.accepted", {"owner": wei.pk, "hall": case.hall_id})
        assert Transfer.objects.get().outcome == "accepted"

    def test_only_who_was_asked_accepts(self, offered, qiang, now):
        with pytest.raises(Forbidden, match="Somebody else"):
            casework.operations.accept(case=offered, by=qiang.user, at=now)

    def test_a_deputy_accepts_for_who_is_away(self, offered, wei, qiang, now):
        AbsenceFactory(staff=wei, deputy=qiang, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
        assert casework.operations.accept(case=offered, by=qiang.user, at=now).owner == qiang

    def test_anybody_of_the_hall_that_was_asked(self, case, fang, wei, now):
        other = StaffFactory(number="505", hall=HallFactory())
        casework.operations.transfer(case=case, to=Target(hall=other.hall), by=fang.user, at=now)
        with pytest.raises(Forbidden):
            casework.operations.accept(case=case, by=wei.user, at=now)
        assert casework.operations.accept(case=case, by=other.user, at=now).hall == other.hall

    def test_anybody_of_the_department_that_was_asked(self, case, fang, qiang, wei, now):
        casework.operations.transfer(case=case, to=Target(role=Role.HOTLINE_AGENT), by=fang.user, at=now)
        with pytest.raises(Forbidden):
            casework.operations.accept(case=case, by=qiang.user, at=now)
        assert casework.operations.accept(case=case, by=wei.user, at=now).owner == wei

    def test_what_nobody_has_anybody_takes(self, opened, olive, wei, now):
        case = opened(by=olive, asker=olive)
        assert casework.operations.accept(case=case, by=wei.user, at=now).owner == wei
        assert verbs(case) == ["case.opened", "case.accepted"]

    def test_what_somebody_has_and_offers_to_nobody_is_not_taken(self, case, wei, now):
        with pytest.raises(NotOffered):
            casework.operations.accept(case=case, by=wei.user, at=now)


class TestDecline:
    def test_it_returns_it_with_the_reason(self, offered, fang, wei, now):
        casework.operations.decline(case=offered, reason="not my district", by=wei.user, at=now)
        assert steps(offered)[-1] == ("case.declined", {"owner": fang.pk})
        assert (Case.objects.get().owner, Transfer.objects.get().reason) == (fang, "not my district")

    def test_a_reason_is_given(self, offered, wei, now):
        with pytest.raises(ReasonMissing):
            casework.operations.decline(case=offered, reason=" ", by=wei.user, at=now)

    def test_what_is_not_offered_is_not_declined(self, case, wei, now):
        with pytest.raises(NotOffered):
            casework.operations.decline(case=case, reason="no", by=wei.user, at=now)

    def test_then_somebody_else_may_be_asked(self, offered, fang, wei, qiang, now):
        casework.operations.decline(case=offered, reason="no", by=wei.user, at=now)
        casework.operations.transfer(case=offered, to=Target(staff=qiang), by=fang.user, at=now)
        assert casework.operations.accept(case=offered, by=qiang.user, at=now).owner == qiang


class TestTakeBack:
    def test_then_nobody_is_asked(self, offered, fang, wei, now):
        casework.operations.take_back(case=offered, by=fang.user, at=now)
        assert verbs(offered)[-1] == "case.taken_back"
        with pytest.raises(NotOffered):
            casework.operations.accept(case=offered, by=wei.user, at=now)

    def test_there_must_be_something_to_take_back(self, case, fang, now):
        with pytest.raises(NotOffered):
            casework.operations.take_back(case=case, by=fang.user, at=now)


class TestAssign:
    def test_it_is_in_their_hands_at_once_and_no_transfer_stays_open(self, offered, qiang, wei, now):
        casework.operations.assign(case=offered, owner=qiang, by=qiang.user, at=now)
        assert verbs(offered)[-2:] == ["case.taken_back", "case.assigned"]
        assert (Case.objects.get().owner, Transfer.objects.get().outcome) == (qiang, "taken_back")

    def test_a_clerk_assigns_nothing(self, case, fang, wei, now):
        with pytest.raises(Forbidden):
            casework.operations.assign(case=case, owner=wei, by=fang.user, at=now)
