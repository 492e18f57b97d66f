"""Quiet hours end when the reader's own clock says so."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.quiet import quiet_until

NIGHT = (time(21), time(8))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day, hour, minute=0, zone=SHANGHAI):
    return datetime(2026, 11, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (local(20, 20, 59), None),
        (local(20, 21), local(21, 8)),
        (local(20, 23, 59), local(21, 8)),
        (local(21, 0), local(21, 8)),
        (local(21, 7, 59), local(21, 8)),
        (local(21, 8), None),
    ],
)
def test_a_night_ends_in_the_morning(at, until):
    assert quiet_until(at, span=NIGHT, zone="Asia/Shanghai") == until


@pytest.mark.parametrize(("at", "until"), [(local(20, 12), local(20, 14)), (local(20, 14), None), (local(20, 11, 59), None)])
def test_a_rest_at_noon_ends_the_same_day(at, until):
    assert quiet_until(at, span=(time(12), time(14)), zone="Asia/Shanghai") == until


def test_the_same_time_twice_is_never_quiet():
    assert quiet_until(local(20, 23), span=(time(9), time(9)), zone="Asia/Shanghai") is None


def test_the_readers_zone_decides():
    at = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # 22:00 in Shanghai, 17:00 in Moscow
    assert quiet_until(at, span=NIGHT, zone="Asia/Shanghai") == local(21, 8)
    assert quiet_until(at, span=NIGHT, zone="Europe/Moscow") is None


def test_a_night_with_a_changed_clock_still_ends_at_eight():
    at = datetime(2026, 10, 24, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    until = quiet_until(at, span=NIGHT, zone="Europe/Berlin")
    assert until == datetime(2026, 10, 25, 8, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert until.astimezone(UTC) - at.astimezone(UTC) == timedelta(hours=11)


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        quiet_until(local(20, 22), span=NIGHT, zone="Asia/Nowhere")


@given(
    at=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)),
    begins=st.times(),
    ends=st.times(),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Moscow", "UTC"]),
)
def test_it_ends_within_a_day_and_then_it_is_not_quiet(at, begins, ends, zone):
    until = quiet_until(at, span=(begins, ends), zone=zone)
    if until is not None:
        assert timedelta() < until - at <= timedelta(days=1)
        assert quiet_until(until, span=(begins, ends), zone=zone) is None
