"""Early clusters: what rings and what does not, told once, followed while it lasts, acknowledged and explained."""

from datetime import timedelta
from math import exp
from random import Random

import pytest

from accounts.models import Territory
from accounts.roles import Role
from desk.early_clusters import BUDGET_DAYS, Cell, Report, ringing, rises, tail
from desk.models import EarlyCluster
from desk.operations import rises as operations
from notices.models import Message
from tests.conftest import NOW
from tests.factories.accounts import PremisesFactory, RoleGrantFactory, StaffFactory, TerritoryFactory
from tests.factories.repairs import RepairFactory

DAY, HOUR = 86_400, timedelta(hours=1)


def poisson(random, mean):
    bound, product, count = exp(-mean), random.random(), 0
    while product > bound:
        product, count = product * random.random(), count + 1
    return count


def quiet_days(random, days):
    """Counts by day for 60 cells: weekends are busier, some districts report more; nothing happens."""
    cells = {Cell(str(kind), district): 0.1 * (1 + kind) * (1 + district / 4) for kind in range(6) for district in range(1, 11)}
    return {cell: [poisson(random, mean * (1.5 if day % 7 < 2 else 0.9)) for day in range(days)] for cell, mean in cells.items()}


class TestTheRule:
    def test_ninety_quiet_days_stay_within_the_budget_of_false_alarms(self):
        counts = quiet_days(Random(8), 98)
        alarms = 0
        for day in range(8, 98):
            today = {cell: [own[day], *reversed(own[day - 8 : day])] for cell, own in counts.items()}
            alarms += len(ringing(today, looks_a_day=24))
        print(f"false alarms in 90 quiet days: {alarms}; the budget is {90 // BUDGET_DAYS}")  # noqa: T201 - measured
        assert alarms <= 90 // BUDGET_DAYS

    def test_a_built_rise_rings_once_and_names_its_reports(self):
        quiet = [Report(n, "fault.meter", 1 + n % 3, "Goldcard G4", f"d{n}", DAY * (1 + n % 8) + 60) for n in range(24)]
        burst = [Report(100 + n, "fault.meter", 2, "Goldcard G4", f"b{n}", 600.0 * n) for n in range(12)]
        found = rises([*quiet, *burst], window=DAY, looks_a_day=24)
        assert [(one.cell.kind, one.doors, one.cases) for one in found] == [("fault.meter", 12, tuple(range(100, 112)))]

    def test_one_door_that_rings_often_is_one(self):
        reports = [Report(n, "fault.leak", 1, "", "d1", 60.0 * n) for n in range(40)]
        assert rises(reports, window=DAY, looks_a_day=24) == []

    def test_a_bad_batch_of_meters_rings_across_districts(self):
        reports = [Report(n, "fault.meter", n, "Bad G1", f"d{n}", 60.0 * n) for n in range(1, 12)]
        (found,) = rises(reports, window=DAY, looks_a_day=24)
        assert found.cell == Cell("fault.meter", 0, "Bad G1")

    @pytest.mark.parametrize(("now", "past", "rings"), [(9, [3] * 8, False), (16, [3] * 8, True), (16, [0, 14, 1, 12, 0, 13, 0, 9], False)])
    def test_a_past_that_jumps_makes_it_patient(self, now, past, rings):
        assert (tail(now, past) < 1e-4) is rings


@pytest.fixture
def town(db):
    return TerritoryFactory(level=Territory.Level.TOWN)


@pytest.fixture
def burst(town):
    """``burst(8)``: so many doors of one town report a meter that does not work, within the last hours."""

    def make(count, at=NOW):
        return [
            RepairFactory(
                fault="meter",
                case__matter="fault.meter",
                case__opened_at=at - n * timedelta(minutes=20),
                case__premises=PremisesFactory(territory=town),
            )
            for n in range(count)
        ]

    return make


@pytest.fixture
def supervisor(db):
    found = StaffFactory()
    RoleGrantFactory(staff=found, role=Role.SUPERVISOR)
    return found


class TestTelling:
    def test_a_rise_is_told_once_and_followed_while_it_lasts(self, burst, supervisor, town):
        burst(8)
        (row,) = operations.look_for_rises(window="day", at=NOW)
        assert (row.district, row.doors, row.cases.count()) == (town, 8, 8)
        burst(3, at=NOW + HOUR)
        assert operations.look_for_rises(window="day", at=NOW + HOUR) == []
        assert operations.look_for_rises(window="week", at=NOW + HOUR) == []
        row.refresh_from_db()
        assert (row.doors, row.seen_at, row.cases.count()) == (11, NOW + HOUR, 11)
        told = Message.objects.filter(kind="early_cluster", channel="inbox", staff=supervisor)
        assert [message.link for message in told.order_by("pk")] == [f"/staff/rises/{row.pk}/"]

    def test_it_ends_when_nothing_comes_any_more(self, burst, supervisor):
        burst(8)
        operations.look_for_rises(window="day", at=NOW)
        operations.look_for_rises(window="day", at=NOW + 60 * HOUR)
        assert EarlyCluster.objects.get().ended_at == NOW + 60 * HOUR

    def test_it_is_explained_once_and_whoever_looked_first_stands_there(self, burst, supervisor, qiang):
        burst(8)
        (row,) = operations.look_for_rises(window="day", at=NOW)
        operations.acknowledge(rise=row, by=qiang.user, at=NOW)
        operations.explain(rise=row, cause="meters", explanation="A bad batch", by=supervisor.user, at=NOW + HOUR)
        with pytest.raises(operations.ExplainedAlready):
            operations.explain(rise=row, cause="other", explanation="No", by=qiang.user, at=NOW + HOUR)
        row.refresh_from_db()
        assert (row.acknowledged_by, row.cause, row.explained_by) == (qiang, "meters", supervisor)
