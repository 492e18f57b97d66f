"""Receipt codes: unguessable, and readable however they were copied."""

from hypothesis import given
from hypothesis import strategies as st

from billing.verification import ALPHABET, LENGTH, in_groups, new_code, read_code


def test_a_code_holds_a_hundred_bits_and_is_never_the_same():
    assert len(ALPHABET) ** LENGTH == 2**100
    assert len({new_code() for _ in range(200)}) == 200


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_survives_being_grouped_and_typed(code):
    assert read_code(in_groups(code).lower()) == code


def test_letters_that_look_like_digits_are_read_as_digits():
    assert read_code("o0iIl1-lo") == "00111110"
