"""Identity numbers of people and entities: the Chinese ones are checked, passports only for their shape."""

import re
from datetime import date

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

_PASSPORT = re.compile(r"[A-Z0-9]{6,14}")
_RESIDENT = re.compile(r"\d{17}[\dX]")


def compact(text: str) -> str:
    """Upper case, without gaps and dashes."""
    return re.sub(r"[\s-]", "", text).upper()


def is_valid_for_person(number: str) -> bool:
    """A resident identity card with a day of birth and its check digit, or something shaped like a passport number.

    The six digits of the place of birth are not looked up: cards outlive the counties that issued them.
    """
    if _RESIDENT.fullmatch(number):
        return _is_day(number[6:14]) and bool(mod_11_2.is_valid(number))
    return bool(_PASSPORT.fullmatch(number))


def is_valid_for_entity(number: str) -> bool:
    """A unified social credit code with its check digit."""
    return bool(uscc.is_valid(number))


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True
