"""A reading in a text message: ``3713240010 345``, the account and what the meter shows in cubic metres.

Full-width digits, commas, words between and around (показания, 读数) are understood; anything that could be read two ways is not.
"""

import re
import unicodedata
from dataclasses import dataclass

from .volumes import BadVolume, parse_reading

_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_ACCOUNT_DIGITS = 10


class Unreadable(ValueError):
    """Not one account and one reading."""


@dataclass(frozen=True)
class Understood:
    """Which account, and what its meter shows in litres."""

    account: str
    litres: int


def understand(text: str, *, only: str = "") -> Understood:
    """What a message says; ``only`` is the one account of its sender, who then need not name it. Raises Unreadable."""
    found = _NUMBERS.findall(_plain(text))
    accounts = [number for number in found if len(number) == _ACCOUNT_DIGITS and number.isdecimal()]
    readings = [number for number in found if number not in accounts]
    if len(readings) != 1 or len(accounts) > 1 or not (accounts or only):
        raise Unreadable
    try:
        return Understood(accounts[0] if accounts else only, parse_reading(readings[0]))
    except BadVolume:
        raise Unreadable from None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    # m3 is a unit, no number.
    return re.sub(r"(?i)(m|м)3\b", " ", folded)
