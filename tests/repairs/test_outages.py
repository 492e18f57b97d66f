"""Planned works: forty-eight hours' notice, quiet nights, and what customers were told."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.operations import StaleRow, WrongMove
from repairs.models import Outage, OutageWish
from repairs.operations import outage_exceptions, outage_plans, outage_runs
from repairs.operations.outage_refusals import AlreadyAsked, BadPlan, NightRestoration, NothingToDecide, NoticeTooLate, TooEarly
from sla.models import Alarm
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.repairs_outages import OutageFactory, OutageWishFactory
from tests.repairs.outages import clocks, plan, street, verbs

pytestmark = pytest.mark.usefixtures("book")
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
def dana(db):
    """A dispatcher."""
    return people.StaffFactory(name="Dana", roles=[Role.DISPATCHER])


@pytest.fixture
def boss(db):
    """May agree to exceptions."""
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


@pytest.fixture
def building(db):
    return street()[0]


@pytest.fixture
def planned(dana, building):
    def make(starts_at=NOW + timedelta(days=3), length=timedelta(hours=4), by=dana):
        wanted = plan([building], starts_at, starts_at + length)
        return outage_plans.plan_outage(plan=wanted, by=by.user, at=NOW)

    return make


class TestPlan:
    def test_nobody_is_told_but_the_promise_of_two_days_runs(self, planned):
        outage = planned()
        assert (outage.status, verbs(outage.timeline)) == ("draft", ["interruption.planned"])
        assert clocks(outage) == [("T11", "running", outage.starts_at - TWO_DAYS)]

    def test_a_place_inside_another_is_the_same_place(self, dana, building):
        unit = building.children.get()
        starts = NOW + timedelta(days=3)
        outage = outage_plans.plan_outage(plan=plan([unit, building], starts, starts + TWO_DAYS), by=dana.user, at=NOW)
        assert list(outage.territories.all()) == [building]

    @pytest.mark.parametrize(
        ("code", "starts", "hours", "reason"),
        [("starts_at", 0, 4, "x"), ("until", 72, 0, "x"), ("reason", 72, 4, " ")],
    )
    def test_what_cannot_be_is_refused(self, dana, building, code, starts, hours, reason):
        begins = NOW + timedelta(hours=starts)
        with pytest.raises(BadPlan) as refusal:
            outage_plans.plan_outage(plan=plan([building], begins, begins + timedelta(hours=hours), reason), by=dana.user, at=NOW)
        assert refusal.value.code == code

    def test_nowhere_is_no_place(self, dana):
        with pytest.raises(BadPlan, match="at least one place"):
            outage_plans.plan_outage(plan=plan([], NOW + TWO_DAYS, NOW + 2 * TWO_DAYS), by=dana.user, at=NOW)

    def test_a_clerk_may_not(self, planned, fang):
        with pytest.raises(Forbidden):
            planned(by=fang)

    def test_a_promise_for_the_night_is_refused_at_once(self, planned):
        with pytest.raises(NightRestoration) as refusal:
            planned(starts_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
        assert refusal.value.morning == datetime(2026, 11, 24, 22, 0, tzinfo=UTC)


class TestNotice:
    def test_exactly_forty_eight_hours_are_enough(self, planned, dana):
        outage = planned(starts_at=NOW + TWO_DAYS)
        outage_plans.announce(outage=outage, by=dana.user, at=NOW)
        assert (outage.status, outage.announced_at) == ("announced", NOW)
        assert [(key, status) for key, status, _due in clocks(outage)] == [("T11", "stopped"), ("H01", "running")]

    def test_one_second_less_is_refused(self, planned, dana):
        outage = planned(starts_at=NOW + TWO_DAYS)
        with pytest.raises(NoticeTooLate):
            outage_plans.announce(outage=outage, by=dana.user, at=NOW + timedelta(seconds=1))
        assert Outage.objects.get().status == "draft"

    def test_with_a_reason_that_somebody_else_agrees_to_it_may_be_less(self, planned, dana, boss):
        outage = planned(starts_at=NOW + timedelta(hours=5))
        wish = outage_exceptions.ask_exception(outage=outage, what="short_notice", reason="It leaks", by=dana.user, at=NOW)
        outage_exceptions.approve_exception(wish=wish, decision="Go", by=boss.user, at=NOW)
        outage.refresh_from_db()
        outage_plans.announce(outage=outage, by=dana.user, at=NOW)
        assert (outage.status, outage.emergency_reason, outage.emergency_approved_by) == ("announced", "It leaks", boss)
        assert [(key, status) for key, status, _due in clocks(outage)] == [("T11", "withdrawn"), ("H01", "running")]

    def test_a_refusal_changes_nothing(self, planned, dana, boss):
        outage = planned(starts_at=NOW + timedelta(hours=5))
        wish = outage_exceptions.ask_exception(outage=outage, what="short_notice", reason="It leaks", by=dana.user, at=NOW)
        outage_exceptions.refuse_exception(wish=wish, decision="Wait", by=boss.user, at=NOW)
        with pytest.raises(NoticeTooLate):
            outage_plans.announce(outage=outage, by=dana.user, at=NOW)

    def test_once_it_should_have_begun_it_cannot_be_announced(self, planned, dana):
        with pytest.raises(BadPlan):
            outage_plans.announce(outage=planned(), by=dana.user, at=NOW + timedelta(days=3))

    def test_an_agreement_is_for_the_hour_it_was_given_for(self, planned, dana, boss, building):
        outage = planned(starts_at=NOW + timedelta(hours=5))
        wish = outage_exceptions.ask_exception(outage=outage, what="short_notice", reason="It leaks", by=dana.user, at=NOW)
        outage_exceptions.approve_exception(wish=wish, decision="", by=boss.user, at=NOW)
        outage.refresh_from_db()
        sooner = plan([building], NOW + timedelta(hours=3), NOW + timedelta(hours=7))
        outage_plans.change_plan(outage=outage, plan=sooner, by=dana.user, at=NOW)
        assert outage.emergency_approved_by is None
        with pytest.raises(NoticeTooLate):
            outage_plans.announce(outage=outage, by=dana.user, at=NOW)


class TestExceptions:
    def test_who_asked_does_not_agree(self, planned, boss):
        outage = planned(starts_at=NOW + timedelta(hours=5), by=boss)
        wish = outage_exceptions.ask_exception(outage=outage, what="short_notice", reason="It leaks", by=boss.user, at=NOW)
        with pytest.raises(Forbidden):
            outage_exceptions.approve_exception(wish=wish, decision="", by=boss.user, at=NOW)

    def test_a_dispatcher_does_not_agree(self, planned, dana):
        wish = OutageWishFactory(outage=planned())
        with pytest.raises(Forbidden):
            outage_exceptions.approve_exception(wish=wish, decision="", by=dana.user, at=NOW)

    def test_two_who_decide_at_once_are_one(self, planned, dana, boss):
        outage = planned(starts_at=NOW + timedelta(hours=5))
        wish = outage_exceptions.ask_exception(outage=outage, what="short_notice", reason="It leaks", by=dana.user, at=NOW)
        same = OutageWish.objects.select_related("outage").get()
        outage_exceptions.approve_exception(wish=wish, decision="", by=boss.user, at=NOW)
        with pytest.raises(NothingToDecide):
            outage_exceptions.refuse_exception(wish=same, decision="No", by=boss.user, at=NOW)

    def test_it_is_asked_for_once_at_a_time_and_with_a_reason(self, planned, dana):
        outage = planned(starts_at=NOW + timedelta(hours=5))
        outage_exceptions.ask_exception(outage=outage, what="night", reason="A hospital waits", by=dana.user, at=NOW)
        with pytest.raises(AlreadyAsked):
            outage_exceptions.ask_exception(outage=outage, what="night", reason="A hospital waits", by=dana.user, at=NOW)
        with pytest.raises(BadPlan):
            outage_exceptions.ask_exception(outage=outage, what="short_notice", reason=" ", by=dana.user, at=NOW)

    def test_a_refusal_says_why(self, planned, boss):
        with pytest.raises(BadPlan):
            outage_exceptions.refuse_exception(wish=OutageWishFactory(outage=planned()), decision="", by=boss.user, at=NOW)

    def test_what_is_over_needs_none(self, dana):
        outage = OutageFactory(status="cancelled")
        with pytest.raises(BadPlan):
            outage_exceptions.ask_exception(outage=outage, what="night", reason="x", by=dana.user, at=NOW)


class TestBegin:
    def test_gas_stays_on_until_the_hour_customers_were_told(self, planned, dana):
        outage = outage_plans.announce(outage=planned(), by=dana.user, at=NOW)
        with pytest.raises(TooEarly):
            outage_runs.begin(outage=outage, by=dana.user, at=outage.starts_at - timedelta(seconds=1))
        outage_runs.begin(outage=outage, by=dana.user, at=outage.starts_at)
        assert (outage.status, outage.customers) == ("under_way", 3)

    def test_without_notice_it_does_not_begin(self, planned, dana):
        with pytest.raises(BadPlan, match="have not been told"):
            outage_runs.begin(outage=planned(), by=dana.user, at=NOW)

    def test_planned_works_have_no_limit_of_accidents(self, planned, dana):
        outage = outage_plans.announce(outage=planned(), by=dana.user, at=NOW)
        outage_runs.begin(outage=outage, by=dana.user, at=outage.starts_at)
        assert {key for key, _status, _due in clocks(outage)} == {"T11", "H01"}


class TestChange:
    def test_a_draft_moves_and_its_notice_with_it(self, planned, dana, building):
        outage, later = planned(), NOW + timedelta(days=5)
        outage_plans.change_plan(outage=outage, plan=plan([building], later, later + timedelta(hours=2)), by=dana.user, at=NOW)
        assert clocks(outage) == [("T11", "running", later - TWO_DAYS)]

    def test_what_was_announced_is_announced_again_in_time(self, planned, dana, building):
        outage = outage_plans.announce(outage=planned(), by=dana.user, at=NOW)
        later = outage.starts_at + timedelta(days=1)
        outage_plans.change_plan(outage=outage, plan=plan([building], later, later + timedelta(hours=2)), by=dana.user, at=NOW)
        assert [(key, status) for key, status, _due in clocks(outage)] == [
            ("T11", "stopped"),
            ("H01", "withdrawn"),
            ("T11", "stopped"),
            ("H01", "running"),
        ]
        assert (outage.promises, outage.notices.count()) == (2, 2)

    def test_moved_to_sooner_than_two_days_it_is_refused(self, planned, dana, building):
        outage = outage_plans.announce(outage=planned(), by=dana.user, at=NOW)
        sooner = plan([building], NOW + timedelta(hours=20), NOW + timedelta(hours=24))
        with pytest.raises(NoticeTooLate):
            outage_plans.change_plan(outage=outage, plan=sooner, by=dana.user, at=NOW)
        assert Outage.objects.get().promises == 1

    def test_two_who_change_at_once_are_one(self, planned, dana, building):
        outage, later = planned(), NOW + timedelta(days=5)
        same = Outage.objects.get()
        wanted = plan([building], later, later + timedelta(hours=2))
        outage_plans.change_plan(outage=outage, plan=wanted, by=dana.user, at=NOW)
        with pytest.raises(StaleRow):
            outage_plans.change_plan(outage=same, plan=wanted, by=dana.user, at=NOW)

    def test_what_has_begun_is_planned_no_more(self, dana, building):
        outage = OutageFactory(status="under_way", began_at=NOW, places=[building])
        with pytest.raises(BadPlan):
            outage_plans.change_plan(outage=outage, plan=plan([building], NOW + TWO_DAYS, NOW + 2 * TWO_DAYS), by=dana.user, at=NOW)


class TestCallOff:
    def test_its_promises_fall_away_and_who_was_told_hears_of_it(self, planned, dana):
        outage = outage_plans.announce(outage=planned(), by=dana.user, at=NOW)
        outage_plans.call_off(outage=outage, reason="Not needed", by=dana.user, at=NOW)
        assert {status for _key, status, _due in clocks(outage)} == {"stopped", "withdrawn"}
        assert list(outage.notices.order_by("number").values_list("kind", flat=True)) == ["planned", "cancelled"]
        assert not Alarm.objects.armed().filter(clock__timeline=outage.timeline).exists()

    def test_a_draft_is_nobody_s_news(self, planned, dana):
        outage = outage_plans.call_off(outage=planned(), reason="Not needed", by=dana.user, at=NOW)
        assert (outage.status, outage.end_reason, outage.notices.count()) == ("cancelled", "Not needed", 0)

    def test_it_takes_a_reason(self, planned, dana):
        with pytest.raises(BadPlan):
            outage_plans.call_off(outage=planned(), reason=" ", by=dana.user, at=NOW)

    def test_what_is_under_way_is_ended_and_not_called_off(self, planned, dana):
        outage = outage_plans.announce(outage=planned(), by=dana.user, at=NOW)
        outage_runs.begin(outage=outage, by=dana.user, at=outage.starts_at)
        with pytest.raises(WrongMove):
            outage_plans.call_off(outage=outage, reason="x", by=dana.user, at=outage.starts_at)
