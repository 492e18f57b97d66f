"""The forecast on the board: read from hours that were counted, in a fixed number of statements, and held against what came."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Absence, Duty
from accounts.roles import Role
from sla import tasks
from sla.models import Forecast, HourlyPace
from sla.operations.paces import foretell, pace_hours
from sla.queries.board import Looking
from sla.queries.outlook import judged, outlook
from tests.conftest import NOW
from tests.factories.accounts import HallFactory, StaffFactory
from tests.factories.sla import ClockFactory, PromiseVersionFactory
from tests.signing_in import sign_in
from tests.statements import statements

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def version():
    return PromiseVersionFactory()


@pytest.fixture
def clock(version, hall, fang):
    """``clock(HOUR)``: open and due in an hour; ``clock(HOUR, ended=…)``: ended then. Of Fang and her hall."""

    def make(due, ended=None, **more):
        about = {"version": version, "hall": hall, "owner": fang, "started_at": NOW - DAY, "due_at": NOW + due}
        ends = {"status": "stopped", "stopped_at": NOW + ended} if ended is not None else {}
        return ClockFactory(**{**about, **ends, **more})

    return make


@pytest.fixture
def dan(db):
    return StaffFactory(hall=None, roles=[Role.SUPERVISOR])


def paced(hours, **counts):
    """Pace rows of Fang's team, at this hour of the last ``hours`` weeks."""
    return [HourlyPace.objects.create(hour=NOW - week * WEEK, **counts) for week in range(1, hours + 1)]


class TestPaces:
    def test_ends_are_counted_in_their_hour_and_breaches_in_that_of_their_due_moment(self, clock, hall):
        clock(-20 * MINUTE, ended=-30 * MINUTE), clock(-3 * HOUR, ended=-30 * MINUTE), clock(-2 * HOUR)
        pace_hours(days=1, at=NOW)
        rows = {row.hour: row for row in HourlyPace.objects.all()}
        last = rows[NOW - HOUR]
        assert (last.ended, last.in_time, last.broken, last.hall, last.team) == (2, 1, 0, hall, "clerk@LL01")
        assert (rows[NOW - 3 * HOUR].broken, rows[NOW - 2 * HOUR].broken) == (1, 1)

    def test_what_began_and_falls_due_soon_is_counted_by_how_soon(self, clock):
        for due, ended in ((HOUR, None), (-30 * MINUTE, -40 * MINUTE), (3 * DAY, None)):
            clock(due, ended, started_at=NOW - HOUR)
        pace_hours(days=1, at=NOW)
        assert HourlyPace.objects.get(hour=NOW - HOUR).ahead == [1, 0, 1]

    def test_counting_again_changes_nothing(self, clock):
        clock(-HOUR, ended=-HOUR)
        pace_hours(days=2, at=NOW)
        pace_hours(days=2, at=NOW)
        assert HourlyPace.objects.get().ended == 1

    def test_older_days_are_left_alone(self, clock):
        kept = paced(2, in_time=3)
        pace_hours(days=2, at=NOW)
        assert set(HourlyPace.objects.all()) == set(kept)


class TestOutlook:
    def test_open_clocks_stand_in_the_hour_in_which_they_fall_due(self, clock):
        for due in (-HOUR, 10 * MINUTE, 50 * MINUTE, 90 * MINUTE, DAY):
            clock(due)
        found = outlook(Looking(), at=NOW)
        assert [one.known.due for one in found.hours] == [2, 1, 0, 0, 0, 0, 0, 0]
        assert (found.due, found.weeks) == (3, 0)

    def test_the_pace_is_that_of_the_same_hour_of_the_last_weeks(self, clock):
        paced(4, in_time=2), paced(6, hall=HallFactory(), in_time=1, ahead=[1])
        HourlyPace.objects.create(hour=NOW - 2 * DAY, in_time=50)
        first = outlook(Looking(), at=NOW).hours[0]
        assert (first.known.pace, first.known.ahead[0], first.known.part) == (3, 1, 1)

    def test_a_young_house_is_measured_by_the_weeks_it_has(self):
        paced(2, in_time=4)
        found = outlook(Looking(), at=NOW)
        assert (found.weeks, found.hours[0].known.pace) == (2, 4)

    def test_part_of_an_hour_is_left(self, clock):
        clock(10 * MINUTE)
        first, second, *_rest = outlook(Looking(), at=NOW + 45 * MINUTE).hours
        assert (first.known.part, first.known.begins, second.known.part) == (0.25, NOW + 45 * MINUTE, 1)

    def test_people_on_the_roster_count_unless_they_are_away(self, fang, qiang, hall):
        paced(1, in_time=4)
        for who in (fang, qiang):
            Duty.objects.create(staff=who, hall=hall, starts_at=NOW - HOUR, ends_at=NOW + HOUR / 2)
        Duty.objects.create(staff=fang, hall=hall, starts_at=NOW - WEEK, ends_at=NOW - WEEK + 4 * HOUR)
        Absence.objects.create(staff=qiang, deputy=fang, starts_at=NOW + HOUR / 4, ends_at=NOW + DAY)
        first = outlook(Looking(), at=NOW).hours[0]
        assert (first.known.people, first.known.people_then, first.done) == (0.75, 1, 3)

    def test_of_a_hall_and_a_team(self, clock, hall, fang):
        paced(1, hall=hall, team="clerk@LL01", in_time=2), paced(1, hall=HallFactory(), team="crew@", in_time=5)
        clock(HOUR / 2), clock(HOUR / 2, hall=HallFactory(), owner=StaffFactory(roles=[Role.CREW]))
        for looking in (Looking(hall=hall.pk), Looking(team="clerk"), Looking(team="clerk@LL01")):
            first = outlook(looking, at=NOW).hours[0]
            assert (first.known.due, first.known.pace) == (1, 2)


