"""What a wrong clock tells becomes the right moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.skew import LONGEST_ROUND_TRIP, by_our_clock, skew_of

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WRONG_BY = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400))
AGO = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=3))
TRIP = st.timedeltas(min_value=timedelta(), max_value=LONGEST_ROUND_TRIP)


@given(WRONG_BY, TRIP)
def test_a_clock_is_as_wrong_as_it_is(wrong_by, trip):
    sent_at = NOW - trip / 2
    assert skew_of(sent_at + wrong_by, trip, NOW) == wrong_by


@given(WRONG_BY, st.lists(AGO, max_size=20))
def test_however_wrong_the_clock_moments_come_out_right(wrong_by, ages):
    done = sorted(NOW - age for age in ages)
    assert by_our_clock([moment + wrong_by for moment in done], wrong_by, NOW) == done


@pytest.mark.parametrize("hours", [-13, -3, 1, 8, 14])
def test_a_wrong_time_zone_is_skew_of_whole_hours(hours):
    """The phone shows the hour of another zone and calls it this one."""
    shown = NOW + timedelta(hours=hours)
    assert skew_of(shown, timedelta(), NOW) == timedelta(hours=hours)


def test_the_same_moment_written_with_another_offset_is_no_skew():
    from zoneinfo import ZoneInfo

    assert skew_of(NOW.astimezone(ZoneInfo("America/New_York")), timedelta(), NOW) == timedelta()


@given(WRONG_BY, st.lists(WRONG_BY.map(lambda by: NOW + by), max_size=20))
def test_no_deed_is_in_the_future_or_after_the_one_that_follows(skew, told):
    moments = by_our_clock(told, skew, NOW)
    assert len(moments) == len(told)
    assert moments == sorted(moments)
    assert all(moment <= NOW for moment in moments)


def test_what_a_clock_told_before_it_was_set_right_is_bounded_by_what_came_after():
    """Three hours ahead, then set right by the network: the first deed cannot be later than the second."""
    ahead, right = NOW + timedelta(hours=2), NOW - timedelta(minutes=50)
    assert by_our_clock([ahead, right], timedelta(), NOW) == [right, right]


@pytest.mark.parametrize("trip", [timedelta(days=30), timedelta(seconds=-5)])
def test_a_round_trip_that_cannot_be_moves_nothing_far(trip):
    assert abs(skew_of(NOW, trip, NOW)) <= LONGEST_ROUND_TRIP / 2
