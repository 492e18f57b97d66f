"""Class, segment and area choose the clocks of a repair: each cell of the sources, the fallbacks between them, and why."""

from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

import casework.operations
from repairs.operations import ordering, restoring
from sla.models import Clock
from sla.queries.standings import standings
from tests.factories.accounts import GasCardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("book")]
SHANGHAI = ZoneInfo("Asia/Shanghai")
CLASSES = ("ordinary", "pipeline", "major", "non_ordinary")
#: (segment, area) -> hours by class, as the sources say and their conflict C11 fills in; the promise beside them.
AREAS = ("urban", "suburban", "rural")


def of_segment(ordinary, other):
    return {"ordinary": ordinary, **dict.fromkeys(CLASSES[1:], other)}


HOURS = {
    ("ordinary", "urban"): {"ordinary": ("T52", 4), "pipeline": ("T53", 12), "major": ("T55", 24), "non_ordinary": ("T55", 24)},
    ("ordinary", "suburban"): of_segment(("T56", 8), ("T57", 24)),
    ("ordinary", "rural"): of_segment(("T58", 12), ("T59", 24)),
    **{(segment, area): of_segment(("T60", 2), ("T61", 12)) for segment in ("key_account", "vip") for area in AREAS},
    **{("private_network", area): of_segment(("T63", 1), ("T64", 6)) for area in AREAS},
}
CELLS = [(segment, area, one, *HOURS[segment, area][one]) for (segment, area), one in product(HOURS, CLASSES)]


@pytest.fixture
def customer_in(db, tariff):
    def make(segment, area):
        return GasCardFactory(account__customer__segment=segment, account__premises__territory__area=area).account

    return make


def clocks(case):
    return {clock.version.promise_id: clock for clock in Clock.objects.filter(timeline=case.timeline_id).select_related("version")}


def repair_clocks(case):
    keys = {f"T{number}" for number in range(52, 65)}
    return {key: clock for key, clock in clocks(case).items() if key in keys}


@pytest.mark.parametrize(("segment", "area", "classification", "key", "hours"), CELLS)
def test_each_cell_opens_its_clock(reported, customer_in, now, segment, area, classification, key, hours):
    case = reported(fault="meter", classification=classification, account=customer_in(segment, area)).case
    found = repair_clocks(case)
    assert set(found) - {"T54", "T62"} == {key}
    assert found[key].due_at == now + timedelta(hours=hours)
    # A major fault in town and any fault of a private network has ten minutes to somebody's answer, whichever promise says so.
    has_response = segment == "private_network" or (area, classification) == ("urban", "major")
    assert len({"T54", "T62"} & set(found)) == has_response


@pytest.mark.parametrize(("segment", "classification", "key"), [("ordinary", "major", "T54"), ("private_network", "ordinary", "T62")])
def test_response_is_a_promise_of_its_own_of_ten_minutes(reported, customer_in, now, segment, classification, key):
    case = reported(fault="meter", classification=classification, account=customer_in(segment, "urban")).case
    assert repair_clocks(case)[key].due_at == now + timedelta(minutes=10)


@pytest.mark.parametrize(("segment", "area", "classification"), [("ordinary", "rural", "pipeline"), ("vip", "urban", "ordinary")])
def test_every_moment_is_explained(reported, customer_in, now, segment, area, classification):
    case = reported(fault="meter", classification=classification, account=customer_in(segment, area)).case
    assert all(one.title and one.reasons for one in standings(case.timeline_id, at=now))


def test_an_emergency_has_half_an_hour_as_target_and_one_as_limit(reported, now):
    clock = clocks(reported(fault="leak").case)["T06"]
    assert (clock.target_at, clock.due_at) == (now + timedelta(minutes=30), now + timedelta(hours=1))
    assert clock.is_safety


def test_other_faults_have_the_target_only(reported, now):
    clock = clocks(reported(fault="meter").case)["T07"]
    assert (clock.target_at, clock.due_at) == (now + timedelta(minutes=30), None)


@pytest.mark.parametrize(("channel", "fault", "expected"), [("phone", "leak", {"T45"}), ("web", "leak", set()), ("web", "meter", {"T42"})])
def test_c9_dispatch_is_per_channel_and_emergencies_skip_the_day(reported, channel, fault, expected):
    assert {"T42", "T43", "T44", "T45"} & set(clocks(reported(fault=fault, channel=channel).case)) == expected


def test_arrival_ends_the_clock_of_arrival_and_finishing_the_one_of_repair(reported, going, account):
    repair = reported(account=account)
    going(repair, "accept", "arrive")
    assert clocks(repair.case)["T06"].stopped_at
    assert not clocks(repair.case)["T52"].stopped_at
    going(repair, finish="done")
    assert clocks(repair.case)["T52"].stopped_at


def test_made_safe_does_not_end_the_repair(reported, going, account):
    repair = reported(account=account)
    going(repair, "accept", "arrive", finish="made_safe")
    assert not clocks(repair.case)["T52"].stopped_at


def test_another_class_moves_the_moment_and_keeps_the_time_that_has_gone(reported, customer_in, fang, now):
    repair = reported(fault="meter", account=customer_in("ordinary", "urban"))
    later = now + timedelta(hours=1)
    ordering.classify(repair=repair, classification="pipeline", urgency="normal", by=fang.user, at=later)
    running = {key: clock for key, clock in repair_clocks(repair.case).items() if clock.status == "running"}
    assert {key: clock.due_at for key, clock in running.items()} == {"T53": now + timedelta(hours=12)}


#: What was accepted when, by area -> when gas is on again: after the cut-off the time runs from when work starts.
RESTORED = [
    ("urban", (20, 10), (20, 14)),
    ("suburban", (20, 10), (20, 18)),
    ("rural", (20, 10), (20, 22)),
    ("urban", (20, 17, 30), (21, 12, 30)),
    ("suburban", (20, 17, 30), (21, 16, 30)),
    ("rural", (20, 16, 30), (21, 20, 30)),
    ("urban", (20, 16, 30), (20, 20, 30)),
]


@pytest.mark.parametrize(("area", "accepted", "due"), RESTORED)
def test_restoration_runs_from_acceptance_or_from_when_work_starts(customer_in, fang, area, accepted, due):
    at = datetime(2026, 11, *accepted, tzinfo=SHANGHAI)
    opening = casework.operations.Opening(kind="", subject="", channel="hall", account=customer_in("ordinary", area))
    case = restoring.ask_restoration(opening=opening, cause="debt", by=fang.user, at=at).case
    found = {key: clock.due_at for key, clock in clocks(case).items() if key in {"T65", "T66", "T67"}}
    key = {"urban": "T65", "suburban": "T66", "rural": "T67"}[area]
    assert {one: moment.astimezone(SHANGHAI) for one, moment in found.items()} == {key: datetime(2026, 11, *due, tzinfo=SHANGHAI)}
