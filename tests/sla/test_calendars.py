"""Working time: examples on the wall calendar, and what holds for every calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.calendars import BadWindows, Calendar, CalendarUnknown, NeverOpen, Window, local_moment

from .calendars import ALWAYS, HALL, LUNCH_WEEK, NEVER, NEW_YORK, ny, sh, utc

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ZONES = ["Asia/Shanghai", "America/New_York", "Europe/Moscow", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Sao_Paulo"]


class TestWindows:
    def test_24_hours_can_be_said(self):
        assert Window.parse("22:00", "24:00").as_pair() == ["22:00", "24:00"]

    @pytest.mark.parametrize("pairs", [[("12:00", "08:30")], [("08:30", "08:30")], [("13:00", "17:00"), ("08:00", "12:00")]])
    def test_a_day_must_make_sense(self, pairs):
        with pytest.raises(BadWindows):
            Calendar("hall", weekly={0: tuple(Window.parse(*pair) for pair in pairs)})

    def test_nothing_follows_midnight(self):
        with pytest.raises(BadWindows):
            Calendar("hall", days={date(2026, 1, 1): (Window.parse("20:00", "24:00"), Window.parse("22:00", "23:00"))})

    def test_a_night_shift_is_two_windows_that_join(self):
        night = Calendar("night", weekly={day: (Window.parse("00:00", "06:00"), Window.parse("22:00", "24:00")) for day in range(7)})
        assert night.add(utc("2026-11-20 23:00"), 4 * HOUR) == utc("2026-11-21 03:00")
        assert night.elapsed(utc("2026-11-20 00:00"), utc("2026-11-22 00:00")) == 16 * HOUR

    def test_a_day_until_midnight_has_24_hours_not_a_minute_less(self):
        whole = Calendar("whole", weekly={day: (Window.parse("00:00", "24:00"),) for day in range(7)})
        assert whole.elapsed(utc("2026-11-20 00:00"), utc("2026-11-22 00:00")) == 48 * HOUR


class TestLunch:
    def test_time_stands_still_at_noon(self):
        assert HALL.add(sh("2026-11-20 11:30"), HOUR) == sh("2026-11-20 14:00")

    def test_a_moment_in_the_break_waits_for_its_end(self):
        assert HALL.next_start(sh("2026-11-20 12:30")) == sh("2026-11-20 13:30")

    def test_at_the_moment_of_closing_work_is_over(self):
        assert HALL.next_start(sh("2026-11-20 12:00")) == sh("2026-11-20 13:30")
        assert HALL.next_start(sh("2026-11-20 08:30")) == sh("2026-11-20 08:30")

    def test_a_full_day_ends_at_its_close(self):
        assert HALL.add(sh("2026-11-20 08:30"), 7.5 * HOUR) == sh("2026-11-20 17:30")
        assert HALL.add(sh("2026-11-20 08:30"), 7.5 * HOUR + MINUTE) == sh("2026-11-23 08:31")


class TestDays:
    def test_a_holiday_and_a_weekend_are_skipped_a_made_up_saturday_is_not(self):
        assert [HALL.working_day_after(date(2026, 12, 29), count) for count in (1, 2, 3)] == [
            date(2026, 12, 31),
            date(2027, 1, 2),
            date(2027, 1, 4),
        ]

    def test_working_days_keep_the_clock_time(self):
        assert HALL.add_working_days(sh("2026-11-20 10:15"), 2) == sh("2026-11-24 10:15")
        assert HALL.add_working_days(sh("2026-11-20 10:15"), 0) == sh("2026-11-20 10:15")

    def test_the_next_working_day_begins_with_its_first_window(self):
        assert HALL.start_of_next_working_day(sh("2026-11-20 03:00")) == sh("2026-11-23 08:30")

    def test_business_closes_with_the_last_window(self):
        assert HALL.close_of_business(date(2026, 11, 20)) == sh("2026-11-20 17:30")
        assert HALL.close_of_business(date(2026, 11, 21)) == sh("2026-11-22 00:00")
        assert ALWAYS.close_of_business(date(2026, 11, 20)) == sh("2026-11-21 00:00")

    def test_every_day_is_a_working_day_around_the_clock(self):
        assert ALWAYS.add_working_days(sh("2026-11-20 10:00"), 3) == sh("2026-11-23 10:00")


class TestTheUnknown:
    def test_beyond_the_known_year_it_says_so(self):
        with pytest.raises(CalendarUnknown) as unknown:
            HALL.add(sh("2027-12-31 17:00"), 10 * HOUR)
        assert (unknown.value.key, unknown.value.year) == ("hall", 2028)

    def test_it_can_be_asked_to_guess(self):
        assert HALL.guessing().add(sh("2027-12-31 17:00"), HOUR) == sh("2028-01-03 09:00")

    def test_a_calendar_that_never_opens_is_found_out(self):
        for question in (lambda: NEVER.add(sh("2026-11-20 10:00"), HOUR), lambda: NEVER.add_working_days(sh("2026-11-20 10:00"), 1)):
            with pytest.raises(NeverOpen):
                question()

    def test_but_it_can_say_how_much_time_passed(self):
        assert NEVER.elapsed(sh("2026-11-20 10:00"), sh("2026-11-25 10:00")) == timedelta(0)


class TestClockChanges:
    """New York: 8 March 2026 02:00 becomes 03:00; 1 November 2026 02:00 becomes 01:00."""

    @pytest.mark.parametrize("friday", ["2026-03-06", "2026-10-30"])
    def test_a_working_day_is_neither_longer_nor_shorter(self, friday):
        assert NEW_YORK.elapsed(ny(f"{friday} 16:00"), ny(f"{friday} 16:00") + timedelta(days=3)) == 8.5 * HOUR

    def test_the_night_of_the_change_does_not_move_the_due_time(self):
        assert NEW_YORK.add(ny("2026-03-06 16:30"), HOUR) == ny("2026-03-09 09:00")
        assert NEW_YORK.add(ny("2026-10-30 16:30"), HOUR) == ny("2026-11-02 09:00")
        assert NEW_YORK.add_working_days(ny("2026-03-06 10:00"), 1) == ny("2026-03-09 10:00")

    def test_around_the_clock_an_hour_is_an_hour(self):
        always = NEW_YORK.around_the_clock()
        assert always.add(ny("2026-03-08 01:30"), HOUR) == ny("2026-03-08 03:30")
        assert always.add(ny("2026-11-01 01:30"), HOUR) == utc("2026-11-01 06:30")
        assert always.elapsed(ny("2026-11-01 01:30"), ny("2026-11-01 01:30", fold=1)) == HOUR

    def test_a_window_over_the_change_has_the_hours_that_were(self):
        night = Calendar("night", zone="America/New_York", weekly={6: (Window.parse("00:00", "06:00"),)})
        lengths = [night.elapsed(ny(f"{day} 00:00"), ny(f"{day} 12:00")) for day in ("2026-03-08", "2026-11-01", "2026-11-08")]
        assert lengths == [5 * HOUR, 7 * HOUR, 6 * HOUR]

    def test_a_clock_time_that_is_skipped_is_the_moment_after(self):
        assert local_moment(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York")) == ny("2026-03-08 03:00")
        assert local_moment(date(2026, 3, 8), time(2, 59, 59, 999999), ZoneInfo("America/New_York")) == ny("2026-03-08 03:00")

    def test_a_clock_time_that_comes_twice_is_its_first(self):
        assert local_moment(date(2026, 11, 1), time(1, 30), ZoneInfo("America/New_York")) == utc("2026-11-01 05:30")

    def test_two_windows_never_overlap_at_the_change(self):
        split = Calendar("split", zone="America/New_York", weekly={6: (Window.parse("00:00", "01:30"), Window.parse("01:30", "06:00"))})
        assert split.elapsed(ny("2026-11-01 00:00"), ny("2026-11-01 12:00")) == 7 * HOUR


@st.composite
def windows(draw):
    edges = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    if draw(st.booleans()) and pairs:
        pairs[-1] = (pairs[-1][0], 96)
    return tuple(Window(_quarter(opens), _quarter(closes)) for opens, closes in pairs)


def _quarter(number):
    return time(number // 4 % 24, number % 4 * 15)


@st.composite
def calendars(draw):
    open_days = draw(st.sets(st.integers(0, 6), min_size=1))
    weekly = {day: draw(windows()) for day in open_days}
    days = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.just(()) | windows(), max_size=12))
    return Calendar("drawn", zone=draw(st.sampled_from(ZONES)), weekly=weekly, days=days)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)).map(lambda m: m.replace(microsecond=0))
amounts = st.integers(1, 60 * 3600).map(lambda count: timedelta(seconds=count))


class TestForEveryCalendar:
    @given(calendars(), moments, amounts)
    def test_what_was_added_has_elapsed(self, calendar, moment, amount):
        assert calendar.elapsed(moment, calendar.add(moment, amount)) == amount

    @given(calendars(), moments, amounts, amounts)
    def test_adding_twice_is_adding_once(self, calendar, moment, first, second):
        assert calendar.add(calendar.add(moment, first), second) == calendar.add(moment, first + second)

    @given(calendars(), st.tuples(moments, moments, moments).map(sorted))
    def test_time_adds_up(self, calendar, three):
        first, middle, last = three
        assert calendar.elapsed(first, last) == calendar.elapsed(first, middle) + calendar.elapsed(middle, last)

    @given(calendars(), moments, moments, amounts)
    def test_who_begins_later_ends_no_earlier(self, calendar, one, other, amount):
        assert calendar.add(min(one, other), amount) <= calendar.add(max(one, other), amount)

    @given(calendars(), moments, amounts)
    def test_working_time_never_outruns_the_clock(self, calendar, moment, amount):
        assert calendar.add(moment, amount) - moment >= amount

    @given(calendars(), moments)
    def test_an_opening_is_inside_working_time(self, calendar, moment):
        opening = calendar.next_start(moment)
        assert opening >= moment
        assert calendar.elapsed(moment, opening) == timedelta(0)
        assert calendar.elapsed(opening, opening + timedelta(seconds=1)) == timedelta(seconds=1)

    @given(calendars(), moments, st.integers(1, 30))
    def test_working_days_end_on_a_working_day(self, calendar, moment, count):
        end = calendar.add_working_days(moment, count)
        first, last = calendar.local(moment).date(), calendar.local(end).date()
        assert sum(calendar.is_working_day(first + timedelta(days=ahead)) for ahead in range(1, (last - first).days + 1)) == count

    @given(calendars(), moments, amounts)
    def test_the_stretches_lie_in_order_and_apart(self, calendar, moment, amount):
        spans = list(calendar.spans(moment, moment + 8 * amount))
        assert all(start < end for start, end in spans)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))

    @given(moments, amounts, st.sampled_from(ZONES))
    def test_around_the_clock_is_plain_addition(self, moment, amount, zone):
        assert replace(ALWAYS, zone=zone).add(moment, amount) == moment + amount

    @given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.times(), st.times(), st.sampled_from(ZONES))
    def test_later_on_the_clock_is_never_earlier(self, day, one, other, zone):
        one, other = sorted((one.replace(microsecond=0), other.replace(microsecond=0)))
        assert local_moment(day, one, ZoneInfo(zone)) <= local_moment(day, other, ZoneInfo(zone))


def test_a_week_reads_as_it_was_written():
    assert HALL.windows_of(date(2026, 11, 20)) == LUNCH_WEEK[4]
    assert HALL.name_of(date(2026, 12, 30)) == "Day of Gas"
    assert ALWAYS.name_of(date(2026, 12, 30)) == ""
