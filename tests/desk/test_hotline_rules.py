"""Times of two clocks, seniority and shares of the hotline, without a database."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts.roles import Role
from desk.call_times import MOST_UNDER_WAY, moment_of
from desk.hotline_script import PHRASES, phrases_at
from desk.hotline_shares import Rang, nearest_rank, shares
from desk.seniority import takes_over
from tests.conftest import NOW

SECONDS = some.integers(-10_000, 10_000).map(lambda seconds: NOW + timedelta(seconds=seconds))


@given(SECONDS)
def test_the_moment_of_a_word_is_never_ahead_and_never_long_ago(told):
    assert NOW - MOST_UNDER_WAY <= moment_of(told, now=NOW) <= NOW


@given(SECONDS, SECONDS.filter(lambda since: since <= NOW))
def test_nothing_happens_before_what_came_before(told, since):
    assert since <= moment_of(told, now=NOW, since=since)


@pytest.mark.parametrize(
    ("newcomer", "first", "passes"),
    [
        ({Role.SUPERVISOR}, {Role.HOTLINE_AGENT}, True),
        ({Role.HOTLINE_AGENT}, {Role.SUPERVISOR}, False),
        ({Role.HOTLINE_AGENT}, {Role.HOTLINE_AGENT}, False),
        ({Role.CLERK}, {Role.HOTLINE_AGENT}, False),
        ({Role.CLERK, Role.HALL_HEAD}, {Role.HOTLINE_AGENT}, True),
    ],
)
def test_responsibility_passes_only_to_the_senior(newcomer, first, passes):
    assert takes_over(newcomer, first) is passes


def test_a_late_answer_and_a_late_give_up_both_lower_the_service_level():
    found = shares([Rang(5, True), Rang(13, True), Rang(3, False), Rang(40, False)], threshold=12)
    assert (found.service_level, found.answer_rate, found.abandoned) == (Fraction(1, 2), Fraction(1, 2), 2)
    assert (found.median, found.ninety, found.ninety_nine) == (5, 13, 13)


def test_of_nobody_there_are_no_shares():
    found = shares([], threshold=12)
    assert (found.service_level, found.median) == (None, None)


@given(some.lists(some.integers(0, 600), min_size=1), some.integers(1, 100))
def test_a_rank_is_a_value_that_so_many_do_not_exceed(values, percent):
    value = nearest_rank(sorted(values), percent)
    assert sum(one <= value for one in values) * 100 >= len(values) * percent


def test_who_it_is_is_asked_only_of_somebody_found():
    nobody = phrases_at("talking", agent="040", customer="", premises="")
    somebody = phrases_at("talking", agent="040", customer="Li Na", premises="12 Garden Road")
    assert len(somebody) == len(nobody) + 1
    assert "Am I speaking with Li Na, 12 Garden Road?" in dict(somebody).values()
    assert set(PHRASES) == {"ringing", "talking", "held", "ended"}
