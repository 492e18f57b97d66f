"""Stages of a whole: a connection's acceptance, its stages by the plan, and the day of gas."""

from datetime import timedelta

import pytest

from accounts.actors import System
from casework.operations import Step, open_timeline, record
from sla.models import Clock
from sla.queries.stages import time_of
from sla.stages import Turn, add_up
from sla.terms import History
from tests.conftest import NOW

BY = System("tests")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOTHING = timedelta(0)


def turn(name, since, until, *pauses):
    """From hour to hour of a day; ``until`` None: it runs."""
    spans = tuple((NOW + began * HOUR, NOW + ended * HOUR) for began, ended in pauses)
    return Turn("H05", name, History(NOW + since * HOUR, pauses=spans, stopped_at=None if until is None else NOW + until * HOUR))


class TestAddingUp:
    def test_stages_that_follow_each_other_add_up_to_the_whole(self):
        found = add_up([turn("", 0, 24)], [turn("survey", 0, 5), turn("design", 5, 24)], until=NOW + 3 * DAY)
        assert [stage.counted for stage in found.stages] == [5 * HOUR, 19 * HOUR]
        assert (found.counted, found.at_once, found.between) == (DAY, NOTHING, NOTHING)

    def test_what_runs_side_by_side_is_counted_once(self):
        found = add_up([turn("", 0, 10)], [turn("approvals", 0, 8), turn("design", 2, 10)], until=NOW + DAY)
        assert (found.counted, found.at_once) == (10 * HOUR, 6 * HOUR)
        assert sum((stage.counted for stage in found.stages), NOTHING) - found.at_once == found.counted

    def test_time_in_no_stage_is_told(self):
        found = add_up([turn("", 0, 10)], [turn("survey", 0, 3), turn("design", 5, 10)], until=NOW + DAY)
        assert found.between == 2 * HOUR

    def test_waiting_is_the_customer_s_time_and_stands_apart(self):
        found = add_up([turn("", 0, 10, (2, 5))], [turn("survey", 0, 10, (2, 5))], until=NOW + DAY)
        assert (found.counted, found.waited) == (7 * HOUR, 3 * HOUR)
        assert [(stage.counted, stage.waited) for stage in found.stages] == [(7 * HOUR, 3 * HOUR)]

    def test_what_runs_counts_up_to_now_and_what_comes_later_not_at_all(self):
        found = add_up([turn("", 0, None)], [turn("survey", 0, None), turn("design", 9, None)], until=NOW + 4 * HOUR)
        assert [(stage.name, stage.counted, stage.ended_at) for stage in found.stages] == [("survey", 4 * HOUR, None)]


@pytest.fixture
def timeline(book):
    return open_timeline(kind="connection", steps=[Step("case.opened")], by=BY, at=NOW)


def tell(timeline, hours, *steps):
    """At once, so many hours later: verbs, or pairs of a verb and the stage it is about."""
    told = [Step(step) if isinstance(step, str) else Step(step[0], {"about": step[1]}) for step in steps]
    record(timeline_id=timeline.pk, steps=told, by=BY, at=NOW + hours * HOUR)


def order(timeline):
    record(timeline_id=timeline.pk, steps=[Step("connection.ordered", {"classification": "individual"})], by=BY, at=NOW)


def standing(timeline):
    return [(clock.promise_id, clock.about, clock.status) for clock in Clock.objects.filter(timeline=timeline).order_by("pk")]


class TestOfAConnection:
    def test_acceptance_and_stages_add_up_to_the_whole(self, timeline):
        tell(timeline, 0.1, "connection.accepted", ("connection.stage_started", "survey"))
        tell(timeline, 5, ("connection.stage_done", "survey"), ("connection.stage_started", "design"))
        tell(timeline, 9, ("connection.stage_done", "design"), "case.resolved")
        found = time_of(timeline.pk, "H04", at=NOW + DAY)
        assert [(stage.promise, stage.name) for stage in found.stages] == [("T17", ""), ("H05", "survey"), ("H05", "design")]
        assert sum((stage.counted for stage in found.stages), NOTHING) == found.counted == 9 * HOUR

    def test_one_stage_waits_for_the_customer_and_the_other_goes_on(self, timeline):
        tell(timeline, 1, ("connection.stage_started", "approvals"), ("connection.stage_started", "design"))
        tell(timeline, 2, ("connection.stage_waits", "design"))
        assert standing(timeline)[-2:] == [("H05", "approvals", "running"), ("H05", "design", "paused")]
        tell(timeline, 3, ("connection.stage_done", "approvals"), ("connection.stage_goes_on", "design"))
        assert standing(timeline)[-2:] == [("H05", "approvals", "stopped"), ("H05", "design", "running")]

    def test_the_day_of_the_plan_gives_way_by_as_long_as_the_whole_waits(self, timeline):
        record(timeline_id=timeline.pk, steps=[Step("connection.planned", {"planned_at": (NOW + 9 * DAY).isoformat()})], by=BY, at=NOW)
        tell(timeline, 5, "case.waiting_for_customer")
        tell(timeline, 29, "case.customer_answered")
        assert Clock.objects.get(promise="H04").due_at == NOW + 10 * DAY

    def test_a_reopening_takes_back_the_whole_and_no_stage_of_it(self, timeline):
        order(timeline)
        tell(timeline, 0, "connection.accepted", ("connection.stage_started", "building"))
        tell(timeline, 5, "connection.installed", ("connection.stage_done", "building"), "case.resolved", "case.closed")
        tell(timeline, 6, "case.reopened")
        assert [promise for promise, _about, status in standing(timeline) if status == "running"] == ["H04"]

    def test_an_order_that_was_called_off_promises_no_installation(self, timeline):
        order(timeline)
        tell(timeline, 1, "order.cancelled")
        assert ("T47", "", "withdrawn") in standing(timeline)

    def test_of_what_never_began_nothing_is_told(self, timeline):
        assert time_of(timeline.pk, "T47", at=NOW) is None
