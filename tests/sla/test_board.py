"""The supervisors' board: what is due first, what is late, what nobody took up; and never a statement more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from sla.models import Escalation
from sla.operations.escalations import forget_ended
from sla.queries.arrivals import arrivals_today
from sla.queries.board import COUNTED, Looking, board
from tests.conftest import NOW
from tests.factories.accounts import HallFactory, StaffFactory
from tests.factories.casework import CaseFactory
from tests.factories.sla import ClockFactory, EscalationFactory, PromiseVersionFactory
from tests.signing_in import sign_in
from tests.statements import statements

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def dan():
    """The supervisor of all halls."""
    return StaffFactory(user__username="dan", number="090", name="董丹", hall=None, roles=[Role.SUPERVISOR])


@pytest.fixture
def version():
    return PromiseVersionFactory(texts={"en": {"title": "An answer"}})


@pytest.fixture
def due(version, hall, fang):
    """``due(HOUR)``: a clock due an hour from now, in Fang's hands."""

    def make(distance, **more):
        case = CaseFactory()
        about = {"timeline": case.timeline, "version": version, "hall": hall, "owner": fang, "area": "urban"}
        return ClockFactory(**{**about, "started_at": NOW - DAY, "due_at": NOW + distance, **more})

    return make


def page_of(who, route="sla:board", **asked):
    return sign_in(Client(), who).get(reverse(route), asked)


class TestNumbers:
    def test_an_hour_ahead_and_everything_behind_are_counted(self, due):
        for distance in (-DAY, -HOUR, HOUR / 2, 2 * HOUR):
            due(distance)
        found = board(Looking(), at=NOW)
        assert (found.soon, found.overdue) == (1, 2)

    def test_what_ended_or_stands_still_is_not(self, due):
        due(-HOUR, status="stopped", stopped_at=NOW)
        due(-HOUR, status="paused")
        found = board(Looking(), at=NOW)
        assert (found.overdue, found.lines) == (0, ())

    def test_a_matter_counts_once_however_often_it_rang(self, due):
        clock = due(-HOUR)
        for rung in ("100%", "100%.2"):
            EscalationFactory(alarm__clock=clock, alarm__rung=rung)
        assert board(Looking(), at=NOW).waiting == 1

    def test_counting_stops_somewhere(self, due, monkeypatch):
        monkeypatch.setattr("sla.queries.board.COUNTED", 2)
        for _ in range(5):
            due(-HOUR)
        assert board(Looking(), at=NOW).overdue == 3
        assert COUNTED >= 1000

    def test_in_a_storm_the_latest_rings_stand_for_all(self, due, dan, monkeypatch):
        monkeypatch.setattr("sla.queries.board._RINGS", 2)
        for _ in range(3):
            EscalationFactory(alarm__clock=due(-HOUR))
        found = board(Looking(), at=NOW)
        assert (found.waiting, found.is_storm) == (2, True)
        assert "2+" in page_of(dan).text

    def test_escalations_of_ended_clocks_leave_the_index(self, due):
        ended = EscalationFactory(alarm__clock=due(-HOUR, status="stopped", stopped_at=NOW))
        EscalationFactory(alarm__clock=due(-HOUR))
        assert forget_ended(at=NOW) == 1
        assert Escalation.objects.get(over_at=NOW) == ended


class TestLines:
    def test_what_is_due_first_stands_first(self, due):
        late, soon = due(-HOUR), due(HOUR)
        due(-2 * DAY, status="stopped", stopped_at=NOW)
        assert [line.clock for line in board(Looking(), at=NOW).lines] == [late.pk, soon.pk]

    def test_a_line_says_what_where_and_whose(self, due, hall, fang):
        clock = due(HOUR)
        line = board(Looking(), at=NOW).lines[0]
        assert (line.title, line.hall, line.area, line.person) == ("An answer", hall.name, "urban", fang.name)
        assert line.reference == clock.timeline.case.reference

    @pytest.mark.parametrize(("lines", "count"), [("soon", 1), ("overdue", 2), ("waiting", 1), ("", 4)])
    def test_a_big_number_shows_its_lines(self, due, lines, count):
        clocks = [due(distance) for distance in (-DAY, -HOUR, HOUR / 2, 2 * HOUR)]
        EscalationFactory(alarm__clock=clocks[0])
        assert len(board(Looking(lines=lines), at=NOW).lines) == count

    def test_by_hall_team_and_person(self, due, hall, fang):
        other = StaffFactory(number="018", roles=[Role.CREW])
        due(HOUR), due(HOUR, owner=other, hall=other.hall)
        for looking in (Looking(hall=hall.pk), Looking(person=fang.number), Looking(team="clerk"), Looking(team="clerk@LL01")):
            assert [line.number for line in board(looking, at=NOW).lines] == [fang.number]


