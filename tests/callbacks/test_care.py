"""Key accounts and VIPs are called, visited and met, by somebody named, and somebody answers for who leaves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Account, Segment
from accounts.permissions import Forbidden
from accounts.roles import Role
from callbacks.models import CareManager, CareMeeting
from callbacks.operations import care
from callbacks.operations.care import Talk
from callbacks.queries.care import coverage, due_for, unexplained_losses
from casework.models import Event
from casework.operations import Opening, drain, open_request
from notices.models import Message
from sla.models import Period
from sla.operations.duties import open_turns
from tests.conftest import NOW
from tests.factories.accounts import AccountFactory, StaffFactory

CALL = Talk(kind="call", spoke_with="周经理", words="Everything runs. Wants a second line in spring.", next_step="Quote by Friday")


@pytest.fixture
def lan(db):
    """The key-account manager."""
    return StaffFactory(user__username="lan", name="兰芳", number="060", hall=None, roles=[Role.KEY_ACCOUNT_MANAGER])


@pytest.fixture
def plant(book):
    """A key account whose monthly call, monthly and quarterly visit are due."""
    customer = AccountFactory(customer__segment=Segment.KEY_ACCOUNT, customer__name="兰陵食品厂").customer
    open_turns(at=NOW)
    return customer


def done(customer):
    rows = Period.objects.filter(obligation__customer=customer, done_at__isnull=False)
    return set(rows.values_list("promise", flat=True))


class TestTalking:
    def test_a_call_does_the_monthly_call_and_no_visit(self, plant, lan):
        care.talk_with(customer=plant, talk=CALL, by=lan.user, at=NOW)
        assert done(plant) == {"T33"}

    def test_a_visit_does_this_month_s_and_this_quarter_s(self, plant, lan):
        care.talk_with(customer=plant, talk=Talk(kind="visit", spoke_with="周经理", words="Looked at the station."), by=lan.user, at=NOW)
        assert done(plant) == {"T74", "T34"}

    def test_what_was_written_leaves_its_proof_on_the_timeline_and_no_word(self, plant, lan):
        contact = care.talk_with(customer=plant, talk=CALL, by=lan.user, at=NOW)
        facts = Event.objects.get(verb="care.contact").facts
        assert (facts["proof"], "周" in str(facts)) == (contact.proof, False)

    def test_a_second_call_in_the_month_is_kept_and_does_nothing_twice(self, plant, lan):
        for hours in (0, 1):
            care.talk_with(customer=plant, talk=CALL, by=lan.user, at=NOW + timedelta(hours=hours))
        assert (plant.care_contacts.count(), done(plant)) == (2, {"T33"})

    def test_a_form_sent_twice_is_one_call(self, plant, lan):
        for minutes in (0, 1):
            care.talk_with(customer=plant, talk=CALL, by=lan.user, at=NOW + timedelta(minutes=minutes))
        assert plant.care_contacts.count() == 1

    def test_nobody_there_or_nothing_said_is_no_proof(self, plant, lan, account):
        with pytest.raises(care.NothingWritten):
            care.talk_with(customer=plant, talk=Talk(kind="call", spoke_with=" ", words="x"), by=lan.user, at=NOW)
        with pytest.raises(care.NotCaredFor):
            care.talk_with(customer=account.customer, talk=CALL, by=lan.user, at=NOW)


class TestManagers:
    def test_a_new_one_takes_over_and_sees_what_is_due(self, plant, lan, qiang):
        other = StaffFactory()
        care.name_manager(customer=plant, staff=other, by=qiang.user, at=NOW)
        care.name_manager(customer=plant, staff=lan, by=qiang.user, at=NOW + timedelta(days=1))
        assert [one.staff for one in CareManager.objects.filter(until=None)] == [lan]
        assert {line.period.promise_id for line in due_for(lan)} == {"T33", "T34", "T74"}
        assert due_for(other) == []

    def test_managers_do_not_name_themselves(self, plant, lan):
        with pytest.raises(Forbidden):
            care.name_manager(customer=plant, staff=lan, by=lan.user, at=NOW)

    def test_coverage_counts_customers_and_not_calls(self, plant, lan, qiang):
        care.name_manager(customer=plant, staff=lan, by=qiang.user, at=NOW)
        for hours in (0, 1):
            care.talk_with(customer=plant, talk=CALL, by=lan.user, at=NOW + timedelta(hours=hours))
        first = coverage(at=NOW + timedelta(days=1))[0]
        assert (first.customers, first.managed, first.called, first.visited) == (1, 1, 1, 0)


class TestMatters:
    def test_the_manager_hears_of_a_matter_of_theirs_and_of_nobody_elses(self, plant, lan, qiang, account):
        care.name_manager(customer=plant, staff=lan, by=qiang.user, at=NOW)
        for whose in (plant.accounts.get(), account):
            opening = Opening(kind="general_request", subject="", channel="hall", account=whose)
            open_request(opening=opening, topic="other", text="More gas in winter", by=qiang.user, at=NOW)
        drain(at=NOW)
        told = Message.objects.filter(kind="care_matter", channel="inbox")
        assert list(told.values_list("staff", flat=True)) == [lan.pk]


class TestMeetings:
    def test_minutes_do_the_half_year_s_duty(self, plant, qiang):
        care.hold_meeting(held_at=NOW, place="会议室", minutes="Network, service, prices.", customers=[plant], by=qiang.user, at=NOW)
        assert Period.objects.get(promise="T35").done_at == NOW
        assert list(CareMeeting.objects.get().customers.all()) == [plant]

    def test_a_meeting_to_come_has_no_minutes(self, plant, qiang):
        with pytest.raises(care.NotYetHeld):
            care.hold_meeting(held_at=NOW + timedelta(days=1), place="x", minutes="x", customers=[plant], by=qiang.user, at=NOW)


class TestLosses:
    def test_who_left_stays_on_the_list_until_somebody_says_why(self, plant, lan):
        account = plant.accounts.get()
        with pytest.raises(care.StillWithUs):
            care.explain_loss(account=account, why="Moved", lesson="", by=lan.user, at=NOW)
        Account.objects.filter(pk=account.pk).update(status=Account.Status.CLOSED, closed_at=NOW)
        account.refresh_from_db()
        assert list(unexplained_losses(at=NOW)) == [account]
        care.explain_loss(account=account, why="Moved to coal", lesson="Ask earlier", by=lan.user, at=NOW)
        assert list(unexplained_losses(at=NOW)) == []


class TestPages:
    def test_the_list_leads_to_the_customer_and_a_talk_is_written_down(self, client, signed_in, plant, qiang):
        client = signed_in(client, qiang)
        page = reverse("callbacks:cared_for", args=[plant.pk])
        assert page in client.get(reverse("callbacks:care")).content.decode()
        wrong = client.post(page, {"kind": "call", "words": "Everything runs."})
        assert (wrong.status_code, "Everything runs." in wrong.content.decode()) == (422, True)
        client.post(page, {"kind": "call", "spoke_with": "周经理", "words": "Everything runs."})
        assert "周经理" in client.get(page).content.decode()

    def test_a_head_names_the_manager_and_keeps_minutes(self, client, signed_in, plant, qiang, lan):
        client = signed_in(client, qiang)
        client.post(reverse("callbacks:name_manager", args=[plant.pk]), {"staff": lan.pk})
        typed = {"held_at": "2026-11-02T10:00", "place": "会议室", "customers": [plant.pk], "minutes": "All said."}
        page = client.post(reverse("callbacks:meetings"), typed, follow=True).content.decode()
        assert ("All said." in page, CareManager.objects.get().staff) == (True, lan)

    def test_a_head_calls_somebody_qualified_and_takes_it_back(self, client, signed_in, qiang, lan):
        client, page = signed_in(client, qiang), reverse("callbacks:care_people")
        shown = client.post(page, {"staff": lan.pk, "level": 3}, follow=True).content.decode()
        assert ("兰芳 (060)" in shown, "leading" in shown) == (True, True)
        client.post(reverse("callbacks:end_qualification", args=[lan.number]))
        assert "Nobody yet" in client.get(page).content.decode()

    def test_a_loss_without_a_word_is_asked_for_again(self, client, signed_in, plant, qiang):
        plant.accounts.update(status=Account.Status.CLOSED, closed_at=NOW)
        number = plant.accounts.get().number
        address = reverse("callbacks:explain_loss", args=[number])
        signed_in(client, qiang)
        assert client.post(address, {"why": ""}).status_code == 422
        assert client.post(address, {"why": "Moved"}, follow=True).status_code == 200
