"""Everybody an interruption touches is told once a round, priority customers first and by phone too; tickets find it by themselves."""

from datetime import timedelta

import pytest

import repairs.operations.outage_messages as rounds
from accounts.actors import System
from accounts.models import Account
from accounts.roles import Role
from casework.models import Effect
from casework.operations import Step, drain, record
from notices.models import FollowedPlace, Message
from repairs.full_stops import closed
from repairs.models import CallTask, OutageNotice, OutageTicket
from repairs.operations import outage_calls, outage_plans, outage_runs, outage_tickets
from repairs.operations.outage_refusals import BadPlan, CallTaken, NotAttachable
from repairs.queries import outage_messages
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.casework import CaseFactory
from tests.factories.repairs_outages import CallTaskFactory, OutageNoticeFactory, UnderWayFactory
from tests.repairs.outages import carry_out, plan, street, told, verbs

pytestmark = pytest.mark.usefixtures("book")
HOUR = timedelta(hours=1)


@pytest.fixture
def dana(db):
    return people.StaffFactory(name="Dana", roles=[Role.DISPATCHER])


@pytest.fixture
def declared(dana):
    def make(place, at=NOW):
        return outage_runs.declare_accident(plan=plan([place], at, at + 3 * HOUR, "A digger hit a pipe."), by=dana.user, at=at)

    return make


def phones(accounts):
    for account in accounts:
        people.PhoneFactory(customer=account.customer)


class TestRounds:
    def test_everybody_is_told_once_in_their_own_language_by_their_own_way(self, declared):
        building, accounts = street(doors=2)
        accounts[0].customer.phones.create(number="+8613800138000", is_primary=True)
        type(accounts[1].customer).objects.filter(pk=accounts[1].customer_id).update(language="en", channel="email", email="o@example.org")
        declared(building)
        carry_out(NOW)
        assert [(one.channel, one.language) for one in told("outage_begun")] == [("sms", "zh-hans"), ("email", "en")]
        assert "A digger hit a pipe." in told("outage_begun")[1].text

    def test_who_follows_a_place_hears_of_planned_works_there_but_not_of_accidents(self, dana, declared):
        building, _accounts = street(doors=1)
        follower = people.CustomerFactory()
        people.PhoneFactory(customer=follower)
        FollowedPlace.objects.create(customer=follower, territory=building.parent, since=NOW)
        starts_at = NOW + 72 * HOUR
        planned = outage_plans.plan_outage(plan=plan([building], starts_at, starts_at + 2 * HOUR), by=dana.user, at=NOW)
        outage_plans.announce(outage=planned, by=dana.user, at=NOW)
        declared(building)
        carry_out(NOW)
        heard = [kind for kind in ("outage_planned", "outage_begun") if follower in [one.customer for one in told(kind)]]
        assert heard == ["outage_planned"]

    def test_portions_follow_one_another_until_everybody_is_told(self, declared, monkeypatch):
        monkeypatch.setattr(rounds, "PORTION", 2)
        building, accounts = street(doors=5)
        outage = declared(building)
        carry_out(NOW)
        notice = outage.notices.get()
        assert (notice.written, notice.expected, notice.finished_at) == (5, 5, NOW)
        assert {one.customer_id for one in told("outage_begun")} == {account.customer_id for account in accounts}

    def test_one_drain_carries_out_one_portion(self, declared, monkeypatch):
        monkeypatch.setattr(rounds, "PORTION", 2)
        first, _accounts = street(doors=5)
        declared(first)
        assert drain(NOW, limit=0) == 1
        assert not told("outage_begun")  # none of them comes first
        drain(NOW, limit=0)
        assert len(told("outage_begun")) == 2

    def test_a_portion_carried_out_twice_tells_nobody_twice(self, declared):
        building, _accounts = street(doors=3)
        outage = declared(building)
        carry_out(NOW)
        outage.notices.update(finished_at=None, cursor="", written=0)
        rounds.send_portion(notice=outage.notices.get().pk, at=NOW)
        rounds.send_portion(notice=outage.notices.get().pk, at=NOW)
        assert len(told("outage_begun")) == 3

    def test_two_doors_of_one_customer_are_one_message(self, declared):
        building, accounts = street(doors=2)
        Account.objects.filter(pk=accounts[1].pk).update(customer=accounts[0].customer)
        declared(building)
        carry_out(NOW)
        assert len(told("outage_begun")) == 1

    def test_priority_customers_come_first(self, declared, monkeypatch):
        monkeypatch.setattr(rounds, "PORTION", 1)
        building, accounts = street(doors=3)
        type(accounts[2].customer).objects.filter(pk=accounts[2].customer_id).update(segment="vip")
        declared(building)
        carry_out(NOW)
        assert told("outage_begun")[0].customer_id == accounts[2].customer_id

    def test_the_statements_do_not_grow_with_the_customers(self, django_assert_max_num_queries):
        building, accounts = street(doors=30)
        phones(accounts)
        notice = OutageNoticeFactory(outage=UnderWayFactory(places=[building]), cursor="1:0")
        with django_assert_max_num_queries(16):
            assert rounds.send_portion(notice=notice.pk, at=NOW) == 30

    def test_each_thing_that_happens_is_a_round_of_its_own(self, declared, dana):
        building, _accounts = street(doors=1)
        outage = declared(building)
        outage_runs.promise_again(outage=outage, until=NOW + 5 * HOUR, by=dana.user, at=NOW)
        outage_runs.end(outage=outage, restored_at=NOW + HOUR, by=dana.user, at=NOW + HOUR)
        carry_out(NOW + HOUR)
        kinds = ["outage_begun", "outage_changed", "outage_ended"]
        assert [len(told(kind)) for kind in kinds] == [1, 1, 1]
        assert list(OutageNotice.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]

    def test_an_accident_wakes_and_works_three_days_ahead_do_not(self, declared, dana):
        building, accounts = street(doors=1)
        phones(accounts)
        later = NOW + timedelta(days=3)
        planned = outage_plans.plan_outage(plan=plan([building], later, later + HOUR), by=dana.user, at=NOW)
        outage_plans.announce(outage=planned, by=dana.user, at=NOW)
        declared(building)
        carry_out(NOW)
        assert [one.is_safety for one in told("outage_planned") + told("outage_begun")] == [False, True]

    def test_a_broken_letter_stops_neither_the_outage_nor_the_next_try(self, declared, monkeypatch):
        building, _accounts = street(doors=1)
        monkeypatch.setattr(rounds, "letter_of", lambda kind: "no_such_letter")
        outage = declared(building)
        drain(NOW, limit=0)
        drain(NOW, limit=0)
        assert outage.status == "under_way"
        assert Effect.objects.owed().filter(topic=rounds.TOPIC).count() == 1


