"""Identity numbers are checked for slips, not for where somebody was born."""

import pytest

from accounts.identity_numbers import compact, is_valid_for_entity, is_valid_for_person


@pytest.mark.parametrize("number", ["11010519491231002X", "371324196205120014", "E12345678"])
def test_a_card_or_a_passport_is_taken(number):
    assert is_valid_for_person(number)


def test_the_county_that_issued_it_need_not_exist_any_more():
    assert is_valid_for_person("999999196205120010")


@pytest.mark.parametrize("number", ["110105194912310021", "110105194913310021", "x" * 40, "e12345678", ""])
def test_a_slip_is_seen(number):
    assert not is_valid_for_person(number)


def test_an_entity_has_a_credit_code():
    assert is_valid_for_entity("91110000600037341L")
    assert not is_valid_for_entity("91110000600037342L")


def test_gaps_and_dashes_do_not_count():
    assert compact(" 110105-19491231 002x ") == "11010519491231002X"
