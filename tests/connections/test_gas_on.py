"""From the order to a blue flame: who has it, what keeps the gas off, and one account however often somebody presses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import Account, Binding
from accounts.operations.customers import NewCustomer
from accounts.operations.meters import NewMeter
from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import CardWrite, ConnectedMeter
from billing.refusals import NoPrepaidMeter
from casework.models import Timeline
from casework.operations import WrongMove, move_case
from casework.subjects import subjects_of
from connections.models import ConnectionKind, GasOn
from connections.operations import gas_on, inspections, visits, works
from connections.operations.gas_on import NotReady, Supply, let_gas_in
from connections.operations.inspections import CriticalOpen, Found, NothingFound
from connections.operations.supplies import end_supplies
from connections.operations.works import DayMissing, DispatchedBefore, NothingOrdered, NotReadyYet
from connections.queries.visits import times_for
from connections.queries.works import works_of
from connections.states import ConnectionStatus
from tests.connections.conftest import BY, verbs
from tests.factories import accounts as people
from tests.factories.fieldwork import SlotPlanFactory


@pytest.fixture
def li(hall):
    """The engineer."""
    return people.StaffFactory(user__username="lilei", name="李雷", number="401", hall=hall, roles=[Role.ENGINEER])


@pytest.fixture
def building(application, now):
    """``building(**known)``: the application, its works begun and ordered."""

    def make(one=application, **known):
        for name, value in known.items():
            setattr(one, name, value)
        one.save()
        one.case.status = ConnectionStatus.CONSTRUCTION
        one.case.save()
        works.take_order(application=one, by=BY, at=now)
        return one

    return make


@pytest.fixture
def built(building, li, now):
    """It stands, and waits for its inspection."""
    application = building()
    works.dispatch(application=application, to="installer", installer=li, by=BY, at=now)
    works.report_built(application=application, by=BY, at=now + timedelta(days=2))
    return application


@pytest.fixture
def supply(account):
    return Supply(
        meter=NewMeter(kind="volume", serial="G-77", maker="Goldcard", model="G2.5", use_until=date(2036, 11, 1)),
        price_class="resident",
        new_customer=NewCustomer(name="周敏", phone="+8613900139000", identity_number="11010519491231002X"),
        territory=account.premises.territory,
        door="909",
    )


def critical(now, **known):
    return Found(**{"grade": "critical", "text": "阀门漏气", "party": "contractor", "due_at": now + timedelta(days=5), **known})


class TestOrder:
    def test_engineering_has_it_before_the_installer(self, building, li, now):
        application = building()
        works.dispatch(application=application, to="engineering", by=BY, at=now)
        works.send_out(application=application, installer=li, by=BY, at=now)
        assert verbs(application.case)[-3:] == ["order.dispatched", "order.sent_out", "connection.ordered"]
        with pytest.raises(DispatchedBefore):
            works.send_out(application=application, installer=li, by=BY, at=now)

    def test_where_no_rule_says_how_long_it_takes_a_day_is_agreed(self, building, li, now):
        application = building(kind=ConnectionKind.PRIVATE_NETWORK)
        with pytest.raises(DayMissing):
            works.dispatch(application=application, to="installer", installer=li, by=BY, at=now)
        works.dispatch(application=application, to="installer", installer=li, planned_for=now + timedelta(days=20), by=BY, at=now)
        assert {"order.acceptance_finished", "order.handed_over"} <= set(verbs(application.case))

    def test_a_main_line_is_not_built_before_the_building_is_ready(self, building, li, now):
        application = building(kind=ConnectionKind.BUILDING_LINE)
        works.dispatch(application=application, to="installer", installer=li, by=BY, at=now)
        with pytest.raises(NotReadyYet):
            works.report_built(application=application, by=BY, at=now)
        works.tell_ready(application=application, by=BY, at=now)
        works.report_built(application=application, by=BY, at=now)
        assert application.case.status == ConnectionStatus.ACCEPTANCE

    def test_nothing_is_built_before_it_is_ordered(self, application, now):
        with pytest.raises(NothingOrdered):
            works.log(application=application, text="挖沟", by=BY, at=now)


class TestInspection:
    def test_a_failure_names_what_has_to_be_corrected(self, built, li, now):
        with pytest.raises(NothingFound):
            inspections.fail(application=built, found=[], by=li.user, at=now)

    def test_what_is_mended_is_looked_at_before_it_counts(self, built, li, now):
        [defect] = inspections.fail(application=built, found=[critical(now)], by=li.user, at=now)
        assert built.case.status == ConnectionStatus.CORRECTIONS
        inspections.mend(defect=defect, by=BY, at=now)
        with pytest.raises(CriticalOpen):
            inspections.accept(application=built, by=li.user, at=now)
        inspections.check(defect=defect, is_good=True, seen=defect.version, by=li.user, at=now)
        assert inspections.accept(application=built, by=li.user, at=now).case.status == ConnectionStatus.READY

    def test_what_was_not_mended_goes_back(self, built, li, now):
        [defect] = inspections.fail(application=built, found=[critical(now)], by=li.user, at=now)
        inspections.mend(defect=defect, by=BY, at=now)
        inspections.check(defect=defect, is_good=False, seen=defect.version, by=li.user, at=now)
        assert (built.case.status, defect.mended_at) == (ConnectionStatus.CORRECTIONS, None)

    def test_a_time_is_agreed_to_look_at_what_was_mended(self, built, li, now, account):
        [defect] = inspections.fail(application=built, found=[critical(now)], by=li.user, at=now)
        built.territory = account.premises.territory
        built.save()
        area = people.ServiceAreaFactory()
        area.territories.add(built.territory)
        SlotPlanFactory(service_area=area, purpose="inspection", weekday=0)
        _day, [slot, *_more] = times_for(built, "inspection", now).days[0]
        booking = visits.book(application=built, purpose="inspection", starts_at=slot.starts_at, by=li.user, at=now)
        defect.refresh_from_db()
        assert (defect.visit, works_of(built).looked_at) == (booking.visit, slot.starts_at)

    def test_a_clerk_accepts_nothing(self, built, fang, now):
        with pytest.raises(Forbidden):
            inspections.accept(application=built, by=fang.user, at=now)


class TestGasOn:
    @pytest.fixture
    def ready(self, built, li, now):
        return inspections.accept(application=built, by=li.user, at=now)

    def test_everything_is_made_at_once(self, ready, supply, li, now):
        made = let_gas_in(application=ready, supply=supply, by=li.user, at=now)
        assert (made.account.premises.door, made.account.customer.name) == ("909", "周敏")
        assert (made.inspect_by, ready.case.account) == (date(2027, 11, 20), made.account)
        assert CardWrite.objects.filter(card__account=made.account).count() == 1
        assert Timeline.objects.get(kind="supply").events.get().verb == "supply.gas_on"
        assert {"connection.gas_on", "case.resolved"} <= set(verbs(ready.case))

    def test_a_connected_meter_is_awaited_on_the_air_and_gets_no_card(self, ready, supply, li, now):
        made = let_gas_in(application=ready, supply=replace(supply, meter=replace(supply.meter, kind="iot")), by=li.user, at=now)
        assert ConnectedMeter.objects.get().meter.account == made.account
        assert not CardWrite.objects.filter(card__account=made.account).exists()

    @pytest.mark.parametrize("kind", ["mechanical", "unheard_of"])
    def test_a_meter_that_takes_no_gas_in_advance_is_not_put_in(self, ready, supply, li, now, kind):
        with pytest.raises(NoPrepaidMeter):
            let_gas_in(application=ready, supply=replace(supply, meter=replace(supply.meter, kind=kind)), by=li.user, at=now)
        assert not Account.objects.filter(premises__door="909").exists()

    def test_its_safety_check_is_promised_as_long_as_gas_is_supplied(self, ready, supply, li, now):
        made = let_gas_in(application=ready, supply=supply, by=li.user, at=now)
        assert subjects_of([made.supply_id])[made.supply_id].reference == made.account.number
        assert end_supplies(at=now) == 0
        Account.objects.filter(pk=made.account_id).update(status="closed", closed_at=now)
        assert [end_supplies(at=now), end_supplies(at=now)] == [1, 0]
        assert made.supply.events.order_by("-seq").first().verb == "supply.ended"

    def test_pressing_again_finds_what_was_made(self, ready, supply, li, now):
        first = let_gas_in(application=ready, supply=supply, by=li.user, at=now)
        assert let_gas_in(application=ready, supply=replace(supply, door="910"), by=li.user, at=now) == first
        assert Account.objects.filter(application__isnull=False).count() == 1

    def test_a_failure_leaves_nothing_behind(self, ready, supply, li, now, monkeypatch):
        monkeypatch.setattr(gas_on, "open_timeline", lambda **_known: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            let_gas_in(application=ready, supply=supply, by=li.user, at=now)
        assert not GasOn.objects.exists()
        assert not Account.objects.filter(premises__door="909").exists()

    def test_a_critical_defect_keeps_it_off(self, ready, supply, li, now):
        inspections.fail(application=ready, found=[critical(now)], by=li.user, at=now)
        with pytest.raises(CriticalOpen):
            let_gas_in(application=ready, supply=supply, by=li.user, at=now)
        with pytest.raises(WrongMove):
            move_case(case=ready.case, verb="connect", by=li.user, at=now)

    def test_it_waits_for_the_acceptance(self, built, supply, li, now):
        with pytest.raises(NotReady):
            let_gas_in(application=built, supply=supply, by=li.user, at=now)

    def test_whoever_applied_in_the_cabinet_finds_the_account_there(self, ready, supply, li, olive, now):
        ready.case.asker = olive
        ready.case.save()
        made = let_gas_in(application=ready, supply=supply, by=li.user, at=now)
        assert Binding.objects.filter(user=olive, account=made.account, role="holder").exists()
