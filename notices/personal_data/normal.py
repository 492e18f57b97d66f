"""A text as a machine may read it, with the way back: each mark of it knows from where to where it stood in the original.

Full-width and other compatibility forms become plain, marks that nobody sees fall out, all dashes become one, digits of any script
become ours, and a word written in two alphabets that look alike is put into the one most of it is in.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-")
_DOTS = dict.fromkeys("•・‧∙⋅●･", "·")
#: What compatibility would change into something else: the number sign would become the letters No.
_KEPT = frozenset("№…")
_TO_CYRILLIC = str.maketrans("ABCEHKMOPTXYaceopxyiëË", "АВСЕНКМОРТХУасеорхуіёЁ")
_TO_LATIN = str.maketrans("АВСЕНКМОРТХУасеорхуі", "ABCEHKMOPTXYaceopxyi")
_WORD = re.compile(r"[A-Za-zËëА-Яа-яЁёІі]{3,}")
_NUMERALS = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两", "0012345678911234567892")
_SPELLED = re.compile(
    r"[\d〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两](?:[ \-、,]{0,2}[\d〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两]){6,}"
)
_LOOKALIKES = str.maketrans("OoОоQlI|", "00000111")
_NEARLY_DIGITS = re.compile(r"(?<![A-Za-zА-Яа-я\d])[\dOoОоlI|](?:[ \-]?[\dOoОоlI|]){6,}(?![A-Za-zА-Яа-я\d])")


@dataclass(frozen=True)
class Normal:
    """``text``, and the same with spelled digits and letters among digits as digits; ``starts`` and ``ends`` lead back."""

    text: str
    digits: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stood in the original."""
        return self.starts[start], self.ends[end - 1]


def normal(text: str) -> Normal:
    """The plain form of a text."""
    marks: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        stop = position + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        plain = _plain(text[position:stop])
        marks += plain
        starts += [position] * len(plain)
        ends += [stop] * len(plain)
        position = stop
    whole = _WORD.sub(lambda word: _one_alphabet(word.group()), "".join(marks))
    return Normal(whole, _with_digits(whole), starts, ends)


@lru_cache(4096)
def _plain(mark: str) -> str:
    first = mark[0]
    if first in _KEPT:
        return first
    if unicodedata.category(first) == "Cf" or first in "\ufe0f\ufe0e\u20e3\u00ad\u3164\u115f":
        return ""
    whole = unicodedata.normalize("NFKC", mark)
    if not whole.isascii() and any(one.isdigit() for one in whole):
        whole = "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in whole)
    return _DASHES.get(whole) or _DOTS.get(whole) or whole


def _one_alphabet(word: str) -> str:
    latin = sum(mark < "Ё" for mark in word)
    if not 0 < latin < len(word):
        return word
    return word.translate(_TO_CYRILLIC if latin * 2 <= len(word) else _TO_LATIN)


def _with_digits(text: str) -> str:
    """The same length, mark for mark."""
    spelled = _SPELLED.sub(lambda run: run.group().translate(_NUMERALS), text)
    return _NEARLY_DIGITS.sub(_repaired, spelled)


def _repaired(run: re.Match[str]) -> str:
    known = sum(mark.isdigit() for mark in run.group())
    letters = sum(mark.isalpha() for mark in run.group())
    return run.group().translate(_LOOKALIKES) if known >= 2 * letters else run.group()
