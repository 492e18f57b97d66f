"""Where somebody means: known places, coordinates in words, other cities; and phones however they were typed."""

import pytest

from accounts.phones import read_phone
from accounts.queries.named_places import named_in
from repairs import places
from repairs.queries.places import locate

OURS = ["临沂市", "兰陵县"]


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("青岛市市南区香港中路1号", "青岛"),
        ("山东省临沂市兰陵县开元名都", ""),
        ("兰陵县城市花园3号楼", ""),
        ("大润发超市门口", ""),
        ("г. Казань, ул. Ленина 5", "Казань"),
        ("Kaiyuan Mingdu 3", ""),
    ],
)
def test_only_a_city_that_is_called_one_and_is_not_ours_is_strange(words, city):
    assert places.foreign_city(words, OURS) == city


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("34.857, 118.07", (34.857, 118.07)),
        ("near ３４．８５７，１１８．０７ by the road", (34.857, 118.07)),
        ("134.8, 118.0", None),
        ("3号楼2单元", None),
        ("+8613800138000", None),
    ],
)
def test_coordinates_are_found_in_words(words, point):
    assert places.coordinates_in(words) == point


@pytest.mark.django_db
class TestLocating:
    def test_words_name_the_deepest_place_without_doubt(self, town):
        assert named_in("兰陵县开元名都11号楼2单元302") == town["units"][3]
        assert named_in("开元名都") == town["compound"]
        assert named_in("somewhere") is None

    def test_a_place_brings_its_area_and_coordinates(self, town):
        where = locate(premises=None, words="开元名都1号楼", point=None)
        assert (where.territory, where.area, where.latitude, where.reasons) == (town["buildings"][0], "urban", 34.8571, ())

    def test_a_bare_point_finds_the_nearest_place(self, town):
        where = locate(premises=None, words="", point=(34.8598, 118.0798))
        assert (where.territory, where.latitude, where.area) == (town["buildings"][1], 34.8598, "urban")

    def test_a_point_far_away_is_outside_and_in_no_place_of_ours(self, town):
        where = locate(premises=None, words="36.07, 120.38", point=None)
        assert (where.territory, where.latitude, where.reasons) == (None, 36.07, ("outside_area",))
        assert locate(premises=None, words="", point=(34.86, 118.5)).is_outside

    def test_another_city_is_outside(self, town):
        where = locate(premises=None, words="青岛市市南区香港中路1号", point=None)
        assert where.is_outside
        assert where.area == "urban"

    def test_a_place_nobody_knows_gets_the_shortest_times_and_says_so(self, town):
        where = locate(premises=None, words="behind the school", point=None)
        assert (where.territory, where.area, where.reasons) == (None, "urban", ("place_unknown", "area_unknown"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13800138000", "+8613800138000"),
        ("１３８ ００１３ ８０００", "+8613800138000"),
        ("0086-138-0013-8000", "+8613800138000"),
        ("tel. 138 0013 8000, evenings", "+8613800138000"),
        ("(0539) 512-6119", "+865395126119"),
        ("5126119", "+865395126119"),
        ("+7 913 123-45-67", "+79131234567"),
        ("12", ""),
        ("ask my son", ""),
        ("99999999999999", ""),
    ],
)
def test_a_phone_is_read_however_it_was_typed(typed, read):
    assert read_phone(typed) == read
