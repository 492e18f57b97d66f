"""A connected meter is not closed for want of use while nobody could use it: billing asks this room when the supply was stopped."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.models import MeterDay
from billing.operations.connected_meters import Report, connect
from billing.operations.meter_queue import GATEWAY
from billing.queries.connected_meters import meter_by_serial
from billing.queries.idle_time import rules_of
from billing.valves import State
from tests.factories.accounts import MeterFactory
from tests.factories.meters import connected
from tests.factories.repairs_outages import OutageFactory, UnderWayFactory
from tests.repairs.outages import street

TODAY = date(2026, 11, 20)


@pytest.fixture
def home(db):
    """A building, and the account behind one of its doors."""
    building, [account] = street(doors=1)
    MeterFactory(account=account)
    return building, account


@pytest.fixture
def meter(home):
    """Last used so long ago that by the rule its valve closes now."""
    meter = connected(home[1])
    used = {TODAY - timedelta(days=n): 500 if n == 13 else 0 for n in range(13, 0, -1)}
    MeterDay.objects.bulk_create(MeterDay(meter=meter, day=day, used_litres=litres, reading_litres=0) for day, litres in used.items())
    return meter_by_serial(meter.serial)


@pytest.fixture
def above(home):
    """A place above the door's."""
    return [home[0]]


def on(days_ago, hour=2):
    return datetime(2026, 11, 20, hour, tzinfo=UTC) - timedelta(days=days_ago)


def orders(meter, now):
    report = Report(number=1, state=State(balance_litres=20_000, battery_percent=80), reading_litres=1_000)
    answer = connect(meter=meter, report=report, by=GATEWAY, at=now)
    return [(command.kind, command.because) for command in answer.commands], answer.rules.idle_days


def test_without_an_interruption_it_closes_after_the_days_of_the_rule(meter, now):
    assert orders(meter, now) == ([("close_valve", "idle")], 12)


def test_days_on_which_the_supply_was_stopped_do_not_count(meter, above, now):
    OutageFactory(places=above, status="ended", starts_at=on(5), began_at=on(5), ended_at=on(4, hour=10))
    assert orders(meter, now) == ([], 14)


def test_two_interruptions_of_a_day_count_once_and_another_place_does_not(meter, above, now):
    for hour in (2, 5):
        OutageFactory(places=above, status="ended", starts_at=on(3, hour), began_at=on(3, hour), ended_at=on(3, hour + 1))
    UnderWayFactory(places=[], began_at=on(6))
    assert rules_of(meter, at=now).idle_days == 13


def test_while_it_lasts_the_meter_is_told_not_to_close_at_all(meter, above, now):
    UnderWayFactory(places=above, began_at=on(1))
    assert orders(meter, now) == ([], 0)


def test_what_was_over_before_the_last_use_is_of_no_interest(meter, above, now):
    OutageFactory(places=above, status="ended", starts_at=on(20), began_at=on(20), ended_at=on(14))
    assert rules_of(meter, at=now).idle_days == 12


def test_a_plan_that_has_not_begun_stops_nothing(meter, above, now):
    OutageFactory(places=above, status="announced", starts_at=on(2))
    assert rules_of(meter, at=now).idle_days == 12
