"""What may be of one trouble: near, at one time, of one family. Nobody is merged by it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from repairs.clusters import Reach, Spot, closeness, common_place, is_cluster, metres_between, neighbours
from tests.conftest import NOW

REACH = Reach(150, timedelta(hours=6))


def spot(key=1, fault="leak", minutes=0, **known):
    return Spot(key=key, fault=fault, at=NOW + timedelta(minutes=minutes), **known)


def test_the_same_door_is_closer_than_the_same_building():
    near = [spot(2, building=7), spot(3, building=7, unit=8), spot(4, door=9), spot(5)]
    found = neighbours(spot(1, door=9, unit=8, building=7), near, REACH)
    assert [(other.key, how) for other, how in found] == [(4, "same_door"), (3, "same_unit"), (2, "same_building")]


def test_another_family_of_faults_is_another_trouble():
    assert closeness(spot(building=7), spot(2, "meter", building=7), REACH) == ""
    assert closeness(spot(building=7), spot(2, "pipe", building=7), REACH) == "same_building"


def test_yesterdays_leak_is_another_one():
    assert closeness(spot(building=7), spot(2, minutes=-361, building=7), REACH) == ""
    assert closeness(spot(building=7), spot(2, minutes=-360, building=7), REACH) == "same_building"


def test_near_is_counted_in_metres():
    here = {"latitude": 34.857, "longitude": 118.07}
    assert closeness(spot(**here), spot(2, latitude=34.858, longitude=118.07), REACH) == "near"
    assert closeness(spot(**here), spot(2, latitude=34.859, longitude=118.07), REACH) == ""


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert 111_000 < metres_between((34.0, 118.0), (35.0, 118.0)) < 111_400


@given(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_distance_is_the_same_both_ways_and_at_most_half_around(a, b):
    assert abs(metres_between(a, b) - metres_between(b, a)) < 1
    assert 0 <= metres_between(a, b) <= 20_100_000


def test_one_door_that_rings_often_is_no_cluster():
    assert not is_cluster([5, 5, 5], from_count=3)
    assert is_cluster([5, 6, -7], from_count=3)


def test_the_place_of_a_cluster_is_the_smallest_around_it():
    assert common_place(["/1/7/42/", "/1/7/43/"]) == 7
    assert common_place(["/1/7/42/"]) == 42
    assert common_place(["/1/", "/2/"]) is None
    assert common_place([]) is None
