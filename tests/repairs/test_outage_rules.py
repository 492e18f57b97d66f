"""Hours that pass and hours on the wall: the notice counts the first, the night the second."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairs.outage_rules import NOTICE, is_larger, is_told_in_time, morning_after

NIGHT = (time(22), time(6))
BERLIN = ZoneInfo("Europe/Berlin")


class TestNotice:
    @pytest.mark.parametrize(("less", "in_time"), [(0, True), (1, False), (-1, True)])
    def test_it_is_forty_eight_hours_to_the_second(self, less, in_time):
        told = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        assert is_told_in_time(told_at=told, starts_at=told + NOTICE - timedelta(seconds=less)) is in_time

    @pytest.mark.parametrize(("day", "in_time"), [(28, False), (24, True)])
    def test_two_days_on_the_wall_are_an_hour_short_when_clocks_go_forward(self, day, in_time):
        told = datetime(2026, 3, day, 9, 0, tzinfo=BERLIN)
        assert is_told_in_time(told_at=told, starts_at=told + timedelta(days=2)) is in_time

    def test_and_an_hour_more_when_they_go_back(self):
        told = datetime(2026, 10, 24, 9, 0, tzinfo=BERLIN)
        assert is_told_in_time(told_at=told, starts_at=datetime(2026, 10, 26, 8, 0, tzinfo=BERLIN))


class TestNight:
    @given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)))
    def test_it_ends_in_the_morning_or_is_none(self, moment):
        morning = morning_after(moment, night=NIGHT, zone="Europe/Berlin")
        hour = moment.astimezone(BERLIN).hour
        assert (morning is None) == (6 <= hour < 22)
        assert morning is None or (morning > moment and morning.astimezone(BERLIN).time() == time(6))

    def test_the_same_time_twice_is_no_night(self):
        assert morning_after(datetime(2026, 11, 20, 2, 0, tzinfo=UTC), night=(time(3), time(3)), zone="Asia/Shanghai") is None

    def test_a_night_of_one_day_is_one_too(self):
        moment = datetime(2026, 11, 20, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
        assert morning_after(moment, night=(time(1), time(5)), zone="Asia/Shanghai") == moment.replace(hour=5)


@pytest.mark.parametrize(("customers", "larger"), [(499, False), (500, True)])
def test_the_number_makes_the_class(customers, larger):
    assert is_larger(customers, larger_from=500) is larger
