"""Recurring duties on pages: whose they are, and that they were done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Segment
from accounts.roles import Role
from sla.models import Clock, Period
from sla.operations.duties import open_turns
from tests.conftest import NOW
from tests.factories.accounts import AccountFactory, CustomerFactory, StaffFactory
from tests.factories.sla import DutyVersionFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def manager():
    return StaffFactory(hall=None, roles=[Role.KEY_ACCOUNT_MANAGER])


@pytest.fixture
def monthly():
    """A call a month to each of two key accounts; both turns are open."""
    version = DutyVersionFactory(selects={"segment": ["key_account"]}, texts={"en": {"title": "A monthly call"}})
    for name in ("Lotus Mill", "Jade Works"):
        AccountFactory(customer=CustomerFactory(segment=Segment.KEY_ACCOUNT, name=name))
    open_turns(at=NOW)
    return version


@pytest.fixture
def sample():
    """One in twenty customers a year, of forty."""
    AccountFactory.create_batch(40)
    version = DutyVersionFactory(limit="P1Y/5%", readings={"population": "customers"}, texts={"en": {"title": "A yearly sample"}})
    open_turns(at=NOW)
    return version


def page_of(who, key="T33", **sent):
    client, address = sign_in(Client(), who), reverse("sla:duty_detail", args=[key])
    return client.post(address, sent) if sent else client.get(address)


def note(who, period, **form):
    return sign_in(Client(), who).post(reverse("sla:turn_done", args=[period.pk]), form, follow=True)


class TestList:
    def test_each_duty_says_how_much_is_to_be_done_and_by_when(self, monthly, manager):
        page = sign_in(Client(), manager).get(reverse("sla:duty_list"))
        line = page.context["lines"][0]
        assert (line.waiting, line.late, line.is_mine) == (2, 0, True)
        assert line.next_due == Clock.objects.first().due_at
        assert "A monthly call" in page.text

    def test_what_is_late_is_counted(self, monthly, manager):
        Clock.objects.update(due_at=NOW - timedelta(days=1))
        assert sign_in(Client(), manager).get(reverse("sla:duty_list")).context["lines"][0].late == 2

    def test_without_any_it_says_so(self, manager):
        assert "There is no recurring duty yet" in sign_in(Client(), manager).get(reverse("sla:duty_list")).text


class TestTurns:
    def test_the_customers_are_named_with_their_accounts(self, monthly, manager):
        page = page_of(manager).text
        assert "Lotus Mill" in page
        assert "Jade Works" in page
        assert page.count("It was done") == 2

    def test_one_is_found_by_name_which_stands_in_no_address(self, monthly, manager):
        page = page_of(manager, find="jade")
        assert [line.period.obligation.customer.name for line in page.context["lines"]] == ["Jade Works"]

    def test_nobody_found_says_so(self, monthly, manager):
        assert "No open turn for this" in page_of(manager, find="nobody").text

    def test_all_done_says_so(self, monthly, manager):
        Period.objects.update(done=1, done_at=NOW)
        assert "Everything is done" in page_of(manager).text

    def test_a_promise_that_is_no_duty_is_not_here(self, monthly, manager):
        assert page_of(manager, key="T15").status_code == 404

    def test_the_number_of_queries_does_not_grow_with_the_turns(self, monthly, manager, django_assert_max_num_queries):
        client = sign_in(Client(), manager)
        client.get(reverse("sla:duty_detail", args=["T33"]))
        with django_assert_max_num_queries(11):
            client.get(reverse("sla:duty_detail", args=["T33"]))


class TestDone:
    def test_the_turn_is_done_and_its_clock_stops(self, monthly, manager):
        period = Period.objects.order_by("pk").first()
        assert "Noted." in note(manager, period, count=1).text
        period.refresh_from_db()
        assert period.done_at == NOW
        clocks = dict(Clock.objects.values_list("timeline", "status"))
        assert clocks[period.obligation.timeline_id] == "stopped"
        assert sorted(clocks.values()) == ["running", "stopped"]

    def test_an_older_turn_is_the_one_that_was_meant(self, monthly, manager):
        open_turns(at=NOW + timedelta(days=20))
        older = Period.objects.filter(label="2026-11").first()
        note(manager, older, count=1)
        done = Period.objects.filter(done_at__isnull=False)
        assert list(done) == [older]

    def test_done_already_is_said(self, monthly, manager):
        period = Period.objects.first()
        note(manager, period, count=1)
        assert "has been done already" in note(manager, period, count=1).text

    def test_so_many_of_a_sample_are_noted(self, sample, manager):
        page = page_of(manager).text
        assert "0 of 2 done" in page
        note(manager, Period.objects.get(), count=1)
        assert "1 of 2 done" in page_of(manager).text

    @pytest.mark.parametrize("count", ["0", "3", "many", ""])
    def test_nonsense_is_answered_with_the_page(self, sample, manager, count):
        page = note(manager, Period.objects.get(), count=count)
        assert page.status_code == 422
        assert f'value="{count}"' in page.text
        assert Period.objects.get().done == 0

    def test_who_handles_no_cases_sees_a_grey_button_and_why(self, monthly, mei):
        page = page_of(mei).text
        assert "Your role does not allow this" in page
        assert note(mei, Period.objects.first(), count=1).status_code == 403
