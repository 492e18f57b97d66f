"""Identity numbers of people and entities: the Chinese ones are checked, passports only for their shape."""

import re

from stdnum.cn import ric, uscc

_PASSPORT = re.compile(r"[A-Z0-9]{6,14}")
_RESIDENT = re.compile(r"\d{17}[\dX]")


def compact(text: str) -> str:
    """Upper case, without gaps and dashes."""
    return re.sub(r"[\s-]", "", text).upper()


def is_valid_for_person(number: str) -> bool:
    """A resident identity card with its check digit, or something shaped like a passport number."""
    if _RESIDENT.fullmatch(number):
        return bool(ric.is_valid(number))
    return bool(_PASSPORT.fullmatch(number))


def is_valid_for_entity(number: str) -> bool:
    """A unified social credit code with its check digit."""
    return bool(uscc.is_valid(number))
