"""Which times at a hall can be booked: the plan cut into half hours, while the hall is open, less gaps and what is taken."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import hall_times
from desk.hall_times import HALF, Gap, Hours
from sla.calendars import Window

ZONE, MONDAY = ZoneInfo("Asia/Shanghai"), date(2026, 11, 23)
OPEN = (Window(time(8, 30), time(12)), Window(time(13, 30), time(17, 30)))


def at(hour, minute=0):
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE).astimezone(UTC)


def capacity(*hours, opening=OPEN, gaps=(), zone=ZONE):
    return hall_times.capacity(MONDAY, hours, opening=opening, gaps=gaps, zone=zone)


def starts(found):
    return [f"{one.astimezone(ZONE):%H:%M}" for one in sorted(found)]


def test_a_plan_over_noon_leaves_the_lunch_break_out():
    assert starts(capacity(Hours(0, time(11), time(14, 30)))) == ["11:00", "11:30", "13:30", "14:00"]


def test_hours_of_other_weekdays_and_a_closed_day_offer_nothing():
    assert capacity(Hours(1, time(9), time(12))) == {}
    assert capacity(Hours(0, time(9), time(12)), opening=()) == {}


def test_a_gap_takes_every_half_hour_that_it_touches_and_none_after_its_end():
    gap = Gap(at(9, 15), at(10))
    assert starts(capacity(Hours(0, time(9), time(11)), gaps=[gap])) == ["10:00", "10:30"]


@pytest.mark.parametrize(("minutes", "halves"), [(5, 1), (30, 1), (31, 2), (45, 2), (60, 2), (240, 8)])
def test_a_service_takes_as_many_half_hours_as_it_needs(minutes, halves):
    assert hall_times.halves_needed(minutes) == halves


def test_a_long_service_fits_only_where_every_half_hour_has_a_place():
    places = capacity(Hours(0, time(9), time(12), 2))
    taken = {at(10): {1, 2}, at(11): {2}}
    found = hall_times.times(places, taken, minutes=60)
    assert [(f"{one.starts_at.astimezone(ZONE):%H:%M}", one.free) for one in found] == [
        *[("09:00", 2), ("09:30", 0), ("10:00", 0)],
        *[("10:30", 1), ("11:00", 1)],
    ]


def test_an_hour_that_the_clocks_skip_is_offered_once_at_most():
    berlin = ZoneInfo("Europe/Berlin")
    found = hall_times.capacity(date(2026, 3, 29), [Hours(6, time(1), time(4))], opening=[Window(time(0), time(0))], gaps=(), zone=berlin)
    assert len(found) == 4


@settings(max_examples=30)
@given(
    places=st.integers(1, 4),
    bookings=st.lists(st.tuples(st.integers(0, 5), st.sampled_from([30, 45, 60, 90])), max_size=30),
)
def test_whoever_takes_only_what_is_free_never_takes_a_place_twice(places, bookings):
    known, taken = capacity(Hours(0, time(9), time(12), places)), {}
    for half, minutes in bookings:
        beginning = at(9) + half * HALF
        offered = {one.starts_at: one.free for one in hall_times.times(known, taken, minutes=minutes)}
        if offered.get(beginning):
            for one in hall_times.halves_from(beginning, minutes):
                free = hall_times.free_places(taken.get(one, ()), known[one])
                taken.setdefault(one, []).append(free[0])
    assert all(len(set(got)) == len(got) <= places for got in taken.values())


@pytest.mark.parametrize(("begin", "end", "overlaps"), [(9, 12, True), (7, 9, False), (12, 13, False), (11, 13, True)])
def test_hours_that_touch_do_not_overlap(begin, end, overlaps):
    assert hall_times.overlap(Hours(0, time(9), time(12)), Hours(0, time(begin), time(end))) is overlaps


def test_a_gap_ends_with_its_end():
    assert not Gap(at(9), at(10)).meets(at(10), at(10) + timedelta(minutes=30))
