"""Writing working time: special days, hours, known years; and the warning when a year is missing."""

from datetime import date, datetime, timedelta

import pytest

from accounts.permissions import Forbidden
from notices.models import Message
from sla import holidays
from sla.models import CalendarDay, CalendarYear
from sla.operations import calendars as operations
from sla.operations.calendars import BadCalendar, NewHours, Override
from sla.operations.years import watch_years
from sla.queries import policies, years
from tests.conftest import NOW
from tests.factories import accounts as people

pytestmark = pytest.mark.usefixtures("book")

MONDAY = date(2026, 11, 23)


@pytest.fixture
def enter(ada):
    def make(calendar="hall", by=None, **override):
        what = Override(**{"day": MONDAY, "is_working": False, "reason": "inventory", **override})
        return operations.enter_special_day(calendar=calendar, override=what, by=by or ada.user, at=NOW)

    return make


def hall():
    return policies.calendar_at("hall", NOW)


class TestHolidays:
    @pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
    def test_all_make_up_days_of_china_are_worked(self, day):
        assert policies.calendar_at("working_days", NOW).is_working_day(date.fromisoformat(day))

    def test_national_day_is_not(self):
        assert not hall().is_working_day(date(2026, 10, 1))

    @pytest.mark.parametrize(
        ("day", "is_worked"), [("2027-02-20", True), ("2027-02-22", False), ("2027-11-05", False), ("2026-01-09", False)]
    )
    def test_transfers_of_russia_are_known(self, day, is_worked):
        assert policies.calendar_at("working_days_ru", NOW).is_working_day(date.fromisoformat(day)) is is_worked

    def test_a_year_without_published_transfers_is_not_known(self):
        assert not holidays.days_of("CN", 2027).is_published
        assert not CalendarYear.objects.filter(country="CN", year=2027).exists()
        assert policies.calendar_at("hall", NOW).known_until == date(2026, 12, 31)

    def test_a_second_load_changes_nothing(self):
        assert operations.load_holidays(countries=["CN", "RU"], years=[2026], at=NOW) == 0

    def test_an_unknown_country_is_refused(self):
        with pytest.raises(BadCalendar, match="no public holidays"):
            operations.load_holidays(countries=["XX"], years=[2026], at=NOW)

    def test_what_the_library_corrects_is_replaced_and_kept(self):
        CalendarDay.objects.filter(country="CN", day=date(2026, 10, 1)).update(name="misprint")
        assert operations.load_holidays(countries=["CN"], years=[2026], at=NOW) == 2
        names = CalendarDay.objects.filter(country="CN", day=date(2026, 10, 1)).order_by("pk").values_list("name", "replaced_at")
        assert list(names) == [("misprint", NOW), ("国庆节", None)]


class TestSpecialDays:
    def test_a_day_is_closed_for_one_calendar_only(self, enter):
        enter()
        assert not hall().is_working_day(MONDAY)
        assert policies.calendar_at("office", NOW).is_working_day(MONDAY)

    def test_it_wins_over_a_public_holiday(self, enter):
        enter(day=date(2026, 10, 1), is_working=True, windows=[["09:00", "12:00"]])
        assert [window.as_pair() for window in hall().windows_of(date(2026, 10, 1))] == [["09:00", "12:00"]]

    def test_worked_as_usual_takes_the_weekday_s_windows(self, enter):
        enter(day=date(2026, 10, 1), is_working=True)
        assert hall().windows_of(date(2026, 10, 1)) == hall().weekly[3]

    def test_a_worked_sunday_is_worked_like_the_fullest_day(self, enter):
        enter(day=date(2026, 11, 22), is_working=True)
        assert hall().windows_of(date(2026, 11, 22)) == hall().weekly[0]

    def test_a_newer_entry_ends_the_older_and_keeps_it(self, enter):
        enter()
        enter(is_working=True, reason="after all")
        rows = CalendarDay.objects.filter(calendar="hall", day=MONDAY).order_by("pk").values_list("reason", "replaced_at")
        assert list(rows) == [("inventory", NOW), ("after all", None)]
        assert hall().is_working_day(MONDAY)

    def test_an_entry_can_be_taken_back(self, enter, ada):
        operations.take_back_special_day(row=enter(), by=ada.user, at=NOW)
        assert hall().is_working_day(MONDAY)

    @pytest.mark.parametrize(
        ("code", "override"),
        [
            ("reason", {"reason": " "}),
            ("calendar", {"calendar": "moon"}),
            ("always", {"calendar": "24x7"}),
            ("windows", {"is_working": True, "windows": [["12:00", "09:00"]]}),
            ("windows", {"is_working": True, "windows": [["09:00"]]}),
            ("windows", {"is_working": True, "windows": [["25:00", "26:00"]]}),
        ],
    )
    def test_nonsense_is_refused_with_a_sentence(self, enter, code, override):
        with pytest.raises(BadCalendar) as refusal:
            enter(**override)
        assert refusal.value.code == code
        assert str(refusal.value)

    def test_a_clerk_may_not(self, enter, fang):
        with pytest.raises(Forbidden):
            enter(by=fang.user)


