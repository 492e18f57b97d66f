"""Which times can be chosen, whatever the plan, the zone and the day."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.slot_times import Closure, Slot, Window, bookable, free_places, overlap, slots

SHANGHAI = "Asia/Shanghai"
#: Friday.
DAY = date(2026, 11, 20)
ZONES = st.sampled_from([SHANGHAI, "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
HOURS = st.integers(0, 47).map(lambda half: time(half // 2, 30 * (half % 2)))


@st.composite
def plans(draw):
    """Windows of a week that do not overlap."""
    found = []
    for day in range(7):
        edges = sorted(draw(st.sets(HOURS, max_size=6)))
        found += [Window(day, opens, closes, draw(st.integers(1, 3))) for opens, closes in zip(edges[::2], edges[1::2], strict=False)]
    return found


def on(day, hour, minute=0, zone=SHANGHAI):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def of(windows, first=DAY, until=DAY + timedelta(days=1), zone=SHANGHAI, **known):
    return slots(windows, days=(first, until), zone=zone, **known)


class TestSlots:
    def test_a_window_is_a_slot_on_its_weekday(self):
        assert of([Window(4, time(9), time(11), 2), Window(5, time(9), time(11))]) == [Slot(on(DAY, 9), on(DAY, 11), 2)]

    def test_the_last_day_is_not_among_them(self):
        assert of([Window(4, time(9), time(11))], first=DAY - timedelta(days=7), until=DAY) == [
            Slot(on(DAY - timedelta(days=7), 9), on(DAY - timedelta(days=7), 11), 1)
        ]

    def test_closed_days_have_none_their_last_included(self):
        closed = [Closure(DAY - timedelta(days=2), DAY)]
        assert of([Window(4, time(9), time(11))], closures=closed) == []
        assert len(of([Window(4, time(9), time(11))], closures=[Closure(DAY + timedelta(days=1), DAY + timedelta(days=1))])) == 1

    def test_what_is_taken_is_counted_and_never_below_nothing(self):
        [slot] = of([Window(4, time(9), time(11), 2)], taken={on(DAY, 9): 3})
        assert (slot.taken, slot.free) == (3, 0)

    @given(plans(), DAYS, st.integers(0, 16), ZONES)
    def test_no_two_share_a_moment_and_all_lie_within_the_days(self, windows, first, days, zone):
        found = of(windows, first, first + timedelta(days=days), zone)
        assert all(one.starts_at < one.ends_at for one in found)
        assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))
        local = [slot.starts_at.astimezone(ZoneInfo(zone)).date() for slot in found]
        assert all(first <= day < first + timedelta(days=days) for day in local)

    @given(plans(), DAYS, ZONES)
    def test_days_one_by_one_are_the_same_as_all_at_once(self, windows, first, zone):
        each = [slot for n in range(5) for slot in of(windows, first + timedelta(days=n), first + timedelta(days=n + 1), zone)]
        assert each == of(windows, first, first + timedelta(days=5), zone)


class TestClockChanges:
    """In Berlin 02:00 to 03:00 does not exist on 29 March 2026 and comes twice on 25 October."""

    def test_a_time_that_is_skipped_is_the_first_moment_after_it(self):
        day = date(2026, 3, 29)
        [slot] = of([Window(6, time(2, 30), time(4))], day, day + timedelta(days=1), "Europe/Berlin")
        assert (slot.starts_at, slot.ends_at) == (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2, tzinfo=UTC))

    def test_a_window_that_is_skipped_is_no_slot(self):
        day = date(2026, 3, 29)
        assert of([Window(6, time(2), time(2, 45))], day, day + timedelta(days=1), "Europe/Berlin") == []

    def test_a_time_that_comes_twice_is_the_first(self):
        day = date(2026, 10, 25)
        [slot] = of([Window(6, time(2, 30), time(4))], day, day + timedelta(days=1), "Europe/Berlin")
        assert slot.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


class TestBookable:
    def test_what_begins_too_soon_or_is_full_is_left_out(self):
        windows = [Window(4, time(9), time(11)), Window(4, time(11), time(13)), Window(4, time(13), time(15))]
        found = of(windows, taken={on(DAY, 13): 1})
        assert [slot.starts_at for slot in bookable(found, not_before=on(DAY, 11))] == [on(DAY, 11)]

    @given(st.sets(st.integers(1, 6)), st.integers(1, 6))
    def test_the_free_places_are_those_within_the_capacity_that_nobody_has(self, taken, capacity):
        free = free_places(taken, capacity)
        assert free == sorted(set(range(1, capacity + 1)) - taken)


@pytest.mark.parametrize(
    ("opens", "closes", "is_overlap"),
    [(time(8), time(9), False), (time(11), time(12), False), (time(10, 59), time(12), True), (time(9, 30), time(10), True)],
)
def test_windows_that_touch_do_not_overlap(opens, closes, is_overlap):
    assert overlap([Window(0, time(9), time(11)), Window(0, opens, closes), Window(1, time(9), time(11))]) is is_overlap


@given(plans())
def test_windows_of_a_plan_never_overlap(windows):
    assert not overlap(windows)