class TestArrivals:
    def test_todays_stand_on_a_line_of_an_hour(self, version, due):
        arrival = PromiseVersionFactory(promise__key="T06", promise__kind="arrival", is_safety=True, pauses_on=[])
        for minutes, limit in ((12, 60), (12, 60), (75, 60)):
            began = NOW - timedelta(minutes=80)
            stopped = began + timedelta(minutes=minutes)
            ended = {"status": "stopped", "started_at": began, "stopped_at": stopped, "due_at": began + timedelta(minutes=limit)}
            ClockFactory(version=arrival, **ended)
        found = arrivals_today(Looking(), at=NOW)
        assert [(dot.minutes, dot.level, dot.in_time) for dot in found.dots] == [(12, 0, True), (12, 1, True), (60, 0, False)]
        assert (found.in_time, found.half) == (2, 12)

    def test_yesterdays_do_not(self, due):
        arrival = PromiseVersionFactory(promise__key="T06", promise__kind="arrival")
        ClockFactory(version=arrival, status="stopped", started_at=NOW - 2 * DAY, stopped_at=NOW - DAY)
        assert arrivals_today(Looking(), at=NOW).dots == ()


class TestPage:
    def test_the_wall_hides_names(self, due, dan, fang):
        due(HOUR)
        assert fang.name in page_of(dan).text
        wall = page_of(dan, wall=1).text
        assert fang.name not in wall
        assert fang.number in wall

    def test_a_head_sees_only_the_own_hall(self, due, qiang):
        mine, theirs = due(HOUR), due(HOUR, hall=HallFactory())
        page = page_of(qiang, hall=theirs.hall.code)
        assert [line.clock for line in page.context["board"].lines] == [mine.pk]

    def test_a_line_leads_to_its_case(self, due, dan):
        clock = due(HOUR)
        assert reverse("casework:case", args=[clock.timeline.case.reference]) in page_of(dan).text

    @pytest.mark.parametrize("route", ["sla:board", "sla:board_live"])
    def test_it_takes_no_more_statements_for_more_cases(self, due, dan, route):
        counts = []
        for more in (1, 60):
            for _ in range(more):
                EscalationFactory(alarm__clock=due(-HOUR))
            page_of(dan, route)
            client = sign_in(Client(), dan)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(reverse(route))
            counts.append(statements(seen))
        assert counts[0] == counts[1]
        assert counts[1] <= {"sla:board": 27, "sla:board_live": 14}[route]


class TestAcknowledge:
    def press(self, who, escalation, **form):
        return sign_in(Client(), who).post(reverse("sla:acknowledge", args=[escalation.pk]), form)

    def test_one_press_takes_it_up(self, due, dan):
        escalation = EscalationFactory(alarm__clock=due(-HOUR))
        assert self.press(dan, escalation, back="/staff/board/?lines=waiting").url == "/staff/board/?lines=waiting"
        escalation.refresh_from_db()
        assert escalation.acknowledged_by == dan
        assert board(Looking(), at=NOW).waiting == 0

    def test_whoever_was_told_may_without_a_board(self, due, fang):
        escalation = EscalationFactory(alarm__clock=due(-HOUR))
        assert self.press(fang, escalation).status_code == 403
        escalation.told.add(fang)
        assert self.press(fang, escalation).status_code == 302

    def test_a_head_takes_up_nothing_of_another_hall(self, due, qiang):
        escalation = EscalationFactory(alarm__clock=due(-HOUR, hall=HallFactory()))
        assert self.press(qiang, escalation).status_code == 403

    def test_it_leads_nowhere_else(self, due, dan):
        escalation = EscalationFactory(alarm__clock=due(-HOUR))
        assert self.press(dan, escalation, back="https://example.org/").url == reverse("sla:approvals")
