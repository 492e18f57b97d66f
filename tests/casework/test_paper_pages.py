"""Missing papers on the page of a case, in the cabinet, over the API, and what promises make of them."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import casework.operations
from accounts.roles import Role
from casework.models import NamedPaper, PaperList
from casework.operations import Paper, Telling
from sla.models import Clock
from sla.queries import policies
from tests.factories.accounts import StaffFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
TYPED = {"papers": "Lease: page 2 is missing\nIdentity card\n\n", "means": "counter"}


@pytest.fixture
def desk(fang):
    """Fang's browser."""
    return sign_in(Client(), fang)


@pytest.fixture
def case(asked, fang, account):
    return asked(by=fang.user, account=account).case


@pytest.fixture
def book(now):
    """All promises, in force."""
    call_command("load_promises", verbosity=0)
    yield
    policies.forget()


def do(client, case, act, **form):
    return client.post(reverse(f"casework:case_{act}", args=[case.reference]), form, follow=True)


class TestTheCasePage:
    def test_takes_a_list_a_paper_to_a_line(self, desk, case):
        page = do(desk, case, "return_papers", **TYPED)
        assert [str(paper) for paper in NamedPaper.objects.all()] == ["Lease: page 2 is missing", "Identity card"]
        assert "Identity card" in page.text
        assert reverse("desk:slip", args=[case.reference]) in page.text

    def test_reads_a_chinese_colon(self, desk, case):
        do(desk, case, "return_papers", papers="房产证：缺第2页", means="counter")
        assert (NamedPaper.objects.get().name, NamedPaper.objects.get().remark) == ("房产证", "缺第2页")

    def test_notes_what_came_and_when_all_is_there(self, desk, case):
        do(desk, case, "return_papers", **TYPED)
        assert "disabled" in do(desk, case, "receive_papers", names=["Lease"]).text
        assert NamedPaper.objects.filter(arrived_at=None).count() == 1
        do(desk, case, "complete_papers")
        assert PaperList.objects.get().completed_at

    def test_keeps_what_was_typed_when_it_comes_too_late(self, desk, case):
        do(desk, case, "return_papers", **TYPED)
        page = do(desk, case, "return_papers", papers="Certificate", means="counter")
        assert page.status_code == 422
        assert "should have stood on the first list" in page.text
        assert "Certificate</textarea>" in page.text

    def test_says_so_when_nothing_is_ticked(self, desk, case):
        do(desk, case, "return_papers", **TYPED)
        page = do(desk, case, "receive_papers")
        assert page.status_code == 422
        assert "Tick the papers" in page.text


def test_the_cabinet_lists_what_is_still_missing(case, olive, fang, now):
    telling = Telling(papers=[Paper("Lease", "page 2 is missing")], means="counter")
    casework.operations.return_papers(case=case, telling=telling, by=fang.user, at=now)
    page = sign_in(Client(), olive).get(reverse("casework:request", args=[case.reference]))
    assert "Papers we still need" in page.text
    assert "page 2 is missing" in page.text


def test_an_erased_case_keeps_no_paper(case, fang, now):
    lan = StaffFactory(number="506", user__username="lan", roles=[Role.BRANCH_MANAGER])
    telling = Telling(papers=[Paper("Lease", "page 2 is missing")], means="counter")
    casework.operations.return_papers(case=case, telling=telling, by=fang.user, at=now)
    casework.operations.cancel_case(case=case, reason="gone", by=fang.user, at=now)
    casework.operations.erase_case(case=case, by=lan.user, at=now)
    assert (NamedPaper.objects.get().name, NamedPaper.objects.get().remark) == ("", "")


@pytest.mark.usefixtures("book")
class TestPromises:
    def clocks(self, case, key):
        rows = Clock.objects.filter(timeline=case.timeline_id, version__promise__key=key).order_by("pk")
        return [row.status for row in rows]

    def test_that_the_whole_list_is_told_is_kept_by_telling_it(self, case, desk):
        do(desk, case, "return_papers", **TYPED)
        assert self.clocks(case, "T82") == ["stopped"]

    def test_the_time_for_the_request_begins_when_all_papers_are_there(self, case, desk):
        assert self.clocks(case, "T39") == ["running"]
        do(desk, case, "return_papers", **TYPED)
        assert self.clocks(case, "T39") == ["withdrawn"]
        do(desk, case, "complete_papers")
        assert self.clocks(case, "T39") == ["withdrawn", "running"]
