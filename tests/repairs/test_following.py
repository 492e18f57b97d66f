"""Who follows another report keeps a case, promises and the way back; an emergency is never swallowed."""

import pytest

from accounts.permissions import Forbidden
from fieldwork.models import Visit
from repairs.operations import following, standing_alone
from repairs.queries.nearby import neighbours_of
from sla.models import Clock
from tests.repairs.conftest import BY, verbs

pytestmark = pytest.mark.django_db
HERE, THERE = "开元名都1号楼1单元101", "开元名都1号楼2单元202"


def going_to(repair):
    return Visit.objects.open().filter(case=repair.case).exists()


@pytest.fixture
def follow(now):
    def do(repair, lead, by=BY):
        return following.follow(repair=repair, lead=lead, by=by, at=now)

    return do


@pytest.fixture
def weak(reported, town):
    """Two reports of low pressure in one building."""
    return [reported(fault="low_pressure", place=place, phone="+8613800138000") for place in (HERE, THERE)]


@pytest.fixture
def leaks(reported, town):
    return [reported(fault="leak", place=place) for place in (HERE, THERE)]


def test_the_second_report_in_a_building_is_offered_the_first(weak, now):
    assert [(other.pk, how) for other, how in neighbours_of(weak[1], at=now)] == [(weak[0].pk, "same_building")]


def test_nothing_is_merged_by_itself(weak):
    assert [(one.case.status, going_to(one), one.follows) for one in weak] == [("ordered", True, None)] * 2


def test_who_follows_needs_no_second_crew_and_keeps_the_case(weak, follow):
    lead, second = weak
    follow(second, lead)
    assert (going_to(lead), going_to(second), second.case.status) == (True, False, "ordered")
    assert "repair.joined" in verbs(lead.case)


def test_the_way_back_asks_for_a_crew(weak, follow, now):
    lead, second = weak
    follow(second, lead)
    standing_alone.stand_alone(repair=second, by=BY, at=now)
    assert (going_to(second), second.follows) == (True, None)
    with pytest.raises(standing_alone.NotFollowing):
        standing_alone.stand_alone(repair=second, by=BY, at=now)


def test_an_emergency_at_another_door_keeps_its_own_visit(leaks, follow):
    lead, second = leaks
    follow(second, lead)
    assert (going_to(lead), going_to(second)) == (True, True)


def test_only_a_dispatcher_spares_a_crew_at_an_emergency(leaks, follow, dispatcher, fang, now):
    lead, second = leaks
    follow(second, lead)
    with pytest.raises(Forbidden):
        standing_alone.spare_a_crew(repair=second, by=fang.user, at=now)
    standing_alone.spare_a_crew(repair=second, by=dispatcher.user, at=now)
    assert not going_to(second)


def test_the_same_door_needs_one_crew_even_in_an_emergency(reported, account, follow):
    lead, second = reported(account=account), reported(account=account)
    follow(second, lead)
    assert (going_to(lead), going_to(second)) == (True, False)


@pytest.mark.usefixtures("book")
def test_the_promises_of_followers_end_when_the_crew_is_at_the_first_door(weak, follow, going):
    lead, second = weak
    follow(second, lead)
    going(lead, "accept", "arrive")
    second.case.refresh_from_db()
    arrival = Clock.objects.get(timeline=second.case.timeline_id, version__promise__key="T07")
    assert (second.case.status, arrival.stopped_at is not None) == ("on_site", True)


def test_what_is_no_emergency_ends_as_reported_before(weak, follow, going):
    lead, second = weak
    follow(second, lead)
    going(lead, "accept", "arrive", finish="done")
    second.refresh_from_db()
    assert (second.case.status, second.outcome) == ("finished", "duplicate")


def test_an_emergency_gets_its_own_visit_when_the_first_door_is_done(leaks, follow, going, dispatcher, now):
    lead, second = leaks
    follow(second, lead)
    standing_alone.spare_a_crew(repair=second, by=dispatcher.user, at=now)
    going(lead, "accept", "arrive", finish="done")
    second.case.refresh_from_db()
    assert (going_to(second), second.case.is_unfinished) == (True, True)


def test_a_follower_of_a_follower_follows_the_first(reported, town, follow):
    one, two, three = [reported(fault="low_pressure", place=HERE) for _ in "123"]
    follow(two, one)
    assert follow(three, two).follows == one


@pytest.mark.parametrize("fault", ["meter", "leak"])
def test_another_trouble_is_not_followed(reported, weak, follow, fault):
    with pytest.raises(following.NotAlike):
        follow(reported(fault=fault, place=HERE), weak[0])
