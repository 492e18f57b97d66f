"""What broken promises cost, on pages: who sees it, and who says with evidence that it is not owed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from sla.models import Compensation
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory, stored_file
from tests.factories.sla import ClockFactory, CompensationFactory, PromiseVersionFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def boss():
    return StaffFactory(hall=None, roles=[Role.BRANCH_MANAGER])


@pytest.fixture
def owed(account):
    version = PromiseVersionFactory(texts={"en": {"title": "An answer"}}, compensation={"is_on": True, "amount": 5_000})
    case = CaseFactory(account=account)
    clock = ClockFactory(timeline=case.timeline, version=version, status="stopped", stopped_at=NOW - DAY)
    return CompensationFactory(clock=clock, account=account, payable_at=NOW + DAY, pay_by=NOW + 5 * DAY)


def see(who, route, *args, **query):
    return sign_in(Client(), who).get(reverse(f"sla:{route}", args=args), query)


def send(who, route, pk, **form):
    return sign_in(Client(), who).post(reverse(f"sla:{route}", args=[pk]), form, follow=True)


class TestList:
    def test_what_is_owed_stands_with_case_account_and_amount(self, owed, mei, account):
        page = see(mei, "compensation_list").text
        for words in ("An answer", account.number, "50.00", "60 min"):
            assert words in page

    def test_each_status_is_counted_and_can_be_chosen(self, owed, mei):
        page = see(mei, "compensation_list", status="paid")
        assert "Owed (1)" in page.text
        assert "No compensation is like this" in page.text

    def test_it_costs_few_queries(self, owed, mei, django_assert_max_num_queries):
        for _ in range(5):
            CompensationFactory(clock__version=owed.clock.version)
        client = sign_in(Client(), mei)
        client.get(reverse("sla:compensation_list"))
        with django_assert_max_num_queries(11):
            client.get(reverse("sla:compensation_list"))

    def test_the_case_s_page_shows_it_and_links_only_where_it_leads(self, owed, fang, boss):
        address = reverse("casework:case", args=[owed.timeline.case.reference])
        there = reverse("sla:compensation_detail", args=[owed.pk])
        mine, theirs = (sign_in(Client(), who).get(address).text for who in (boss, fang))
        assert "50.00" in theirs
        assert (there in mine, there in theirs) == (True, False)


class TestExempt:
    def test_a_file_of_the_case_proves_it(self, owed, boss):
        file = stored_file(owed.timeline.case)
        page = send(boss, "compensation_exempt", owed.pk, reason="A typhoon", evidence=file.pk)
        owed.refresh_from_db()
        assert (owed.status, owed.exemption, owed.evidence, owed.exempted_by) == ("exempt", "A typhoon", file, boss)
        assert "A typhoon" in page.text

    def test_so_does_a_new_one_which_the_case_then_keeps(self, owed, boss):
        send(boss, "compensation_exempt", owed.pk, reason="A typhoon", file=SimpleUploadedFile("storm.png", PNG))
        owed.refresh_from_db()
        assert (owed.status, owed.evidence.case) == ("exempt", owed.timeline.case)

    @pytest.mark.parametrize("typed", [{"reason": "A typhoon"}, {"reason": ""}])
    def test_without_evidence_or_reason_what_was_typed_stays(self, owed, boss, typed):
        page = send(boss, "compensation_exempt", owed.pk, **typed)
        assert page.status_code == 422
        assert typed["reason"] in page.text
        assert Compensation.objects.get().status == "owed"

    def test_a_file_of_no_kind_we_take_is_refused_beside_its_field(self, owed, boss):
        page = send(boss, "compensation_exempt", owed.pk, reason="x", file=SimpleUploadedFile("a.exe", b"MZ not a picture"))
        assert page.status_code == 422
        assert "This file cannot be taken" in page.text

    def test_finance_sees_a_grey_button_and_the_reason(self, owed, mei):
        page = see(mei, "compensation_detail", owed.pk).text
        assert "Your role does not allow this" in page
        assert "<textarea" not in page

    def test_of_a_duty_without_a_case_nobody_can(self, boss):
        row = CompensationFactory()
        assert "there is nowhere to keep what proves it" in see(boss, "compensation_detail", row.pk).text

    def test_what_is_credited_meanwhile_is_not_exempted(self, owed, boss):
        file = stored_file(owed.timeline.case)
        Compensation.objects.update(status="paid", paid=5_000, paid_at=NOW)
        assert send(boss, "compensation_exempt", owed.pk, reason="x", evidence=file.pk).status_code == 422
        assert "50.00 on" in see(boss, "compensation_detail", owed.pk).text

    def test_what_was_withdrawn_says_why(self, owed, boss):
        Compensation.objects.update(status="withdrawn", void_reason="kept", voided_at=NOW)
        assert "It was kept in time; that was recorded later." in see(boss, "compensation_detail", owed.pk).text

    def test_one_that_does_not_exist_is_not_there(self, boss):
        assert see(boss, "compensation_detail", 7).status_code == 404


class TestAccount:
    @pytest.fixture
    def nobodys(self, owed):
        Compensation.objects.update(account=None)
        owed.refresh_from_db()
        return owed

    def test_the_one_the_case_has_now_is_taken(self, nobodys, boss, account):
        assert "Nobody can be credited" in see(boss, "compensation_detail", nobodys.pk).text
        send(boss, "compensation_account", nobodys.pk)
        nobodys.refresh_from_db()
        assert nobodys.account == account

    def test_a_case_without_one_says_so(self, nobodys, boss):
        case = nobodys.timeline.case
        case.account = None
        case.save()
        assert "The case has no account yet" in send(boss, "compensation_account", nobodys.pk).text
