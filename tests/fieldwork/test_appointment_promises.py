"""An agreed time is a promise: kept, broken, carried over, by the clocks that listen to it."""

from datetime import timedelta

import pytest

import casework.operations
import fieldwork.operations
from accounts.actors import System
from fieldwork.models import Visit
from fieldwork.operations import appointments, arranging, offer
from sla.models import Clock, Escalation
from sla.operations.sweeping import sweep_alarms
from tests.factories.casework import CaseFactory
from tests.fieldwork.conftest import at_hour

pytestmark = pytest.mark.usefixtures("book", "area")
MINUTE = timedelta(minutes=1)


def clocks(promise):
    """Status, due moment and whether it is broken in the end, of each clock of a promise."""
    found = Clock.objects.filter(promise=promise).order_by("pk")
    return [(clock.status, clock.due_at, clock.is_breached(at_hour(23, day=9))) for clock in found]


@pytest.fixture
def visit(asked, fang, now):
    visit = asked()
    appointments.agree(case=visit.case, starts_at=at_hour(14), by=fang.user, at=now)
    return Visit.objects.get()


def send(visit, near, yan, hong, moment):
    offer(visit=visit, crew=near, by=yan.user, at=at_hour(12))
    fieldwork.operations.accept(visit=visit, by=hong.user, at=at_hour(12))
    fieldwork.operations.arrive(visit=visit, by=hong.user, at=moment)


def test_it_runs_until_the_window_ends(visit):
    assert clocks("H02") == [("running", at_hour(16), True)]


def test_within_the_window_it_is_kept(visit, near, yan, hong):
    send(visit, near, yan, hong, at_hour(15))
    assert clocks("H02") == [("stopped", at_hour(16), False)]


def test_nobody_came_it_is_broken_and_a_supervisor_hears_it(visit):
    at = at_hour(16)
    sweep_alarms(at=at, by=System("tests"))
    while casework.operations.drain(at + MINUTE):
        pass
    rungs = Escalation.objects.filter(alarm__clock__promise="H02", overtaken_by=None).values_list("alarm__rung", flat=True)
    assert "100%" in list(rungs)
    assert Clock.objects.get(promise="H02").is_breached(at + MINUTE)


def test_come_too_late_it_stays_broken(visit, near, yan, hong):
    send(visit, near, yan, hong, at_hour(17))
    assert clocks("H02") == [("stopped", at_hour(16), True)]


def test_moved_in_time_the_new_moment_holds(visit, fang, now):
    appointments.move(case=visit.case, starts_at=at_hour(9, day=1), by=fang.user, at=now)
    assert clocks("H02") == [("withdrawn", at_hour(16), False), ("running", at_hour(11, day=1), True)]


def test_moved_after_it_was_missed_it_stays_broken_beside_the_new_one(visit, fang):
    appointments.move(case=visit.case, starts_at=at_hour(9, day=1), by=fang.user, at=at_hour(16) + MINUTE)
    assert clocks("H02") == [("stopped", at_hour(16), True), ("running", at_hour(11, day=1), True)]


def test_given_up_after_it_was_missed_it_stays_broken(visit, fang):
    appointments.cancel(case=visit.case, by=fang.user, at=at_hour(17))
    assert clocks("H02") == [("stopped", at_hour(16), True)]


@pytest.mark.parametrize(("purpose", "promise"), [("inspection", "T13"), ("steward", "T19"), ("service", "T93")])
def test_each_purpose_has_the_promise_that_names_it(account, quarter, fang, now, purpose, promise):
    type(account.premises).objects.update(territory=quarter)
    case = CaseFactory(account=type(account).objects.get())
    arranging.arrange(case=case, purpose=purpose, starts_at=at_hour(14), by=fang.user, at=now)
    assert clocks(promise) == [("running", at_hour(16), True)]
    assert clocks("H02") == []
