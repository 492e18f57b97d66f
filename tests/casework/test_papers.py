"""What is missing is told once, all of it; a later list asks for nothing that could have stood on the first."""

from datetime import timedelta

import pytest

import casework.operations
from accounts.permissions import Forbidden
from casework import queries
from casework.models import Contact, NamedPaper, PaperList
from casework.operations import Ended, NoPaperNamed, NothingMissing, NoWayToTell, Paper, SaidTooLate, StaleRow, Telling
from casework.queries import missing_papers
from tests.casework.conftest import steps, verbs
from tests.factories.casework import AttachmentFactory

pytestmark = pytest.mark.django_db
LEASE, CARD = Paper("Lease", "page 2 is missing"), Paper("Identity card")


@pytest.fixture
def case(opened, account, fang):
    return opened(by=fang.user, account=account)


@pytest.fixture
def tell(case, fang, now):
    """``tell(LEASE, by=qiang.user)``"""

    def told(*papers, by=fang.user, means="counter", reason="", later=0):
        telling = Telling(papers=papers, means=means, reason=reason)
        return casework.operations.return_papers(case=case, telling=telling, by=by, at=now + timedelta(hours=later))

    return told


def names(case):
    return [paper.name for paper in missing_papers(case)]


class TestTheFirstList:
    def test_is_kept_and_told_by_a_person(self, tell, case):
        told = tell(LEASE, CARD)
        assert [str(paper) for paper in told.papers.all()] == ["Lease: page 2 is missing", "Identity card"]
        contact = Contact.objects.get()
        assert (contact.direction, contact.is_automatic, contact.content) == ("out", False, "Lease: page 2 is missing; Identity card")
        assert verbs(case)[-2:] == ["case.papers_incomplete", "case.contacted"]

    def test_leaves_no_paper_s_name_in_the_journal(self, tell, case):
        tell(LEASE)
        assert dict(steps(case))["case.papers_incomplete"] == {"list": 1, "papers": 1, "signed_by": None}

    def test_names_each_paper_once(self, tell, case):
        tell(CARD, Paper(" identity CARD ", "too dark"))
        assert names(case) == ["Identity card"]

    @pytest.mark.parametrize("papers", [(), (Paper("  "),)])
    def test_names_at_least_one(self, tell, papers):
        with pytest.raises(NoPaperNamed):
            tell(*papers)

    def test_of_an_ended_case_is_told_nobody(self, tell, case, fang, now):
        casework.operations.cancel_case(case=case, reason="gone", by=fang.user, at=now)
        with pytest.raises(Ended):
            tell(LEASE)

    def test_is_not_sent_where_nothing_would_arrive(self, opened, fang, now):
        case, telling = opened(by=fang.user), Telling(papers=[LEASE], means="sms")
        with pytest.raises(NoWayToTell):
            casework.operations.return_papers(case=case, telling=telling, by=fang.user, at=now)

    def test_takes_who_handles_cases(self, tell, mei):
        with pytest.raises(Forbidden):
            tell(LEASE, by=mei.user)

    def test_of_two_at_once_the_second_looks_again(self, tell, case):
        tell(LEASE)
        case.version -= 1
        with pytest.raises(StaleRow):
            tell(LEASE)


class TestALaterList:
    def test_keeps_what_has_not_come(self, tell, case, fang, now):
        tell(LEASE, CARD)
        casework.operations.receive_papers(case=case, names=["lease"], by=fang.user, at=now)
        assert names(case) == ["Identity card"]
        tell(Paper("Lease", "page 3 is missing"))
        assert names(case) == ["Lease", "Identity card"]

    def test_must_not_ask_for_something_new(self, tell, case):
        tell(LEASE)
        with pytest.raises(SaidTooLate, match="Certificate"):
            tell(Paper("Certificate"), LEASE, later=1)
        assert PaperList.objects.count() == 1

    @pytest.mark.parametrize("name", ["new lease.pdf", "New lease"])
    def test_may_ask_about_a_file_that_came_since(self, tell, case, now, name):
        tell(LEASE)
        AttachmentFactory(case=case, name="new lease.pdf", at=now + timedelta(minutes=5))
        assert tell(Paper(name, "not signed"), later=1).number == 2

    def test_may_not_ask_about_a_file_that_was_there_before(self, tell, case, now):
        AttachmentFactory(case=case, name="plan.pdf", at=now - timedelta(minutes=5))
        tell(LEASE)
        with pytest.raises(SaidTooLate):
            tell(Paper("plan.pdf", "blurred"), later=1)

    def test_asks_for_more_with_a_head_s_signature_and_reason(self, tell, qiang):
        tell(LEASE)
        late = tell(Paper("Certificate"), by=qiang.user, reason="The rule changed today", later=1)
        assert (late.signed_by, late.reason) == (qiang, "The rule changed today")

    def test_is_not_signed_by_a_clerk_or_without_a_reason(self, tell, qiang):
        tell(LEASE)
        with pytest.raises(Forbidden, match="head of a hall"):
            tell(Paper("Certificate"), reason="forgot", later=1)
        with pytest.raises(SaidTooLate):
            tell(Paper("Certificate"), by=qiang.user, reason=" ", later=1)

    def test_is_not_signed_by_who_forgot(self, tell, qiang):
        tell(LEASE, by=qiang.user)
        with pytest.raises(Forbidden, match="somebody else signs"):
            tell(Paper("Certificate"), by=qiang.user, reason="forgot", later=1)

    def test_keeps_no_signature_where_none_was_needed(self, tell, qiang):
        tell(LEASE)
        assert tell(LEASE, by=qiang.user, reason="again", later=1).reason == ""


class TestComplete:
    def test_ends_the_list(self, tell, case, fang, now):
        tell(LEASE, CARD)
        casework.operations.complete_papers(case=case, by=fang.user, at=now)
        assert (queries.open_list(case), verbs(case)[-1]) == (None, "case.papers_complete")
        assert not NamedPaper.objects.filter(arrived_at=None).exists()

    def test_is_said_only_of_what_was_missing(self, case, fang, now, tell):
        with pytest.raises(NothingMissing):
            casework.operations.complete_papers(case=case, by=fang.user, at=now)
        tell(LEASE)
        with pytest.raises(NothingMissing):
            casework.operations.receive_papers(case=case, names=["Certificate"], by=fang.user, at=now)

    def test_leaves_the_first_list_in_force(self, tell, case, fang, now):
        tell(LEASE)
        casework.operations.complete_papers(case=case, by=fang.user, at=now)
        with pytest.raises(SaidTooLate):
            tell(Paper("Certificate"), later=2)
        assert tell(LEASE, later=2).number == 2