class TestDelivery:
    def test_every_message_is_counted_in_one_state(self, declared):
        building, accounts = street(doors=4)
        phones(accounts[:3])
        outage = declared(building)
        carry_out(NOW)
        first, second, _third = told("outage_begun")[:3]
        Message.objects.filter(pk=first.pk).update(status="sent", sent_at=NOW, delivered_at=NOW)
        Message.objects.filter(pk=second.pk).update(status="dead")
        found = {state.code: state.count for state in outage_messages.delivery(outage)}
        assert found == {"owed": 1, "delivered": 1, "cabinet": 1, "dead": 1}

    def test_whom_nothing_reached_is_listed(self, declared):
        building, accounts = street(doors=2)
        phones(accounts[:1])
        outage = declared(building)
        carry_out(NOW)
        assert [one.customer for one in outage_messages.not_delivered(outage)] == [accounts[1].customer]

    def test_another_outage_s_messages_are_not_counted(self, declared):
        (one, _accounts), (other, _others) = street(doors=1), street(doors=2)
        first, second = declared(one), declared(other)
        carry_out(NOW)
        assert [sum(state.count for state in outage_messages.delivery(outage)) for outage in (first, second)] == [1, 2]


class TestCalls:
    @pytest.fixture
    def task(self, declared):
        building, accounts = street(doors=2)
        type(accounts[0].customer).objects.filter(pk=accounts[0].customer_id).update(is_vulnerable=True)
        declared(building)
        carry_out(NOW)
        return CallTask.objects.select_related("outage").get()

    def test_priority_customers_are_rung_besides(self, task):
        assert (task.account.customer.is_vulnerable, task.result) == (True, "")

    def test_nobody_there_is_tried_again_later_and_not_for_ever(self, task, dana, settings):
        settings.OUTAGE_CALL_TRIES = 2
        outage_calls.record_call(task=task, result="not_reached", note="", by=dana.user, at=NOW)
        assert (task.result, task.next_at) == ("", NOW + timedelta(minutes=15))
        outage_calls.record_call(task=task, result="not_reached", note="", by=dana.user, at=NOW + HOUR)
        assert (task.result, task.attempts) == ("not_reached", 2)

    def test_two_who_ring_at_once_are_told(self, task, dana):
        same = CallTask.objects.select_related("outage").get()
        outage_calls.record_call(task=task, result="reached", note="", by=dana.user, at=NOW)
        with pytest.raises(CallTaken):
            outage_calls.record_call(task=same, result="reached", note="", by=dana.user, at=NOW)

    def test_what_was_noted_goes_when_a_case_of_the_account_is_erased(self, task, dana):
        outage_calls.record_call(task=task, result="reached", note="Her son has the key", by=dana.user, at=NOW)
        other = CallTaskFactory(note="Somebody else")
        case = CaseFactory(account=task.account)
        record(timeline_id=case.timeline_id, steps=[Step("case.erased", {"attachments": 0})], by=System("tests"), at=NOW)
        carry_out(NOW)
        assert list(CallTask.objects.order_by("pk").values_list("note", flat=True)) == ["", other.note]
        assert CallTask.objects.first().result == "reached"

    def test_what_was_noted_long_ago_goes_by_itself(self, task, dana, settings):
        outage_calls.record_call(task=task, result="reached", note="Her son has the key", by=dana.user, at=NOW)
        settings.MESSAGE_WORDS_DAYS = 30
        days = [outage_calls.forget_old_notes(at=NOW + timedelta(days=day)) for day in (29, 31, 32)]
        assert (days, CallTask.objects.get().note) == ([0, 1, 0], "")

    def test_whom_no_message_could_reach_is_rung_too(self, task, dana):
        other = Message.objects.exclude(customer=task.account.customer).get(kind="outage_begun")
        Message.objects.filter(pk=other.pk).update(status="dead")
        assert outage_calls.ring_missed(outage=task.outage, by=dana.user, at=NOW) == 1
        assert outage_calls.ring_missed(outage=task.outage, by=dana.user, at=NOW) == 0
        assert CallTask.objects.filter(account__customer=other.customer).exists()

    def test_once_it_is_over_nobody_is(self, task, dana):
        outage_runs.end(outage=task.outage, restored_at=NOW, by=dana.user, at=NOW)
        with pytest.raises(BadPlan):
            outage_calls.ring_missed(outage=task.outage, by=dana.user, at=NOW)

    def test_gas_on_again_ends_them(self, task, dana):
        outage_runs.end(outage=task.outage, restored_at=NOW, by=dana.user, at=NOW)
        task.refresh_from_db()
        assert task.result == "not_needed"

    def test_another_plan_is_another_call(self, dana):
        building, _accounts = street(doors=1, customer__is_vulnerable=True)
        later = NOW + timedelta(days=3)
        outage = outage_plans.plan_outage(plan=plan([building], later, later + HOUR), by=dana.user, at=NOW)
        outage_plans.announce(outage=outage, by=dana.user, at=NOW)
        carry_out(NOW)
        outage_calls.record_call(task=CallTask.objects.select_related("outage").get(), result="reached", note="", by=dana.user, at=NOW)
        outage_plans.change_plan(outage=outage, plan=plan([building], later + HOUR, later + 2 * HOUR), by=dana.user, at=NOW)
        carry_out(NOW)
        assert [(one.result, one.attempts) for one in CallTask.objects.all()] == [("", 0)]


