"""Volumes and amounts as people type them: full-width digits, comma or point, spaces between thousands.

Anything that could be read two ways is refused rather than guessed: ``1,000`` is a thousand to one reader and one to
another. The codes of the exceptions become sentences at the edge (``billing.sentences``).
"""

import re
import unicodedata

MAX_LITRES = 1_000_000_000  # a million m3: no meter of ours takes more in a year
MAX_MINOR = 10_000_000_000  # a hundred million

_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
_THOUSAND_OR_ONE = re.compile(r"[1-9]\d{0,2},\d{3}")


class BadNumber(ValueError):
    """The text is no number that could be meant here; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class BadVolume(BadNumber):
    """Not a volume: empty, not_a_number, ambiguous, negative, zero, too_fine (below a litre) or too_large."""


class BadAmount(BadNumber):
    """Not an amount of money: the same codes; too_fine is below a minor unit."""


def parse_volume(text: str) -> int:
    """Litres out of m3 as typed: ``12,5`` -> 12500. Raises BadVolume."""
    return _scaled(text, decimals=3, largest=MAX_LITRES, bad=BadVolume)


def parse_reading(text: str) -> int:
    """What a meter shows, in litres; a new one shows zero. Raises BadVolume."""
    try:
        return parse_volume(text)
    except BadVolume as fault:
        if fault.code == "zero":
            return 0
        raise


def parse_amount(text: str) -> int:
    """Minor units out of an amount as typed: ``１００`` -> 10000. Raises BadAmount."""
    return _scaled(text, decimals=2, largest=MAX_MINOR, bad=BadAmount)


def _scaled(text: str, *, decimals: int, largest: int, bad: type[BadNumber]) -> int:
    plain = _SPACES.sub("", _ascii_digits(text).strip())
    match = _PLAIN.fullmatch(plain)
    if match is None:
        raise bad(_what_is_wrong(plain))
    if _THOUSAND_OR_ONE.fullmatch(plain):
        raise bad("ambiguous")
    whole, fraction = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    if len(fraction) > decimals:
        raise bad("too_fine")
    if len(whole) > len(str(largest)):
        raise bad("too_large")
    value = int((whole or "0") + fraction.ljust(decimals, "0"))
    if value == 0:
        raise bad("zero")
    if value > largest:
        raise bad("too_large")
    return value


def _ascii_digits(text: str) -> str:
    """Full-width and other scripts' digits as 0 to 9; the full-width point and comma as well."""
    folded = unicodedata.normalize("NFKC", text).replace("\u066b", ".").replace("\u3002", ".").replace("\u3001", ",")
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)


def _what_is_wrong(plain: str) -> str:
    if not plain:
        return "empty"
    if plain[0] in "-\u2212" and _PLAIN.fullmatch(plain[1:].strip()):
        return "negative"
    return "not_a_number"
