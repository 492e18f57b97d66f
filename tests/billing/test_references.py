import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.references import is_valid, new_reference


def test_no_two_are_alike():
    assert len({new_reference() for _ in range(2_000)}) == 2_000


@given(st.integers(0, 11), st.sampled_from("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"))
def test_one_wrong_character_is_noticed(place, other):
    reference = new_reference()
    wrong = reference[:place] + other + reference[place + 1 :]
    assert is_valid(wrong) == (wrong == reference)


@pytest.mark.parametrize("text", ["", "T", "?" * 12, "T2345678912345"])
def test_what_is_no_reference_is_none(text):
    assert not is_valid(text)