class TestHours:
    def write(self, ada, **new):
        hours = NewHours(**{"weekly": {"0": [["10:00", "16:00"]]}, "effective_from": NOW + timedelta(days=7), **new})
        return operations.write_calendar(calendar=new.pop("calendar", "hall"), new=hours, by=ada.user, at=NOW)

    def test_new_hours_begin_at_their_moment(self, ada):
        self.write(ada)
        assert hall().number == 1
        later = policies.calendar_at("hall", NOW + timedelta(days=8))
        assert (later.number, sorted(later.weekly)) == (2, [0])

    def test_a_leg_finds_its_own_version(self, ada):
        self.write(ada)
        assert policies.calendar_version("hall", 1, known_at=NOW).number == 1
        with pytest.raises(policies.UnknownCalendar):
            policies.calendar_version("hall", 3, known_at=NOW)

    def test_hours_of_the_past_are_refused(self, ada):
        with pytest.raises(BadCalendar, match="now or later"):
            self.write(ada, effective_from=NOW - timedelta(days=1))

    def test_two_versions_do_not_begin_together(self, ada):
        self.write(ada)
        with pytest.raises(BadCalendar, match="same moment"):
            self.write(ada)


class TestMissingYears:
    @pytest.mark.parametrize(("today", "missing"), [("2026-10-31", []), ("2026-11-01", [2027]), ("2027-02-01", [2027])])
    def test_the_warning_comes_two_months_before(self, today, missing):
        at = datetime.fromisoformat(f"{today}T12:00+08:00")
        assert [(one.country, one.year) for one in years.missing_years(at)] == [("CN", year) for year in missing]

    def test_a_year_confirmed_by_hand_is_missing_no_more(self, ada):
        operations.confirm_year(country="CN", year=2027, by=ada.user, at=NOW)
        assert years.missing_years(NOW) == []
        with pytest.raises(BadCalendar, match="known already"):
            operations.confirm_year(country="CN", year=2027, by=ada.user, at=NOW)

    @pytest.mark.parametrize(("country", "year"), [("XX", 2027), ("CN", 2030), ("CN", 1999)])
    def test_only_a_year_of_ours_that_is_near_can_be_confirmed(self, ada, country, year):
        with pytest.raises(BadCalendar):
            operations.confirm_year(country=country, year=year, by=ada.user, at=NOW)

    def test_a_country_that_no_promise_counts_by_is_not_asked_for(self):
        at = datetime.fromisoformat("2027-11-20T12:00+08:00")
        assert {one.country for one in years.missing_years(at)} == {"CN"}

    def test_supervisors_are_told_once_a_week(self, db):
        people.StaffFactory(roles=["supervisor"])
        for day in range(3):
            watch_years(at=NOW + timedelta(days=day))
        assert Message.objects.filter(kind="calendar_missing", channel="inbox").count() == 1
        watch_years(at=NOW + timedelta(days=7))
        assert Message.objects.filter(kind="calendar_missing", channel="inbox").count() == 2

    def test_metrics_tell_the_days_that_are_left(self):
        assert years.known_days(NOW) == 41
