"""What lists know of a word in Latin letters: a first name somewhere, a surname somewhere, an ordinary English word, a place or a brand."""

import re
import unicodedata
from functools import lru_cache

from .english_words import NO_NAME
from .word_files import listed

_SINGLE = str.maketrans("øØłŁđĐıßæÆœŒðÐþÞəƏ", "oOlLdDisaAoOdDtTeE")
_ENDINGS = (
    (r"s$", ""),
    (r"e[sd]$", ""),
    (r"[sd]$", ""),
    (r"ies$", "y"),
    (r"ied$", "y"),
    (r"ing$", ""),
    (r"ing$", "e"),
    (r"(.)\1(?:ing|ed|er)$", r"\1"),
    (r"ly$", ""),
    (r"e?r$", ""),
    (r"er$", "e"),
    (r"ness$", ""),
)


def without_marks(text: str) -> str:
    """The same text, letter for letter, with plain Latin letters: Ömer is Omer, Bjørn Bjorn."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(4096)
def _plain(mark: str) -> str:
    if mark.isascii() or (not "À" <= mark <= "ɏ" and not "Ḁ" <= mark <= "ỿ"):
        return mark
    return unicodedata.normalize("NFD", mark.translate(_SINGLE))[0]


@lru_cache(20_000)
def is_ordinary(word: str) -> bool:
    """Whether English has the word, in any of its forms, without a capital."""
    low, known = word.lower(), listed("english.txt.gz")
    return low in known or any(re.sub(ending, rest, low) in known for ending, rest in _ENDINGS if re.search(ending, low))


def is_first(word: str) -> bool:
    """Whether people are called so somewhere, and nothing else is."""
    return word in listed("latin_first.txt")


def is_surname(word: str) -> bool:
    """Whether families are called so somewhere, and nothing else is."""
    return word in listed("latin_surnames.txt")


def is_nobodys(word: str) -> bool:
    """An ordinary word, a place, a people, a make."""
    return word in NO_NAME or word in listed("english_capitals.txt") or is_ordinary(word)
