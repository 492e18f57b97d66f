"""What the dispatcher sees: who goes first, where, and how the crews stand; with as many statements for one visit as for thirty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import fieldwork.operations
from fieldwork.models import CrewShift, Visit
from fieldwork.queries import outlook
from fieldwork.queries.board import PAGE, Box, Wanted, board, bounds, crews_now, map_cells
from tests.factories.accounts import TerritoryFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, VisitFactory, crew_out
from tests.fieldwork.conftest import NEAR
from tests.statements import statements

pytestmark = pytest.mark.django_db


def count(look):
    """Statements that a look takes."""
    with CaptureQueriesContext(connection) as seen:
        look()
    return statements(seen)


CITY = Box(LATITUDE - 0.1, LONGITUDE - 0.1, LATITUDE + 0.1, LONGITUDE + 0.1)


def listed(**wanted):
    return [line.visit.pk for line in board(Wanted(**wanted)).lines]


class TestList:
    def test_danger_first_then_who_cannot_help_themselves_then_the_oldest(self, asked, account, now):
        account.customer.is_vulnerable = True
        account.customer.save(update_fields=["is_vulnerable"])
        old = asked(at=now - timedelta(hours=3))
        new, frail, leak = asked(), asked(account=account), asked(urgency="emergency")
        assert listed() == [leak.pk, frail.pk, old.pk, new.pk]

    def test_what_falls_due_sooner_comes_first_among_equals(self, asked):
        later, sooner = asked(), asked()
        for visit, due in ((later, 5), (sooner, 2)):
            visit.timeline.next_due_at = visit.asked_at + timedelta(hours=due)
            visit.timeline.save(update_fields=["next_due_at"])
        assert listed() == [sooner.pk, later.pk]

    def test_what_has_ended_is_gone(self, asked, yan, now):
        fieldwork.operations.cancel(visit=asked(), by=yan.user, at=now)
        assert listed() == []

    def test_it_says_by_when_somebody_must_be_there(self, book, asked, now):
        asked(urgency="emergency")
        [line] = board(Wanted()).lines
        assert line.arrive_by == now + timedelta(hours=1)

    def test_and_until_when_the_crew_has_to_answer(self, asked, near, yan, now):
        fieldwork.operations.offer(visit=asked(), crew=near, by=yan.user, at=now)
        [line] = board(Wanted()).lines
        assert line.answer_by == now + timedelta(minutes=5)

    @pytest.mark.parametrize(
        "wanted",
        [{"skill": "emergency"}, {"urgency": "emergency"}, {"status": "offered"}, {"late": True}],
        ids=lambda wanted: next(iter(wanted)),
    )
    def test_it_shows_what_is_wanted(self, asked, near, yan, now, wanted):
        asked()
        one = asked(urgency="emergency", skill="emergency")
        fieldwork.operations.offer(visit=one, crew=near, by=yan.user, at=now)
        Visit.objects.filter(pk=one.pk).update(late_foreseen_at=now)
        assert listed(**wanted) == [one.pk]
        assert listed(crew=near.pk) == [one.pk]

    def test_a_place_is_shown_with_all_below_it(self, asked, quarter):
        inside, elsewhere = TerritoryFactory(parent=quarter), TerritoryFactory()
        one = VisitFactory(territory=inside)
        VisitFactory(territory=elsewhere)
        assert listed(territory=quarter.path) == [one.pk]

    def test_it_counts_everything_that_fits(self, asked, near, yan, now):
        fieldwork.operations.offer(visit=asked(urgency="emergency"), crew=near, by=yan.user, at=now)
        asked()
        Visit.objects.filter(status="asked").update(late_foreseen_at=now)
        seen = board(Wanted())
        assert (seen.total, seen.by_status, seen.emergencies, seen.late) == (2, {"offered": 1, "asked": 1}, 1, 1)

    def test_pages_follow_one_another(self, quarter):
        VisitFactory.create_batch(PAGE + 2, territory=quarter)
        first, second = board(Wanted()), board(Wanted(), page=2)
        assert (len(first.lines), len(second.lines)) == (PAGE, 2)
        assert (first.has_more(1), second.has_more(2)) == (True, False)

    def test_the_statements_do_not_grow(self, quarter, near):
        def look():
            for line in board(Wanted()).lines:
                _ = line.visit.case.premises, line.visit.territory, line.visit.timeline.next_due_at, line.visit.crew

        VisitFactory(territory=quarter)
        few = count(look)
        VisitFactory.create_batch(20, territory=quarter)
        assert count(look) == few == 5


class TestMap:
    def test_what_lies_close_together_is_one_cell(self, quarter):
        VisitFactory.create_batch(3, territory=quarter, urgency="emergency")
        far = VisitFactory(territory=quarter, latitude=LATITUDE + 0.09)
        cells = map_cells(Wanted(), box=CITY, columns=10)
        assert sorted((cell.count, cell.emergencies, cell.waiting) for cell in cells) == [(1, 0, 1), (3, 3, 3)]
        assert next(cell.visit for cell in cells if cell.count == 1) == far.pk

    def test_what_lies_outside_the_box_is_not_drawn(self, quarter):
        VisitFactory(territory=quarter, latitude=LATITUDE + 1)
        VisitFactory(territory=quarter, latitude=None, longitude=None)
        assert map_cells(Wanted(), box=CITY, columns=10) == []

    def test_the_bounds_hold_everything(self, quarter):
        assert bounds(Wanted()) is None
        VisitFactory(territory=quarter)
        VisitFactory(territory=quarter, latitude=LATITUDE + 0.5)
        assert bounds(Wanted()) == Box(LATITUDE, LONGITUDE, LATITUDE + 0.5, LONGITUDE)

    def test_one_statement(self, quarter):
        VisitFactory.create_batch(20, territory=quarter)
        assert count(lambda: map_cells(Wanted(), box=CITY, columns=10)) == 1


class TestCrews:
    def test_those_out_come_before_those_on_call(self, near, far, now):
        CrewShift.objects.filter(crew=near).update(is_on_call=True)
        assert [(line.crew.code, line.is_on_call) for line in crews_now(now)] == [("K2", False), ("K1", True)]

    def test_with_people_place_and_load(self, asked, near, yan, hong, now):
        fieldwork.operations.offer(visit=asked(), crew=near, by=yan.user, at=now)
        [line] = crews_now(now)
        assert ([one.staff for one in line.people], line.visits, line.load, line.place) == ([hong], {"offered": 1}, 1, NEAR)

    def test_who_is_not_on_the_roster_is_not_there(self, near, now):
        CrewShift.objects.update(ends_at=now)
        assert crews_now(now) == []

    def test_the_statements_do_not_grow(self, now, asked, quarter):
        visit = asked()
        crew_out(code="A1", territories=[quarter], at=NEAR)
        few = count(lambda: crews_now(now)), count(lambda: outlook(visit, now))
        for place in range(9):
            crew_out(code=f"B{place}", territories=[quarter], at=NEAR)
        assert (count(lambda: crews_now(now)), count(lambda: outlook(visit, now))) == few
        assert few[0] == 4
        assert few[1] <= 8
