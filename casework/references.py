"""References and codes that can be read out over the phone, with a check character at the end."""

import secrets
import unicodedata

from stdnum.iso7064 import mod_37_36

#: No vowels (nothing spells a word), no letters that look like 0 or 1. Twenty-eight marks: with a prime one above, ISO 7064
#: finds every single wrong mark and every two neighbours swapped.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
_BODY = 7
_CODE = 8


def new_reference(letter: str) -> str:
    """For a case: the letter of its kind, seven marks, the check character. Read in threes: ``G4K 7QX 2MP``."""
    body = letter + "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    return body + mod_37_36.calc_check_digit(body, ALPHABET)


def new_code() -> str:
    """What opens the tracking page beside the reference; nobody guesses it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(_CODE))


def is_valid(reference: str) -> bool:
    """Whether the check character fits."""
    whole = len(reference) == _BODY + 2 and set(reference) <= set(ALPHABET)
    return whole and bool(mod_37_36.is_valid(reference, ALPHABET))


def tidy(text: str) -> str:
    """A reference or code as it is kept, however it was typed: full-width, in small letters, with gaps or hyphens."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", text).upper() if mark.isalnum())


def grouped(text: str) -> str:
    """As it is shown and read out: ``G4K-7QX-2MP``; a code in fours."""
    size = 3 if len(text) % 3 == 0 else 4
    return "-".join(text[place : place + size] for place in range(0, len(text), size))
