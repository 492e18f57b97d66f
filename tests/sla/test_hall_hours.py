"""A promise of hall hours walks the hours of the hall that has the matter; other hours change nothing that has begun."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.actors import System
from accounts.models import HallWeek
from accounts.operations import Window, set_hours
from casework.operations import Opening, Step, assign, open_case, record
from sla.models import Clock
from sla.operations.calendars import BadCalendar, NewHours, Override, enter_special_day, write_calendar
from sla.operations.moving import recompute
from sla.queries import policies
from sla.queries.reasons import names_at, reasons
from sla.queries.what_if import Question, UnknownHall, explain
from tests.factories.accounts import HallFactory
from tests.factories.sla import LONG_AGO, HallHoursFactory, PromiseVersionFactory

from .calendars import sh

pytestmark = pytest.mark.django_db
OPENED = sh("2026-11-20 16:30")


@pytest.fixture
def early(ada):
    """A hall that opens from seven to eleven, on Saturdays too."""
    return with_hours(HallFactory(name="East gate"), ada, LONG_AGO)


@pytest.fixture
def book(early):
    HallHoursFactory(country="")
    PromiseVersionFactory(limit="PT4H", calendar="hall")


def with_hours(hall, ada, at, opens=time(7), closes=time(11)):
    set_hours(hall=hall, windows=[Window(weekday=day, opens=opens, closes=closes) for day in range(6)], by=ada.user, at=at)
    policies.forget()
    return hall


def opened(fang, hall, at=OPENED):
    case = open_case(opening=Opening(kind="general_request", subject="card", channel="hall", hall=hall), by=fang.user, at=at)
    return Clock.objects.get(timeline=case.timeline_id)


def worked_out_anew(clock, at):
    """After something happened that gives back no time: the hall is closed."""
    for step in ("case.waiting_for_customer", "case.customer_answered"):
        record(timeline_id=clock.timeline_id, steps=[Step(step)], by=System("tests"), at=at)
        at += timedelta(minutes=5)
    clock.refresh_from_db()
    return clock


@pytest.mark.usefixtures("book")
class TestWhoseHours:
    def test_a_case_walks_the_hours_of_its_hall(self, fang, early):
        assert opened(fang, early).due_at == sh("2026-11-21 11:00")

    def test_a_hall_without_hours_of_its_own_has_the_company_s(self, fang, hall):
        assert opened(fang, hall).due_at == sh("2026-11-23 11:30")

    def test_so_has_a_hall_whose_hours_were_taken_away(self, fang, early, ada):
        set_hours(hall=early, windows=[], by=ada.user, at=LONG_AGO + timedelta(days=1))
        policies.forget()
        assert opened(fang, early).due_at == sh("2026-11-23 11:30")

    def test_other_calendars_know_no_hall(self, early):
        HallHoursFactory(key="office", country="")
        policies.forget()
        assert policies.calendar_at("office", OPENED, hall=early.pk).key == "office"
        assert policies.calendar_at("hall", OPENED, hall=early.pk).key == f"hall-{early.pk}"

    def test_asking_costs_no_query(self, early, django_assert_num_queries):
        policies.calendar_at("hall", OPENED, hall=early.pk)
        with django_assert_num_queries(0):
            policies.calendar_at("hall", OPENED, hall=early.pk)

    def test_passing_the_case_on_changes_nothing(self, fang, early, qiang):
        clock = opened(fang, early)
        assign(case=clock.timeline.case, owner=qiang, by=qiang.user, at=OPENED + timedelta(hours=1))
        clock.refresh_from_db()
        assert clock.hall_id == qiang.hall_id != early.pk
        assert worked_out_anew(clock, OPENED + timedelta(hours=2)).due_at == sh("2026-11-21 11:00")

    def test_its_explanation_names_the_hall(self, fang, early):
        told = " ".join(reasons(opened(fang, early), names_at(OPENED)))
        assert "Hours of East gate" in told


@pytest.mark.usefixtures("book")
class TestOtherHours:
    def test_a_running_clock_keeps_the_week_it_began_with(self, fang, early, ada):
        clock = opened(fang, early)
        with_hours(early, ada, OPENED + timedelta(hours=1), opens=time(9), closes=time(10))
        assert worked_out_anew(clock, OPENED + timedelta(hours=2)).due_at == sh("2026-11-21 11:00")

    def test_what_begins_afterwards_has_the_new_week(self, fang, early, ada):
        with_hours(early, ada, OPENED - timedelta(hours=1), opens=time(9), closes=time(13))
        assert opened(fang, early).due_at == sh("2026-11-21 13:00")

    def test_what_was_asked_about_the_past_is_answered_by_the_week_of_then(self, early, ada):
        with_hours(early, ada, OPENED, opens=time(9), closes=time(13))
        assert explain(Question("T15", OPENED - timedelta(days=7), hall=early.code)).deadline.due_at == sh("2026-11-14 11:00")

    def test_the_same_hours_again_are_no_new_week(self, early, ada):
        with_hours(early, ada, OPENED)
        assert HallWeek.objects.count() == 1

    def test_the_admin_s_table_keeps_weeks_too(self, early, ada, client, signed_in):
        signed_in(client, ada)
        rows = {f"hours-{number}-id": row.pk for number, row in enumerate(early.hours.all())}
        typed = {f"hours-{n}-{name}": value for n in range(6) for name, value in (("weekday", n), ("opens", "08:00"), ("closes", "12:00"))}
        forms = {f"{name}-{what}": count for name, count in (("hours", 6), ("counters", 0)) for what in ("TOTAL_FORMS", "INITIAL_FORMS")}
        plain = {name: getattr(early, name) for name in ("code", "kind", "name", "address", "phone", "language")}
        sent = {**plain, "territory": early.territory_id, **rows, **typed, **forms, **{f"hours-{n}-hall": early.pk for n in range(6)}}
        answer = client.post(reverse("admin:accounts_hall_change", args=[early.pk]), sent)
        assert answer.status_code == 302, answer.context["errors"]
        assert HallWeek.objects.get(number=2).weekly["0"] == [["08:00", "12:00"]]


@pytest.mark.usefixtures("book")
class TestSpecialDays:
    def close(self, calendar, ada, **override):
        day = Override(**{"day": date(2026, 11, 21), "is_working": False, "reason": "inventory", **override})
        enter_special_day(calendar=calendar, override=day, by=ada.user, at=LONG_AGO)

    def test_a_day_entered_for_all_halls_holds_for_each(self, fang, early, ada):
        self.close("hall", ada)
        assert opened(fang, early).due_at == sh("2026-11-23 11:00")

    def test_a_day_of_the_hall_itself_wins(self, fang, early, ada):
        self.close("hall", ada)
        self.close(f"hall-{early.pk}", ada, is_working=True, windows=[["10:00", "14:00"]])
        assert opened(fang, early).due_at == sh("2026-11-21 14:00")

    def test_and_holds_for_no_other_hall(self, fang, early, hall, ada):
        self.close(f"hall-{early.pk}", ada, day=date(2026, 11, 23))
        assert opened(fang, hall).due_at == sh("2026-11-23 11:30")

    def test_moved_on_purpose_it_counts_for_what_runs(self, fang, early, ada):
        clock = opened(fang, early)
        enter_special_day(
            calendar=f"hall-{early.pk}",
            override=Override(day=date(2026, 11, 21), is_working=False, reason="inventory"),
            by=ada.user,
            at=OPENED + timedelta(hours=1),
        )
        recompute(promise="T15", by=ada.user, at=OPENED + timedelta(hours=1))
        clock.refresh_from_db()
        assert clock.due_at == sh("2026-11-23 11:00")

    def test_hours_of_a_hall_are_not_written_here(self, early, ada):
        with pytest.raises(BadCalendar):
            write_calendar(calendar=f"hall-{early.pk}", new=NewHours(weekly={}, effective_from=OPENED), by=ada.user, at=OPENED)


@pytest.mark.usefixtures("book")
class TestPages:
    def test_the_list_shows_every_hall_with_its_hours(self, early, ada, client, signed_in):
        signed_in(client, ada)
        assert "Hours of East gate" in client.get(reverse("sla:calendar_list")).content.decode()

    def test_its_page_takes_days_but_no_hours(self, early, ada, client, signed_in):
        signed_in(client, ada)
        key = f"hall-{early.pk}"
        page = client.get(reverse("sla:calendar_detail", args=[key])).content.decode()
        assert "Enter a day" in page
        assert reverse("sla:hours_new", args=[key]) not in page
        assert client.get(reverse("sla:hours_new", args=[key])).status_code == 404

    def test_so_does_the_calculator(self, early, ada, client, signed_in):
        asked = {"promise": "T15", "at": "2026-11-20T16:30", "hall": early.code}
        page = signed_in(client, ada).get(reverse("sla:calculator"), asked).content.decode()
        assert "Hours of East gate" in page

    def test_a_question_may_name_a_hall(self, early, client):
        asked = {"promise": "T15", "at": OPENED.isoformat(), "hall": early.code}
        PromiseVersionFactory(number=2, limit="PT4H", calendar="hall", is_public=True, effective_from=LONG_AGO + timedelta(days=1))
        answer = client.get("/api/v1/promises/explain/", asked).json()
        assert answer["due_at"].startswith("2026-11-21T11:00")
        assert client.get("/api/v1/promises/explain/", {**asked, "hall": "moon"}).status_code == 404
        with pytest.raises(UnknownHall):
            explain(Question("T15", OPENED, hall="moon"))
