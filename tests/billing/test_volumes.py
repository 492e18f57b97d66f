"""What people type where a number belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.sentences import of_number
from billing.volumes import MAX_LITRES, BadAmount, BadNumber, BadVolume, parse_amount, parse_volume


@pytest.mark.parametrize(
    ("typed", "litres"),
    [
        ("100", 100_000),
        ("１００", 100_000),
        ("１２．５", 12_500),
        ("12,5", 12_500),
        ("12.5", 12_500),
        (" 12.5 ", 12_500),
        ("12。5", 12_500),
        ("1 000", 1_000_000),
        ("1\u00a0000,25", 1_000_250),
        ("0,125", 125),
        ("0.001", 1),
        ("1.000", 1_000),
        ("12.50000", 12_500),
        ("007", 7_000),
        ("١٢٫٥", 12_500),
        ("1000000", MAX_LITRES),
    ],
)
def test_a_volume_is_read_as_it_was_meant(typed, litres):
    assert parse_volume(typed) == litres


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("0", "zero"),
        ("0,000", "zero"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("- 5", "negative"),
        ("-", "not_a_number"),
        ("abc", "not_a_number"),
        ("十二", "not_a_number"),
        ("1e3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("+5", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("1,234.5", "not_a_number"),
        ("12 5", "not_a_number"),
        (".5", "not_a_number"),
        ("5.", "not_a_number"),
        ("1,000", "ambiguous"),
        ("0.0001", "too_fine"),
        ("12.3456", "too_fine"),
        ("1000000.001", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_what_is_no_volume_is_refused_with_its_reason(typed, code):
    with pytest.raises(BadVolume) as refusal:
        parse_volume(typed)
    assert refusal.value.code == code
    assert of_number(refusal.value)


def test_an_amount_has_two_decimals():
    assert parse_amount("171,05") == 17_105
    with pytest.raises(BadAmount) as refusal:
        parse_amount("171.005")
    assert refusal.value.code == "too_fine"
    assert "two" in of_number(refusal.value)


@given(st.integers(1, MAX_LITRES), st.sampled_from([".", ","]))
def test_every_volume_survives_being_written_down(litres, point):
    whole, rest = divmod(litres, 1000)
    if point == "," and 1 <= whole <= 999:
        point = "."  # 1,000 would be two numbers
    assert parse_volume(f"{whole}{point}{rest:03d}") == litres


@given(st.text(max_size=30))
def test_no_text_does_anything_but_give_a_volume_or_a_reason(text):
    try:
        litres = parse_volume(text)
    except BadNumber as bad:
        litres = len(of_number(bad))
    assert 0 < litres <= MAX_LITRES
