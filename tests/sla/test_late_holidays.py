"""A holiday that is entered when clocks already run: it changes no history, and the future only on purpose."""

from datetime import date, timedelta

import pytest

from accounts.actors import System
from casework.operations import Opening, Step, open_case, record
from sla.models import Clock
from sla.operations.moving import recompute
from sla.queries import policies
from tests.factories.sla import CalendarDayFactory, HallHoursFactory, PromiseVersionFactory

from .calendars import sh

pytestmark = pytest.mark.django_db
OPENED, DUE, DAY = sh("2026-12-22 10:00"), sh("2026-12-24 10:00"), timedelta(days=1)


@pytest.fixture
def case(fang):
    """Two working days: due on Thursday 24 December at ten."""
    HallHoursFactory(country="")
    PromiseVersionFactory(limit="P2WD", calendar="hall")
    return open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=OPENED)


def close(day, *, written_at, **more):
    """Staff say that the hall is closed that day."""
    CalendarDayFactory(day=day, written_at=written_at, **more)
    policies.forget()


def happens(case, verb, at):
    record(timeline_id=case.timeline_id, steps=[Step(verb, {})], by=System("tests"), at=at)


def due():
    return Clock.objects.get().due_at


def test_what_was_broken_is_not_healed_by_it(case):
    close(date(2026, 12, 24), written_at=sh("2026-12-25 08:00"))
    happens(case, "case.answered", sh("2026-12-25 09:00"))
    clock = Clock.objects.get()
    assert (clock.due_at, clock.stopped_at > clock.due_at) == (DUE, True)


def test_a_running_clock_keeps_what_it_began_with(case):
    close(date(2026, 12, 24), written_at=sh("2026-12-23 08:00"))
    happens(case, "case.waiting_for_customer", sh("2026-12-23 09:00"))
    happens(case, "case.customer_answered", sh("2026-12-23 10:00"))
    assert due() == sh("2026-12-24 11:00")


def test_it_counts_for_what_begins_afterwards(case, fang):
    close(date(2026, 12, 24), written_at=sh("2026-12-22 11:00"))
    open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=sh("2026-12-22 12:00"))
    assert [clock.due_at for clock in Clock.objects.order_by("pk")] == [DUE, sh("2026-12-25 13:30")]


def test_moved_on_purpose_it_counts_from_then_on(case, ada):
    close(date(2026, 12, 24), written_at=sh("2026-12-23 08:00"))
    recompute(promise="T15", by=ada.user, at=sh("2026-12-23 09:00"))
    clock = Clock.objects.get()
    assert clock.due_at == sh("2026-12-25 10:00")
    assert [step["code"] for step in clock.trace].count("changed") == 1
    happens(case, "case.answered", sh("2026-12-25 09:00"))
    assert due() == sh("2026-12-25 10:00")


def test_moved_after_it_was_broken_it_stays_broken(case, ada):
    close(date(2026, 12, 24), written_at=sh("2026-12-25 08:00"))
    recompute(promise="T15", by=ada.user, at=sh("2026-12-25 09:00"))
    assert due() == DUE


def test_an_entry_taken_back_holds_for_clocks_that_began_while_it_stood(case, fang):
    close(date(2026, 12, 24), written_at=OPENED - DAY, replaced_at=OPENED + DAY)
    case = open_case(opening=Opening(kind="general_request", subject="card", channel="hall"), by=fang.user, at=OPENED)
    happens(case, "case.answered", OPENED + 2 * DAY)
    assert Clock.objects.get(timeline=case.timeline_id).due_at == sh("2026-12-25 10:00")