class TestJudged:
    def test_what_was_said_is_kept_and_the_first_word_stays(self, clock):
        paced(1, in_time=1)
        clock(4 * HOUR + MINUTE), clock(4 * HOUR + MINUTE), clock(4 * HOUR + MINUTE)
        foretell(at=NOW)
        foretell(at=NOW + MINUTE)
        row = Forecast.objects.get()
        assert (row.hour, row.made_at, row.due, row.broken) == (NOW + 4 * HOUR, NOW, 3, 2)  # one hand is free until then

    def test_without_a_pace_nothing_is_foretold(self, clock):
        foretell(at=NOW)
        assert not Forecast.objects.exists()

    def test_it_is_held_against_what_came(self):
        for hours, said, came in ((2, 3, 2), (3, 0, 4), (4, 1, 0)):
            Forecast.objects.create(hour=NOW - hours * HOUR, made_at=NOW, due=5, broken=said)
            HourlyPace.objects.create(hour=NOW - hours * HOUR, broken=came)
        found = judged(NOW)
        assert (found.hours, found.near, found.said, found.came) == (3, 2, 4, 6)

    def test_an_hour_that_is_not_over_is_not_judged(self):
        Forecast.objects.create(hour=NOW, made_at=NOW, due=5, broken=1)
        assert judged(NOW) is None

    def test_the_hourly_job_counts_and_says(self, clock):
        paced(1, in_time=1)
        clock(-HOUR, ended=-HOUR), clock(4 * HOUR)
        tasks.score_today.func()
        assert HourlyPace.objects.get(hour=NOW - HOUR).in_time == 1
        assert Forecast.objects.get().due == 1


class TestPart:
    def page(self, who, **asked):
        return sign_in(Client(), who).get(reverse("sla:board_ahead"), asked)

    def test_it_says_at_whose_pace(self, clock, dan):
        paced(4, in_time=1)
        clock(HOUR / 2), clock(HOUR / 2), clock(HOUR / 2)
        page = self.page(dan).text
        assert (
            "Open and due in the next 8 hours: 3; about 0 more will come. At the pace of the last 4 weeks at these hours, about 2" in page
        )
        assert "Nobody is on the roster" in page

    def test_before_a_week_is_counted_it_foretells_nothing(self, clock, dan):
        clock(HOUR / 2)
        page = self.page(dan).text
        assert "can be said once a week has been counted" in page
        assert "Likely broken" not in page

    def test_an_empty_time_says_what_would_be_here(self, dan):
        assert "Nothing falls due in the next 8 hours" in self.page(dan).text

    def test_a_head_sees_the_own_hall(self, clock, qiang):
        clock(HOUR / 2), clock(HOUR / 2, hall=HallFactory())
        assert self.page(qiang).context["outlook"].due == 1

    @pytest.mark.parametrize("asked", [{}, {"hall": "LL01", "team": "clerk@LL01"}])
    def test_it_takes_no_more_statements_for_more(self, clock, dan, fang, hall, asked):
        counts = []
        for more in (1, 30):
            for number in range(more):
                clock(HOUR), HourlyPace.objects.create(hour=NOW - WEEK, team=f"t{more}{number}")
            self.page(dan, **asked)
            client = sign_in(Client(), dan)
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse("sla:board_ahead"), asked)
            counts.append(statements(seen))
        assert counts[0] == counts[1] <= 20
