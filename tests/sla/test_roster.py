"""Who hears of an alarm."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.nagging import Nag, next_rung
from sla.roster import Roster, line_from, up_the_line

HALL, OTHER = 1, 2
#: 1 owns it; 2 and 3 supervise the hall, 4 another hall, 5 the company; 9 administers.
ROSTER = Roster(
    roles={"supervisor": frozenset({2, 3, 4, 5}), "administrator": frozenset({9})},
    halls={1: HALL, 2: HALL, 3: HALL, 4: OTHER, 5: None, 9: None},
)


def told(role="supervisor", hall=HALL, owner=1, **changes):
    roster = Roster(**{**{name: getattr(ROSTER, name) for name in ("roles", "halls", "on_duty", "deputies")}, **changes})
    return roster.told(role, hall=hall, owner=owner)


def test_the_people_of_the_hall_come_first():
    assert told() == [2, 3]


def test_a_matter_of_no_hall_goes_to_those_of_the_company():
    assert told(hall=None) == [5]


def test_a_hall_without_the_role_turns_to_the_company():
    assert told(hall=7) == [5]


def test_of_them_only_those_on_duty_are_told():
    assert told(on_duty={HALL: frozenset({3})}) == [3]


def test_with_nobody_on_duty_all_are():
    assert told(on_duty={OTHER: frozenset({4})}) == [2, 3]


def test_the_owner_is_told_alone():
    assert told("owner") == [1]


def test_without_an_owner_the_line_is_asked():
    assert told("owner", owner=None) == [2, 3]


def test_deputies_stand_in_along_the_chain():
    assert told("owner", deputies={1: 2, 2: 3}) == [3]


def test_two_who_stand_in_for_each_other_are_nobody():
    assert told("owner", deputies={1: 2, 2: 1, 3: 2}) == [9]


def test_who_has_left_is_nobody():
    assert told("owner", owner=77) == [2, 3]


def test_a_role_nobody_holds_goes_up_the_line():
    assert told("branch_manager") == [9]


def test_an_empty_house_has_nobody():
    assert told(roles={}, halls={}) == []


def test_the_line_goes_up_before_it_goes_down():
    assert line_from("branch_manager") == ("branch_manager", "head_office", "administrator", "supervisor")
    assert line_from("crew")[0] == "crew"
    assert up_the_line("supervisor")[-1] == "administrator"


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 9)), st.sampled_from(["owner", "supervisor", "crew"]))
def test_whoever_is_told_is_here(deputies, role):
    assert not set(told(role, deputies=deputies)) & set(deputies)


class TestNag:
    NAG = Nag(safety=timedelta(minutes=5), other=timedelta(minutes=30))

    @pytest.mark.parametrize(("repetition", "minutes"), [(1, 30), (2, 30), (3, 60), (4, 120), (99, 24 * 60)])
    def test_it_tires_slowly(self, repetition, minutes):
        assert self.NAG.pause(is_safety=False, repetition=repetition).total_seconds() == minutes * 60

    def test_safety_never_tires(self):
        assert {self.NAG.pause(is_safety=True, repetition=number).total_seconds() for number in (1, 9, 99)} == {300}

    def test_repetitions_are_numbered(self):
        assert [next_rung("100%"), next_rung("100%.2")] == [("100%.2", 1), ("100%.3", 2)]
