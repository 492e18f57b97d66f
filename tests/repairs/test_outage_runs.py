"""Accidents: clocks by size, hours that customers are told, the night's rest; proposals by many reports."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import System
from accounts.roles import Role
from casework.models import Event
from casework.operations import StaleRow, Step, WrongMove, open_timeline
from repairs.models import Outage
from repairs.operations import outage_exceptions, outage_plans, outage_proposals, outage_runs
from repairs.operations.outage_refusals import BadPlan, NightRestoration
from sla.models import Alarm, Escalation
from sla.operations.sweeping import sweep_alarms
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.repairs_outages import OutageFactory, UnderWayFactory
from tests.repairs.outages import carry_out, clocks, plan, street, told, verbs

pytestmark = pytest.mark.usefixtures("book")
HOUR = timedelta(hours=1)
#: 21:00 in Shanghai.
EVENING = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


@pytest.fixture
def dana(db):
    return people.StaffFactory(name="Dana", roles=[Role.DISPATCHER])


@pytest.fixture
def boss(db):
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


@pytest.fixture
def building(db):
    return street()[0]


@pytest.fixture
def declared(dana, building):
    def make(at=NOW, hours=3, places=None):
        wanted = plan(places or [building], at, at + hours * HOUR, "A digger hit a pipe.")
        return outage_runs.declare_accident(plan=wanted, by=dana.user, at=at)

    return make


def of(outage, key):
    return [(status, due) for promise, status, due in clocks(outage) if promise == key]


class TestAccident:
    def test_it_begins_at_once_with_its_limit_and_what_customers_are_told(self, declared):
        outage = declared()
        assert (outage.status, outage.customers, outage.classification) == ("under_way", 3, "ordinary")
        assert clocks(outage) == [("T08", "running", NOW + 4 * HOUR), ("H01", "running", NOW + 3 * HOUR)]
        assert verbs(outage.timeline) == ["outage.begin", "outage.begun", "outage.promised"]

    def test_from_so_many_customers_on_it_is_a_larger_one(self, declared, settings):
        settings.OUTAGE_LARGER_FROM = 3
        assert clocks(declared())[0] == ("T09", "running", NOW + 24 * HOUR)

    def test_its_clocks_know_whose_they_are(self, declared, dana, building):
        area = people.ServiceAreaFactory()
        area.territories.add(building)
        outage = declared()
        assert set(outage.timeline.clocks.values_list("owner", "hall", "kind")) == {(dana.pk, area.hall_id, "outage")}

    def test_a_closed_account_is_nobody_without_gas(self, dana):
        building, accounts = street()
        type(accounts[0]).objects.filter(pk=accounts[0].pk).update(status="closed", closed_at=NOW)
        wanted = plan([building], NOW, NOW + HOUR)
        assert outage_runs.declare_accident(plan=wanted, by=dana.user, at=NOW).customers == 2

    @pytest.mark.parametrize(("code", "reason", "hours"), [("reason", " ", 3), ("until", "x", 0)])
    def test_what_cannot_be_is_refused(self, dana, building, code, reason, hours):
        with pytest.raises(BadPlan) as refusal:
            outage_runs.declare_accident(plan=plan([building], NOW, NOW + hours * HOUR, reason), by=dana.user, at=NOW)
        assert refusal.value.code == code


class TestPromisedHour:
    def test_told_in_time_the_old_hour_falls_away(self, declared, dana):
        outage = declared()
        outage_runs.promise_again(outage=outage, until=NOW + 5 * HOUR, by=dana.user, at=NOW + HOUR)
        assert of(outage, "H01") == [("withdrawn", NOW + 3 * HOUR), ("running", NOW + 5 * HOUR)]
        assert outage.promises == 2

    def test_told_too_late_it_stays_broken(self, declared, dana):
        outage = declared()
        late = NOW + 3 * HOUR + timedelta(minutes=1)
        outage_runs.promise_again(outage=outage, until=NOW + 5 * HOUR, by=dana.user, at=late)
        first = outage.timeline.clocks.filter(promise="H01").order_by("pk").first()
        assert (first.status, first.is_breached(late)) == ("stopped", True)

    def test_its_overrun_rings(self, declared, dana):
        outage = declared()
        at = NOW + 3 * HOUR
        sweep_alarms(at=at, by=System("tests"))
        carry_out(at + timedelta(seconds=1))
        rung = Escalation.objects.filter(alarm__clock__timeline=outage.timeline, alarm__clock__promise="H01", overtaken_by=None)
        assert [one.alarm.rung for one in rung] == ["100%"]

    @pytest.mark.parametrize(("hours", "at"), [(1, 2), (3, 1)])
    def test_the_past_and_the_same_again_are_no_news(self, declared, dana, hours, at):
        with pytest.raises(BadPlan):
            outage_runs.promise_again(outage=declared(), until=NOW + hours * HOUR, by=dana.user, at=NOW + at * HOUR)

    def test_two_who_tell_at_once_are_one(self, declared, dana):
        outage = declared()
        same = Outage.objects.get()
        outage_runs.promise_again(outage=outage, until=NOW + 5 * HOUR, by=dana.user, at=NOW)
        with pytest.raises(StaleRow):
            outage_runs.promise_again(outage=same, until=NOW + 6 * HOUR, by=dana.user, at=NOW)

    def test_where_gas_is_on_there_is_none(self, dana):
        with pytest.raises(BadPlan):
            outage_runs.promise_again(outage=OutageFactory(), until=NOW + HOUR, by=dana.user, at=NOW)


class TestWiden:
    @pytest.fixture
    def other(self, building):
        place = people.TerritoryFactory(level="building", name="2号楼", parent=building.parent)
        people.AccountFactory(premises=people.PremisesFactory(territory=place))
        return place

    def test_only_who_was_not_told_is_told(self, declared, dana, other):
        outage = declared()
        carry_out(NOW)
        outage_runs.widen(outage=outage, places=[other], by=dana.user, at=NOW + HOUR)
        carry_out(NOW + HOUR)
        assert (Outage.objects.get().customers, len(told("outage_begun"))) == (4, 4)
        assert outage.notices.get().finished_at == NOW + HOUR

    def test_a_place_without_customers_ends_the_round_too(self, declared, dana, other):
        other.premises.get().accounts.all().delete()
        outage = declared()
        carry_out(NOW)
        outage_runs.widen(outage=outage, places=[other], by=dana.user, at=NOW + HOUR)
        carry_out(NOW + HOUR)
        assert (outage.notices.get().finished_at, outage.notices.get().written) == (NOW + HOUR, 3)

    def test_its_class_follows_the_number_and_the_limit_its_class(self, declared, dana, other, settings):
        settings.OUTAGE_LARGER_FROM = 4
        outage = declared()
        outage_runs.widen(outage=outage, places=[other], by=dana.user, at=NOW + HOUR)
        assert [(key, status, due) for key, status, due in clocks(outage) if key != "H01"] == [("T09", "running", NOW + 24 * HOUR)]

    def test_what_belongs_to_it_already_is_no_news(self, declared, dana, building):
        with pytest.raises(BadPlan):
            outage_runs.widen(outage=declared(), places=[building.children.get()], by=dana.user, at=NOW)

    def test_only_an_accident_under_way_grows(self, dana, other):
        with pytest.raises(BadPlan):
            outage_runs.widen(outage=OutageFactory(), places=[other], by=dana.user, at=NOW)


class TestEnd:
    def test_clocks_end_as_of_the_moment_gas_came_on(self, declared, dana):
        outage = declared()
        outage_runs.end(outage=outage, restored_at=NOW + 2 * HOUR, by=dana.user, at=NOW + 5 * HOUR)
        stopped = outage.timeline.clocks.values_list("promise", "status", "stopped_at").order_by("promise")
        assert list(stopped) == [("H01", "stopped", NOW + 2 * HOUR), ("T08", "stopped", NOW + 2 * HOUR)]

    @pytest.mark.parametrize("hours", [-1, 2])
    def test_gas_comes_on_after_it_went_off_and_not_later_than_now(self, declared, dana, hours):
        with pytest.raises(BadPlan):
            outage_runs.end(outage=declared(), restored_at=NOW + hours * HOUR, by=dana.user, at=NOW + HOUR)

    def test_it_ends_once(self, declared, dana):
        outage = declared()
        outage_runs.end(outage=outage, restored_at=NOW + HOUR, by=dana.user, at=NOW + HOUR)
        with pytest.raises(WrongMove):
            outage_runs.end(outage=outage, restored_at=NOW + HOUR, by=dana.user, at=NOW + HOUR)


class TestNight:
    @pytest.fixture
    def outage(self, declared):
        return declared(at=EVENING - 2 * HOUR, hours=2)

    @pytest.mark.parametrize("local", ["22:00:00", "23:30:00", "05:59:59"])
    def test_no_gas_comes_on_in_homes(self, outage, dana, local):
        at = moment(local)
        with pytest.raises(NightRestoration) as refusal:
            outage_runs.end(outage=outage, restored_at=at, by=dana.user, at=at)
        assert refusal.value.morning == datetime(2026, 11, 20, 22, 0, tzinfo=UTC)

    @pytest.mark.parametrize("local", ["21:59:59", "06:00:00"])
    def test_the_first_and_last_minute_of_the_day_are_day(self, outage, dana, local):
        outage_runs.end(outage=outage, restored_at=moment(local), by=dana.user, at=moment(local))
        assert outage.status == "ended"

    def test_with_a_reason_that_somebody_else_agrees_to_it_does(self, outage, dana, boss):
        wish = outage_exceptions.ask_exception(outage=outage, what="night", reason="A hospital waits", by=dana.user, at=EVENING)
        outage_exceptions.approve_exception(wish=wish, decision="", by=boss.user, at=EVENING)
        outage.refresh_from_db()
        outage_runs.end(outage=outage, restored_at=moment("23:00:00"), by=dana.user, at=moment("23:00:00"))
        assert (outage.status, outage.night_approved_by, outage.night_reason) == ("ended", boss, "A hospital waits")

    def test_where_nobody_lives_gas_comes_on_at_any_hour(self, declared, dana):
        factory, _accounts = street(use_kind="commercial")
        outage = declared(at=EVENING, places=[factory])
        outage_runs.end(outage=outage, restored_at=moment("23:00:00"), by=dana.user, at=moment("23:00:00"))
        assert outage.status == "ended"

    def test_nor_is_it_promised(self, outage, dana):
        with pytest.raises(NightRestoration):
            outage_runs.promise_again(outage=outage, until=moment("23:00:00"), by=dana.user, at=EVENING)


def moment(local):
    """On the evening of the 20th or the morning of the 21st, in Shanghai."""
    hour, minute, second = (int(part) for part in local.split(":"))
    day = 20 if hour > 12 else 21
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


class TestProposals:
    @pytest.fixture
    def propose(self, building):
        def make(place=None, reports=5):
            return outage_proposals.propose_accident(territory=(place or building).pk, reports=reports, at=NOW)

        return make

    def test_a_cluster_proposes_an_accident_and_tells_dispatchers_once(self, propose, dana, building):
        outage = propose(building.children.get())
        propose(reports=6)
        assert (outage.is_proposed, outage.status, list(outage.territories.all())) == (True, "draft", [building])
        assert (Outage.objects.get().reports, len(told("outage_proposed"))) == (6, 1)
        assert not outage.timeline.clocks.exists()

    def test_a_neighbouring_building_joins_the_same_proposal(self, propose, building):
        other = people.TerritoryFactory(level="building", name="2号楼", parent=building.parent)
        propose()
        propose(other)
        assert set(Outage.objects.get().territories.all()) == {building, other}

    def test_where_gas_is_known_to_be_off_nothing_is_proposed(self, propose, building):
        UnderWayFactory(places=[building.parent])
        assert propose() is None

    def test_somebody_confirms_it_and_the_clock_runs(self, propose, dana, building):
        outage = propose()
        wanted = plan([building], NOW, NOW + 2 * HOUR, "A digger hit a pipe.")
        outage_runs.confirm_accident(outage=outage, plan=wanted, by=dana.user, at=NOW + HOUR / 2)
        assert (outage.status, outage.planned_by, outage.began_at) == ("under_way", dana, NOW + HOUR / 2)
        assert of(outage, "T08") == [("running", NOW + 4.5 * HOUR)]

    def test_or_calls_it_off_and_nobody_is_told(self, propose, dana):
        outage = propose()
        outage_plans.call_off(outage=outage, reason="One tap", by=dana.user, at=NOW)
        assert (outage.status, outage.notices.count()) == ("cancelled", 0)

    def test_after_that_another_cluster_is_another_proposal(self, propose, dana):
        outage_plans.call_off(outage=propose(), reason="One tap", by=dana.user, at=NOW)
        assert propose().status == "draft"
        assert Outage.objects.count() == 2

    def test_the_event_of_a_cluster_leads_to_it(self, building):
        step = Step("repair.cluster_seen", {"territory": building.pk, "count": 5})
        open_timeline(kind="repair", steps=[step] * 3, by=System("triage"), at=NOW)
        carry_out(NOW)
        assert [(one.reports, one.is_proposed) for one in Outage.objects.all()] == [(5, True)]

    def test_a_cluster_without_a_place_proposes_nothing(self, db):
        step = Step("repair.cluster_seen", {"territory": None, "count": 5})
        open_timeline(kind="repair", steps=[step], by=System("triage"), at=NOW)
        carry_out(NOW)
        assert not Outage.objects.exists()

    def test_it_never_rings(self, propose):
        propose()
        assert not Alarm.objects.exists()


def test_no_event_of_it_holds_words_or_names(declared, dana, building):
    outage = declared()
    outage_runs.promise_again(outage=outage, until=NOW + 5 * HOUR, by=dana.user, at=NOW)
    outage_runs.end(outage=outage, restored_at=NOW + HOUR, by=dana.user, at=NOW + HOUR)
    facts = str([event.facts for event in Event.objects.filter(timeline=outage.timeline)])
    assert "digger" not in facts
    assert building.name not in facts
