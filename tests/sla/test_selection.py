"""The most specific promise of a family holds; ties go to the shorter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla import selection
from sla.selection import Rival

VALUES = {"kind": ["repair", "complaint"], "segment": ["vip", "ordinary"], "area": ["urban", "rural"], "urgency": ["normal"]}
CASES = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})
SELECTS = st.fixed_dictionaries(
    {}, optional={name: st.sets(st.sampled_from(values), min_size=1).map(frozenset) for name, values in VALUES.items()}
)
RIVALS = st.lists(
    st.builds(
        Rival,
        key=st.uuids().map(str),
        family=st.sampled_from(["", "repair", "answer"]),
        selects=SELECTS,
        length=st.sampled_from([60.0, 3600.0, float("inf")]),
    ),
    max_size=8,
)


def chosen(rivals, **attributes):
    return [rival.key for rival in selection.choose(rivals, attributes)]


def rival(key, length=60.0, family="f", **selects):
    return Rival(key, family, {name: frozenset(values.split("|")) for name, values in selects.items()}, length)


class TestChoose:
    def test_the_one_that_names_more_holds(self):
        rivals = [rival("A", kind="repair"), rival("B", kind="repair", area="rural", length=9999.0)]
        assert chosen(rivals, kind="repair", area="rural") == ["B"]

    def test_a_segment_outweighs_an_area(self):
        rivals = [rival("A", area="rural", length=1.0), rival("B", segment="vip")]
        assert chosen(rivals, area="rural", segment="vip") == ["B"]

    def test_of_two_as_specific_the_shorter_holds(self):
        rivals = [rival("A", area="rural", length=120.0), rival("B", urgency="normal", length=60.0)]
        assert chosen(rivals, area="rural", urgency="normal") == ["B"]

    def test_of_two_as_specific_and_as_long_the_lower_key_holds(self):
        assert chosen([rival("B"), rival("A")]) == ["A"]

    def test_milestones_run_side_by_side(self):
        assert chosen([rival("A", family="arrival"), rival("B", family="callback")]) == ["A", "B"]

    def test_without_a_family_a_promise_stands_alone(self):
        assert chosen([rival("A", family=""), rival("B", family="")]) == ["A", "B"]

    def test_nothing_holds_for_somebody_not_meant(self):
        assert chosen([rival("A", segment="vip|key_account")], segment="ordinary") == []

    def test_what_is_not_known_is_not_meant(self):
        assert chosen([rival("A", area="rural")]) == []

    @given(RIVALS, CASES)
    def test_each_family_gets_at_most_one_and_it_fits(self, rivals, attributes):
        found = selection.choose(rivals, attributes)
        families = [one.family or one.key for one in found]
        assert len(families) == len(set(families))
        assert all(selection.fits(one.selects, attributes) for one in found)

    @given(RIVALS, CASES)
    def test_nobody_left_out_is_more_specific(self, rivals, attributes):
        winners = {one.family or one.key: one for one in selection.choose(rivals, attributes)}
        for one in rivals:
            if selection.fits(one.selects, attributes):
                winner = winners[one.family or one.key]
                assert (-selection.weight(winner.selects), winner.length) <= (-selection.weight(one.selects), one.length)

    @given(RIVALS, CASES)
    def test_the_order_they_are_given_in_does_not_matter(self, rivals, attributes):
        assert selection.choose(rivals, attributes) == selection.choose(list(reversed(rivals)), attributes)


class TestRead:
    def test_an_empty_list_selects_like_none(self):
        assert selection.read({"kind": ["repair"], "area": []}) == {"kind": frozenset({"repair"})}

    def test_an_unknown_dimension_is_refused(self):
        with pytest.raises(selection.UnknownDimension, match="colour"):
            selection.read({"colour": ["red"]})
