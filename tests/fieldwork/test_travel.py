"""A day of visits can be kept or not; what fits it, and who stands in for whom on it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.distances import Point
from fieldwork.standins import Away, Standins
from fieldwork.suggestions import VISIT_MINUTES
from fieldwork.travel import Pace, Stop, fits, unkept, way

MORNING = datetime(2026, 11, 20, tzinfo=UTC)
PACE = Pace(speed_kmh=25, unknown_minutes=20)
HERE, FAR = Point(34.85, 118.05), Point(34.85, 118.6)


def stop(opens, closes, place=HERE):
    return Stop(MORNING + timedelta(hours=opens), MORNING + timedelta(hours=closes), place)


@st.composite
def days(draw):
    """Windows of half an hour to three hours that do not overlap, at places around, some of them unknown."""
    found, clock = [], 0
    for _number in range(draw(st.integers(0, 6))):
        opens = clock + draw(st.integers(0, 3))
        clock = opens + draw(st.integers(1, 6))
        place = draw(st.none() | st.builds(Point, st.floats(34.7, 35.0), st.floats(118.0, 118.4)))
        found.append(stop(opens / 2, clock / 2, place))
    return found


def can_be_driven(day):
    """Another way to the same answer: the soonest anybody can be at each door is still within its window."""
    there = None
    for before, one in pairwise([None, *sorted(day, key=lambda each: each.starts_at)]):
        stay = timedelta() if before is None else min(timedelta(minutes=VISIT_MINUTES), before.ends_at - before.starts_at)
        there = one.starts_at if before is None else max(one.starts_at, there + stay + way(before, one, PACE))
        if there >= one.ends_at:
            return False
    return True


@given(days(), st.data())
def test_what_fits_leaves_a_day_that_somebody_can_drive(day, data):
    new = stop(data.draw(st.integers(0, 40)) / 2, 21, HERE)
    if can_be_driven(day) and fits(new, day, PACE):
        assert can_be_driven([*day, new])
    elif can_be_driven(day):
        assert any(new.overlaps(other) for other in day) or not can_be_driven([*day, new])


@given(days(), st.randoms())
def test_the_order_in_which_a_day_is_told_says_nothing(day, random):
    other = list(day)
    random.shuffle(other)
    assert unkept(day, PACE) == unkept(other, PACE)


@given(days(), st.integers(5, 80))
def test_whoever_is_faster_makes_what_the_slower_one_makes(day, speed):
    slow, fast = Pace(speed, 30), Pace(speed + 10, 10)
    new = stop(22, 23)
    assert not fits(new, day, slow) or fits(new, day, fast)


def test_on_an_empty_day_everything_fits_and_nobody_is_at_two_doors_at_once():
    assert fits(stop(9, 11), [], PACE)
    assert not fits(stop(9, 11), [stop(10, 12)], PACE)
    assert fits(stop(9, 11), [stop(11, 13)], PACE)


def test_too_far_after_the_one_before_or_before_the_one_after_does_not_fit():
    around = [stop(9, 10, FAR), stop(13, 14, FAR)]
    assert not fits(stop(10, 11), around, PACE)
    assert not fits(stop(12, 13), around, PACE)
    assert fits(stop(10, 11, FAR), around, PACE)


def test_an_unknown_place_takes_the_minutes_of_the_settings():
    around = [stop(9, 10, None)]
    assert fits(stop(10, 10.5), around, PACE)
    assert not fits(stop(10, 10.5), around, Pace(25, 60))


def test_a_day_that_was_late_already_takes_what_makes_it_no_worse():
    late = [stop(9, 10, FAR), stop(10, 11)]
    assert unkept(late, PACE) == [late[1]]
    assert fits(stop(18, 20), late, PACE)


@pytest.mark.parametrize(
    ("owner", "hours", "who"), [(1, (9, 11), 1), (1, (13, 14), 2), (1, (11, 13), 2), (1, (16, 17), None), (2, (16, 17), 3), (4, (9, 10), 4)]
)
def test_who_is_away_is_stood_in_for_and_nobody_by_who_is_away_too(owner, hours, who):
    noon, evening = MORNING + timedelta(hours=12), MORNING + timedelta(hours=18)
    away = {1: [Away(noon, evening, 2)], 2: [Away(evening - timedelta(hours=2), evening, 3)]}
    starts, ends = (MORNING + timedelta(hours=hour) for hour in hours)
    assert Standins(away).attending(owner, starts, ends) == who
