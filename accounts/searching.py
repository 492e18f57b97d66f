"""How text is folded for search, so that １２３, УЛ. ГАЗОВАЯ and Wang Fang are found however they were typed.

What a Chinese name sounds like is a word of its own (``pinyin.sounds``).
"""

import re
import unicodedata
from collections.abc import Iterable

#: Chinese is written without gaps. The planes above hold the rare characters of names.
_IDEOGRAPHS = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
#: What an index over trigrams cannot look for inside a word.
_SHORT = 2


def fold(text: str) -> str:
    """NFKC (full-width to half), casefolded, accents dropped (ё = е, é = e), white space collapsed.

    SQLite's own LIKE folds ASCII only. Both sides of a comparison go through here, so that folding too much is harmless.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark))
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split())


def searchable(words: Iterable[str]) -> str:
    """What is kept to be searched: the words folded, each after a gap, then every two neighbouring ideographs as a word.

    Two ideographs are a whole name in Chinese; only as the beginning of a word are they found by an index over trigrams.
    """
    folded = fold(" ".join(words))
    runs = _IDEOGRAPHS.findall(folded)
    pairs = dict.fromkeys(run[place : place + _SHORT] for run in runs for place in range(len(run)))
    return " " + " ".join([folded, *pairs])


def piece(word: str) -> str:
    """How a folded word stands in a ``searchable`` text: one or two ideographs or Latin letters (the initials of a name) begin a word
    there, anything else may be a part of one."""
    begins = _IDEOGRAPHS.fullmatch(word) or (word.isascii() and word.isalpha())
    return f" {word}" if len(word) <= _SHORT and begins else word
