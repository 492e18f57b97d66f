"""When a periodic job is due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.schedules import Every

BERLIN = ZoneInfo("Europe/Berlin")  # a zone with clock changes
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


def daily(hour, minute=0, zone="Europe/Berlin"):
    return Every("daily", "x.tasks.y", at=time(hour, minute), zone=zone)


def test_a_job_has_a_grid_or_a_time_of_day_and_not_both():
    with pytest.raises(ValueError, match="either"):
        Every("both", "x.tasks.y", every=timedelta(hours=1), at=time(1))
    with pytest.raises(ValueError, match="either"):
        Every("neither", "x.tasks.y")


def test_an_hourly_job_runs_on_the_hour(now):
    job = Every("hourly", "x.tasks.y", every=timedelta(hours=1))
    assert job.next_after(now + timedelta(minutes=7)) == now + timedelta(hours=1)


def test_on_the_moment_itself_the_next_one_is_due(now):
    job = Every("hourly", "x.tasks.y", every=timedelta(hours=1))
    assert job.next_after(now) == now + timedelta(hours=1)


def test_a_daily_job_runs_at_its_local_time(now):
    assert daily(3, zone="Asia/Shanghai").next_after(now) == datetime(2026, 11, 20, 19, 0, tzinfo=UTC)


def test_an_hour_that_is_skipped_comes_later_that_night():
    """Clocks go from 2:00 to 3:00 on 29 March 2026."""
    after = daily(2, 30).next_after(datetime(2026, 3, 28, 12, 0, tzinfo=UTC))
    assert after.astimezone(BERLIN).strftime("%d %H:%M") == "29 03:30"


def test_an_hour_that_repeats_counts_once():
    """Clocks go from 3:00 back to 2:00 on 25 October 2026."""
    first = daily(2, 30).next_after(datetime(2026, 10, 24, 12, 0, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert daily(2, 30).next_after(first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(moments, st.integers(1, 10_000))
def test_a_grid_moment_lies_ahead_within_one_step(moment, minutes):
    step = timedelta(minutes=minutes)
    assert timedelta() < Every("x", "x.tasks.y", every=step).next_after(moment) - moment <= step


@given(moments, st.times())
def test_a_daily_moment_lies_ahead_within_a_day_and_an_hour(moment, at):
    ahead = Every("x", "x.tasks.y", at=at, zone="Europe/Berlin").next_after(moment) - moment
    assert timedelta() < ahead <= timedelta(hours=25)