class TestTickets:
    @pytest.fixture
    def here(self, db):
        building, accounts = street(doors=1)
        return building, accounts[0].premises

    @pytest.fixture
    def report(self):
        def make(premises, kind="repair"):
            return CaseFactory(kind=kind, status="reported", premises=premises, timeline__kind=kind)

        return make

    def test_what_came_in_before_belongs_to_it(self, declared, here, report):
        case, other = report(here[1]), report(people.PremisesFactory())
        declared(here[0])
        carry_out(NOW)
        assert OutageTicket.objects.get().case == case
        assert "outage.attached" in verbs(case.timeline)
        assert "outage.attached" not in verbs(other.timeline)

    def test_what_comes_in_while_gas_is_off_belongs_to_it(self, declared, here, report):
        outage = declared(here[0])
        ticket = outage_tickets.attach_new(case=report(here[1]), at=NOW)
        assert ticket.outage == outage

    def test_what_comes_in_before_works_begin_does_not(self, dana, here, report):
        later = NOW + timedelta(days=3)
        outage_plans.announce(
            outage=outage_plans.plan_outage(plan=plan([here[0]], later, later + HOUR), by=dana.user, at=NOW), by=dana.user, at=NOW
        )
        assert outage_tickets.attach_new(case=report(here[1]), at=NOW) is None

    def test_it_is_undone_by_hand_and_stays_undone(self, declared, here, report, dana):
        outage = declared(here[0])
        case = report(here[1])
        outage_tickets.detach(ticket=outage_tickets.attach_new(case=case, at=NOW), by=dana.user, at=NOW)
        carry_out(NOW)
        assert not OutageTicket.objects.exists()
        assert "outage.ticket_removed" in verbs(outage.timeline)

    def test_it_is_done_by_hand(self, declared, here, report, dana):
        outage, case = declared(here[0]), report(people.PremisesFactory())
        assert outage_tickets.attach(outage=outage, case=case, by=dana.user, at=NOW).by == dana.user.actor_label
        with pytest.raises(NotAttachable):
            outage_tickets.attach(outage=outage, case=case, by=dana.user, at=NOW)

    def test_only_repairs_belong_to_it(self, declared, here, report, dana):
        with pytest.raises(NotAttachable):
            outage_tickets.attach(outage=declared(here[0]), case=report(here[1], "general_request"), by=dana.user, at=NOW)

    def test_when_gas_is_on_again_its_cases_hear_of_it(self, declared, here, report, dana):
        case, outage = report(here[1]), declared(here[0])
        carry_out(NOW)
        outage_runs.end(outage=outage, restored_at=NOW, by=dana.user, at=NOW)
        carry_out(NOW)
        assert verbs(case.timeline)[-1] == "outage.over"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("A digger", "A digger."), ("Why?", "Why?"), ("更换调压箱（示例）", "更换调压箱（示例）。"), ("Работы", "Работы."), ("", "")],
)
def test_what_a_planner_typed_ends_before_the_next_sentence_begins(typed, said):
    assert closed(typed) == said
