"""Two at once over one repair, each in a thread with a connection of its own: one crew is asked for, and nobody follows in a circle."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldwork.models import Visit
from repairs.models import Repair
from repairs.operations import following, ordering
from tests.billing.test_lock_order import locked_in
from tests.billing.test_races import at_once
from tests.repairs.conftest import BY

pytestmark = pytest.mark.django_db(transaction=True)


def read(repair):
    """As another request would read it."""
    return Repair.objects.select_related("case__timeline", "territory", "follows__case").get(pk=repair.pk)


def test_a_button_pressed_twice_asks_for_one_crew(reported, fang, now):
    repair = reported(fault="meter")
    Visit.objects.update(status="cancelled", ended_at=now)
    at_once(*(partial(ordering.send_again, repair=read(repair), by=fang.user, at=now) for _press in range(3)))
    assert (Visit.objects.open().count(), Visit.objects.count()) == (1, 2)


def test_of_two_that_would_follow_each_other_one_leads(reported, town, now):
    one, other = (reported(fault="low_pressure", place="开元名都1号楼1单元101") for _report in range(2))
    pairs = ((one, other), (other, one))
    acts = [partial(following.follow, repair=read(second), lead=read(first), by=BY, at=now) for first, second in pairs]
    assert sorted(type(result).__name__ for result in at_once(*acts)) == ["NotAlike", "Repair"]
    assert Repair.objects.filter(follows=None).count() == 1
    assert Visit.objects.open().count() == 1


@pytest.mark.parametrize("act", ["follow", "classify"])
def test_a_visit_is_held_before_the_timeline_it_is_told_on(reported, town, act, fang, now):
    """As in a crew's own steps (docs/decisions/0014): nobody waits in a circle."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL locks rows")
    lead, second = (read(reported(fault="low_pressure", place="开元名都1号楼1单元101")) for _report in range(2))
    acts = {
        "follow": partial(following.follow, repair=second, lead=lead),
        "classify": partial(ordering.classify, repair=second, classification="ordinary", urgency="emergency"),
    }
    with CaptureQueriesContext(connection) as seen:
        acts[act](by=fang.user, at=now)
    held = [table for query in seen.captured_queries for table in locked_in(query["sql"])]
    assert held.index("fieldwork_visit") < held.index("casework_timeline")


def test_nobody_is_sent_for_a_repair_that_ended_meanwhile(reported, fang, now):
    repair = reported(fault="meter")
    stale = read(repair)
    Visit.objects.update(status="cancelled", ended_at=now)
    type(repair.case).objects.update(closed_at=now)
    with pytest.raises(ordering.NothingToSend):
        ordering.send_again(repair=stale, by=fang.user, at=now)


def test_a_form_sent_twice_in_the_same_moment_is_one_report(town):
    form = {"fault": "meter", "place": "文峰路1号", "phone": "13900139000", "once": "a1b2"}
    answers = at_once(*(partial(Client().post, "/report/", form) for _thumb in range(2)))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Repair.objects.count() == 1
