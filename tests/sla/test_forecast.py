"""The coming hours reckoned: what falls due, what comes besides, what gets done, what is broken."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.forecast import Known, forecast

NOON, HOUR = datetime(2026, 11, 20, 4, tzinfo=UTC), timedelta(hours=1)
COUNTS = st.floats(0, 50)


def hours(*rows):
    """Each as due, pace, and if need be ahead, people, people_then."""
    return [known(place, *row) for place, row in enumerate(rows)]


def known(place, due, pace, ahead=(), people=0.0, people_then=0.0, part=1.0):
    begins = NOON + place * HOUR
    return Known(begins, begins + HOUR, part, due, pace, ahead, people, people_then)


def broken(*rows):
    return [round(one.broken, 2) for one in forecast(hours(*rows))]


def test_what_is_more_than_the_pace_is_broken():
    assert broken((5, 3), (2, 3)) == [2, 0]


def test_spare_hands_take_what_is_due_next():
    assert broken((1, 3), (4, 2), (1, 1)) == [0, 0, 0]
    assert broken((0, 2), (0, 2), (6, 1)) == [0, 0, 1]


def test_what_is_broken_holds_nobody_up():
    assert broken((9, 1), (1, 1)) == [8, 0]


def test_what_comes_besides_falls_due_too():
    found = forecast(hours((1, 1, (1, 2)), (0, 1)))
    assert [one.more for one in found] == [1, 2]
    assert [one.broken for one in found] == [1, 1]


def test_half_an_hour_counts_half():
    found = forecast([known(0, due=3, pace=4, ahead=(2,), part=0.5)])[0]
    assert (found.more, found.done, found.broken) == (1, 2, 2)


@pytest.mark.parametrize(("people", "then", "done"), [(2, 4, 2), (6, 4, 6), (0, 4, 0), (2, 0, 4)])
def test_more_or_fewer_people_do_more_or_less(people, then, done):
    assert forecast(hours((9, 4, (), people, then), (0, 0, (), 1, 1)))[0].done == done


def test_without_any_roster_as_many_hands_as_then_are_there():
    assert forecast(hours((9, 4, (), 0, 3)))[0].done == 4


@given(st.lists(st.tuples(st.integers(0, 30), COUNTS, st.lists(COUNTS, max_size=8)), min_size=1, max_size=8))
def test_nothing_is_broken_that_does_not_fall_due_and_nothing_gets_lost(rows):
    found = forecast(hours(*rows))
    assert all(-1e-9 <= one.broken <= one.falling_due + 1e-9 for one in found)
    finished = sum(one.falling_due - one.broken for one in found)
    assert finished <= sum(one.done for one in found) + 1e-6


@given(st.lists(st.tuples(st.integers(0, 30), COUNTS), min_size=1, max_size=8), st.floats(0.1, 5))
def test_more_hands_break_no_more(rows, more):
    quicker = [(due, pace + more) for due, pace in rows]
    assert sum(one.broken for one in forecast(hours(*quicker))) <= sum(one.broken for one in forecast(hours(*rows))) + 1e-6
