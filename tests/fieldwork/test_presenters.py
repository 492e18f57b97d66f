"""A visit in the words of the case's timeline: for staff with the crew's name, for customers what concerns them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import fieldwork.operations
from casework.queries.stories import story_for_customer, story_for_staff
from fieldwork.models import Visit
from tests.statements import statements

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(asked, near, far, yan, hong, kai, now):
    """A visit that was declined once and finished by the other crew, partly without signal."""
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    fieldwork.operations.decline(visit=visit, by=hong.user, at=now)
    fieldwork.operations.offer(visit=visit, crew=far, by=yan.user, at=now)
    fieldwork.operations.accept(visit=visit, by=kai.user, at=now)
    fieldwork.operations.arrive(visit=visit, by=kai.user, at=now + 60 * MINUTE, happened_at=now + 25 * MINUTE)
    fieldwork.operations.finish(visit=visit, outcome="no_fault", by=kai.user, at=now + 60 * MINUTE)
    return Visit.objects.get().case


def test_staff_read_who_did_what(told):
    said = [line.text for line in story_for_staff(told)][1:]
    assert said == [
        "A visit was asked for: repair",
        "抢修一班 (K1) was asked to go",
        "抢修一班 (K1) declined",
        "抢修二班 (K2) was asked to go",
        "抢修二班 (K2) has taken it on",
        "抢修二班 (K2) has arrived (done at 10:25, told later)",
        "抢修二班 (K2) has finished: no fault found",
    ]


def test_customers_read_what_concerns_them(told):
    said = [line.text for line in story_for_customer(told)][1:]
    assert said[0] == "A crew has taken it on"
    assert said[-1] == "The crew has finished: no fault found"
    assert not any("抢修" in text or "declined" in text for text in said)


def test_crews_are_named_with_one_statement(told):
    with CaptureQueriesContext(connection) as seen:
        story_for_staff(told)
    assert sum("fieldwork_crew" in query["sql"] for query in seen.captured_queries) == 1
    assert statements(seen) <= 5


@pytest.mark.parametrize(("crews", "said"), [(True, "the soonest in"), (False, "No crew of the territory is out")])
def test_lateness_that_was_foreseen_is_on_the_timeline(asked, carry_out, kai, now, crews, said):
    from tests.factories.fieldwork import crew_out

    if crews:
        crew_out(kai, at=(40.0, 118.0))
    visit = asked(urgency="emergency", skill="emergency")
    carry_out(now)
    assert any(said in line.text for line in story_for_staff(visit.case))
