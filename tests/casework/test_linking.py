"""Two cases that are one, and one that is two."""

import pytest

import casework.operations
from casework.models import Case, Transfer
from casework.operations import Ended, NothingSaid, SameCase, StaleRow, Target
from tests.casework.conftest import steps, verbs

pytestmark = pytest.mark.django_db


class TestMerge:
    def test_it_goes_on_in_the_other(self, opened, fang, now):
        twice, case = opened(), opened()
        casework.operations.merge(case=twice, into=case, by=fang.user, at=now)
        twice = Case.objects.get(pk=twice.pk)
        assert (twice.status, twice.merged_into, twice.closed_at) == ("merged", case, now)
        assert steps(twice)[-1] == ("case.merged", {"into": case.pk})
        assert steps(case)[-1] == ("case.merged_here", {"case": twice.pk})

    def test_an_open_transfer_falls_away(self, opened, fang, qiang, now):
        twice, case = opened(by=fang.user), opened()
        casework.operations.transfer(case=twice, to=Target(staff=qiang), by=fang.user, at=now)
        casework.operations.merge(case=twice, into=case, by=fang.user, at=now)
        assert verbs(twice)[-3:] == ["general_request.merge", "case.merged", "case.taken_back"]
        assert Transfer.objects.get().outcome == "taken_back"

    def test_not_into_itself_or_into_what_has_ended(self, opened, fang, now):
        case, over = opened(), opened()
        casework.operations.cancel_case(case=over, reason="no", by=fang.user, at=now)
        for into in (case, over):
            with pytest.raises(SameCase):
                casework.operations.merge(case=case, into=into, by=fang.user, at=now)

    def test_what_was_merged_meanwhile_stays_merged(self, opened, fang, now):
        twice, case, third = opened(), opened(), opened()
        stale = Case.objects.get(pk=twice.pk)
        casework.operations.merge(case=twice, into=case, by=fang.user, at=now)
        with pytest.raises((SameCase, StaleRow)):
            casework.operations.merge(case=stale, into=third, by=fang.user, at=now)


class TestSplit:
    def test_the_part_is_the_same_person_s(self, asked, fang, account, now):
        whole = asked(by=fang.user, account=account, contact_name="李娜", contact_phone="13800138000").case
        part = casework.operations.split_request(case=whole, topic="bill", text="And my bill?", by=fang.user, at=now)
        assert (part.case.split_from, part.case.account, part.case.contact_name) == (whole, account, "李娜")
        assert steps(whole)[-1] == ("case.split_off", {"part": part.case.pk})
        assert steps(part.case)[0][1]["split_from"] == whole.pk

    def test_nothing_is_split_from_what_has_ended(self, asked, fang, now):
        whole = asked().case
        casework.operations.cancel_case(case=whole, reason="no", by=fang.user, at=now)
        with pytest.raises(Ended):
            casework.operations.split_request(case=whole, topic="bill", text="?", by=fang.user, at=now)

    def test_a_part_says_what_it_is_about(self, asked, fang, now):
        with pytest.raises(NothingSaid):
            casework.operations.split_request(case=asked().case, topic="bill", text=" ", by=fang.user, at=now)
