"""Two at once over one repair, each in a thread with a connection of its own: one crew is asked for, and nobody follows in a circle."""

from functools import partial

import pytest

from fieldwork.models import Visit
from repairs.models import Repair
from repairs.operations import following, ordering
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
