"""A clock that had to guess a year is worked out by itself when the year becomes known; nothing else moves."""

from datetime import date, timedelta

import pytest

from casework.models import Effect, Event
from casework.operations import Opening, drain, open_case
from sla.holidays import SpecialDay, Year
from sla.models import Alarm, CalendarYear, Clock
from sla.operations.calendars import Override, confirm_year, enter_special_day, load_holidays
from sla.operations.years import watch_years
from sla.queries import policies
from sla.queries.reasons import reasons
from sla.wording import moment_in_words
from tests.factories.sla import LONG_AGO, CalendarDayFactory, HallHoursFactory, PromiseVersionFactory

from .calendars import sh

pytestmark = pytest.mark.django_db
OPENED, GUESSED, ENTERED = sh("2026-12-30 10:00"), sh("2027-01-04 10:00"), sh("2026-12-30 16:00")


@pytest.fixture
def case(fang):
    """Three working days over a New Year of which nobody knows yet when it is worked."""
    HallHoursFactory()
    CalendarYear.objects.create(country="CN", year=2026, written_by="system:tests", written_at=LONG_AGO)
    PromiseVersionFactory(limit="P3WD", calendar="hall", ladder=[["100%", "supervisor"]])
    return open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=OPENED)


@pytest.fixture
def new_year():
    """The first of January is a holiday, says the notice."""
    CalendarDayFactory(calendar="", country="CN", day=date(2027, 1, 1), name="元旦")
    policies.forget()


def clock():
    return Clock.objects.get()


def close(day, ada, at):
    enter_special_day(calendar="hall", override=Override(day=day, is_working=False, reason="notice"), by=ada.user, at=at)


def recomputed():
    return Event.objects.filter(verb="promise.recomputed").count()


def test_it_says_that_it_is_a_guess(case):
    assert (clock().due_at, clock().is_provisional) == (GUESSED, True)


def test_confirming_the_year_works_it_out_without_anybody_asking(case, new_year, ada):
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    drain(ENTERED)
    assert (clock().due_at, clock().is_provisional, clock().epoch) == (sh("2027-01-05 10:00"), False, 2)
    armed = Alarm.objects.armed().get()
    assert (armed.rung, armed.fires_at) == ("100%", sh("2027-01-05 10:00"))


def test_its_explanation_keeps_what_it_was_taken_for(case, new_year, ada):
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    drain(ENTERED)
    told = [text for text in reasons(clock(), {}) if "2027 were entered" in text]
    assert len(told) == 1
    assert moment_in_words(GUESSED) in told[0]


def test_what_staff_entered_for_the_year_counts_with_it(case, new_year, ada):
    close(date(2027, 1, 4), ada, ENTERED)
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    drain(ENTERED)
    assert clock().due_at == sh("2027-01-06 10:00")


def test_days_of_a_year_known_before_change_nothing(case, new_year, ada):
    close(date(2026, 12, 31), ada, ENTERED)
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    drain(ENTERED)
    assert clock().due_at == sh("2027-01-05 10:00")


def test_a_day_entered_after_it_has_passed_heals_nothing(case, new_year, ada):
    close(date(2027, 1, 5), ada, sh("2027-01-06 09:00"))
    confirm_year(country="CN", year=2027, by=ada.user, at=sh("2027-01-06 09:30"))
    drain(sh("2027-01-06 09:30"))
    assert clock().due_at == sh("2027-01-05 10:00")


def test_a_guess_that_was_right_rings_nothing_anew(case, ada):
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    drain(ENTERED)
    assert (clock().due_at, clock().is_provisional, clock().epoch) == (GUESSED, False, 1)


def test_the_library_s_news_do_the_same(case, monkeypatch):
    monkeypatch.setattr(
        "sla.holidays.days_of",
        lambda country, year: Year((SpecialDay(date(2027, 1, 1), is_working=False, name="元旦"),), is_published=True),
    )
    load_holidays(countries=["CN"], years=[2027], at=ENTERED)
    drain(ENTERED)
    assert clock().due_at == sh("2027-01-05 10:00")


def test_one_that_was_begun_with_an_older_book_is_found_by_the_daily_look(case, new_year):
    CalendarYear.objects.create(country="CN", year=2027, written_by="system:tests", written_at=ENTERED)
    policies.forget()
    watch_years(at=ENTERED + timedelta(days=1))
    drain(ENTERED + timedelta(days=1))
    assert not clock().is_provisional


def test_many_are_worked_out_in_batches_each_once(case, new_year, ada, fang, monkeypatch):
    monkeypatch.setattr("sla.operations.moving.BATCH", 2)
    for _ in range(4):
        open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=OPENED)
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    for number in range(6):
        drain(ENTERED + timedelta(seconds=number))
    assert not Clock.objects.filter(is_provisional=True).exists()
    assert (recomputed(), Effect.objects.owed().count()) == (5, 0)


def test_where_nothing_was_guessed_nothing_is_owed(fang, ada):
    HallHoursFactory()
    PromiseVersionFactory(limit="PT1H")
    open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=OPENED)
    confirm_year(country="CN", year=2027, by=ada.user, at=ENTERED)
    assert not Effect.objects.filter(topic="sla.recompute").exists()
