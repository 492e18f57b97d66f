"""References are said over the phone: a slip of the tongue is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.references import ALPHABET, grouped, is_valid, new_code, new_reference, tidy


def test_no_two_are_alike():
    assert len({new_reference("G") for _ in range(2_000)}) == 2_000


@given(st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_mark_is_noticed(place, other):
    reference = new_reference("G")
    wrong = reference[:place] + other + reference[place + 1 :]
    assert is_valid(wrong) == (wrong == reference)


@given(st.integers(0, 7))
def test_two_swapped_neighbours_are_noticed(place):
    reference = new_reference("R")
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    assert is_valid(swapped) == (swapped == reference)


def test_no_mark_is_taken_for_another():
    assert not set("AEIOUY01L") - {"L"} & set(ALPHABET)


@pytest.mark.parametrize("text", ["", "G", "?" * 9, "G2345678", "ÅÅÅÅÅÅÅÅÅ"])
def test_what_is_no_reference_is_none(text):
    assert not is_valid(text)


@given(st.sampled_from(["{}", " {} ", "{}\u3000", "{}-", "\uff0d{}"]))
def test_it_is_read_however_it_is_typed(shape):
    reference = new_reference("G")
    assert tidy(shape.format(grouped(reference).lower())) == reference


def test_it_is_shown_in_groups():
    assert (grouped("G4K7QX2MP"), grouped("23456789")) == ("G4K-7QX-2MP", "2345-6789")
    assert len(new_code()) == 8
