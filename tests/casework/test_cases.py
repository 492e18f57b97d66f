"""A matter gets a number, a timeline and an owner; what promises depend on is told to the timeline."""

import pytest

import casework.operations
from accounts.models import Segment
from accounts.permissions import Forbidden
from casework.kinds import UnknownKind
from casework.models import Case
from casework.operations import NothingSaid, ReasonMissing, StaleRow, WrongMove
from casework.queries import prove_journal
from casework.references import is_valid
from tests.casework.conftest import BY, steps, verbs
from tests.factories.accounts import ServiceAreaFactory

pytestmark = pytest.mark.django_db


class TestOpenCase:
    def test_it_has_a_reference_of_its_kind_and_a_code(self, opened):
        case = opened()
        assert is_valid(case.reference)
        assert case.reference[0] == "G"
        assert len(case.tracking_code) == 8

    def test_whoever_was_asked_first_has_it(self, opened, fang):
        case = opened(by=fang.user)
        assert (case.owner, case.first_asked, case.hall) == (fang, fang, fang.hall)

    def test_nobody_has_what_came_by_itself(self, opened, olive):
        case = opened(by=olive, asker=olive)
        assert (case.owner, case.first_asked, case.asker) == (None, None, olive)

    def test_the_hall_that_looks_after_the_premises_looks_after_the_case(self, opened, account, hall):
        ServiceAreaFactory(hall=hall).territories.add(account.premises.territory)
        assert opened(account=account).hall == hall

    def test_the_account_brings_segment_area_and_language(self, opened, account):
        account.customer.segment = Segment.VIP
        case = opened(account=account)
        assert (case.segment, case.area, case.language) == ("vip", "urban", "zh-hans")
        assert case.premises == account.premises

    def test_the_timeline_is_told_what_promises_are_chosen_by(self, opened, account, fang):
        case = opened(by=fang.user, account=account)
        told = {"kind": "general_request", "classification": "", "urgency": "normal", "segment": "ordinary", "area": "urban"}
        assert steps(case) == [("case.opened", {**told, "channel": "hall", "hall": fang.hall_id, "owner": fang.pk})]
        assert prove_journal().fault == ""

    def test_a_case_says_what_it_is_about(self, opened):
        with pytest.raises(NothingSaid):
            opened(subject="  ")

    def test_there_are_no_cases_of_unknown_kinds(self, opened):
        with pytest.raises(UnknownKind):
            opened(kind="top_up")


class TestChangeCase:
    def test_only_what_changed_is_told(self, opened, fang, now):
        case = opened()
        casework.operations.change_case(case=case, by=fang.user, at=now, urgency="urgent", segment="ordinary")
        assert steps(case)[-1] == ("case.changed", {"urgency": "urgent"})

    def test_nothing_is_told_when_nothing_changed(self, opened, fang, now):
        case = opened()
        casework.operations.change_case(case=case, by=fang.user, at=now, urgency="normal")
        assert verbs(case) == ["case.opened"]

    def test_naming_the_account_brings_its_place(self, opened, fang, account, now):
        case = casework.operations.change_case(case=opened(), by=fang.user, at=now, account=account)
        assert (Case.objects.get().account, case.area) == (account, "urban")
        assert steps(case)[-1] == ("case.changed", {"area": "urban"})

    def test_finance_changes_no_case(self, opened, mei, now):
        with pytest.raises(Forbidden):
            casework.operations.change_case(case=opened(), by=mei.user, at=now, urgency="urgent")

    def test_two_who_read_the_same_row_do_not_both_write(self, opened, fang, now):
        case = opened()
        stale = Case.objects.get()
        casework.operations.change_case(case=case, by=fang.user, at=now, urgency="urgent")
        with pytest.raises(StaleRow):
            casework.operations.change_case(case=stale, by=fang.user, at=now, urgency="emergency")
        assert Case.objects.get().urgency == "urgent"


class TestMoveCase:
    def test_a_step_says_what_it_means_for_any_kind(self, opened, fang, now):
        case = casework.operations.move_case(case=opened(), verb="answer", by=fang.user, at=now)
        assert verbs(case) == ["case.opened", "general_request.answer", "case.answered", "case.resolved"]

    def test_it_is_closed_when_its_lifecycle_says_so(self, opened, fang, now):
        case = opened()
        for verb, closed_at in (("answer", None), ("close", now), ("reopen", None)):
            casework.operations.move_case(case=case, verb=verb, by=fang.user, at=now)
            assert Case.objects.get().closed_at == closed_at

    def test_what_the_table_does_not_allow_is_refused(self, opened, fang, now):
        with pytest.raises(WrongMove, match="being worked on"):
            casework.operations.move_case(case=opened(), verb="close", by=fang.user, at=now)

    def test_a_customer_answers_no_case(self, opened, olive, account, now):
        with pytest.raises(Forbidden):
            casework.operations.move_case(case=opened(account=account), verb="answer", by=olive, at=now)

    def test_a_customer_reopens_only_their_own(self, opened, olive, neighbour, now):
        case = casework.operations.move_case(case=opened(account=neighbour), verb="answer", by=BY, at=now)
        with pytest.raises(Forbidden):
            casework.operations.move_case(case=case, verb="reopen", by=olive, at=now)


class TestCancelCase:
    def test_the_reason_stays_with_the_case(self, opened, fang, now):
        casework.operations.cancel_case(case=opened(), reason="asked twice", by=fang.user, at=now)
        case = Case.objects.get()
        assert (case.status, case.end_reason, case.closed_at) == ("cancelled", "asked twice", now)

    def test_without_a_reason_it_goes_on(self, opened, fang, now):
        with pytest.raises(ReasonMissing):
            casework.operations.cancel_case(case=opened(), reason=" ", by=fang.user, at=now)
