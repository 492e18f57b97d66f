"""Codes of the promise book, and what is no code."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.limits import BadLimit, Kind, duration, parse

BOOK = {
    "": Kind.UNTIMED,
    "P0": Kind.INSTANT,
    "PT0S": Kind.INSTANT,
    "PT3M": Kind.TIME,
    "PT24H": Kind.TIME,
    "PT1H30M": Kind.TIME,
    "P1D": Kind.DAYS,
    "P20D": Kind.DAYS,
    "P3D+": Kind.DAYS_INCLUSIVE,
    "P1WD": Kind.WORKING_DAYS,
    "COB": Kind.CLOSE,
    "NBD0": Kind.NEXT_START,
    "-P2D": Kind.LEAD,
    "-PT48H": Kind.LEAD,
    "RING3": Kind.RINGS,
    "P12M": Kind.MONTHS,
    "P1M": Kind.PERIOD,
    "P3M": Kind.PERIOD,
    "P6M": Kind.PERIOD,
    "P1W/10%": Kind.PERIOD,
    "P1Y/5%": Kind.PERIOD,
    "at": Kind.AGREED,
    "agreed": Kind.AGREED,
    "planned": Kind.AGREED,
    "event": Kind.AGREED,
    "ref": Kind.UNTIMED,
    "gate": Kind.UNTIMED,
    "order": Kind.UNTIMED,
    "form": Kind.UNTIMED,
    "start-shift": Kind.UNTIMED,
}


@pytest.mark.parametrize(("code", "kind"), BOOK.items())
def test_every_code_of_the_book_is_read(code, kind):
    limit = parse(code)
    assert (limit.code, limit.kind) == (code, kind)
    assert limit.is_timed is (kind is not Kind.UNTIMED)


def test_two_days_before_are_48_hours():
    assert parse("-P2D").time == timedelta(hours=48)
    assert parse("-P2D").needs_a_moment


def test_a_share_is_a_percentage_of_each_period():
    sample = parse("P1W/20%")
    assert (sample.count, sample.share) == (0, 20)


@pytest.mark.parametrize(
    "code", ["4h", "PT", "P", "P0D", "P0WD", "P-1D", "PT4", "P3D++", "RING0", "RING", "P1W/0%", "P1W/101%", "P1W/", "cob", "-P0D", "-", " "]
)
def test_anything_else_is_refused(code):
    with pytest.raises(BadLimit):
        parse(code)


@pytest.mark.parametrize("code", ["", "-PT1H", "P1M", "PT0M", "P1W"])
def test_a_length_is_to_the_second_and_ahead(code):
    with pytest.raises(BadLimit):
        duration(code)


@given(st.text(max_size=8))
def test_no_text_breaks_the_reader(text):
    with suppress(BadLimit):
        assert parse(text).code == text


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_lengths_add_up(hours, minutes, seconds):
    assert duration(f"PT{hours}H{minutes}M{seconds}S") == timedelta(hours=hours, minutes=minutes, seconds=seconds)
