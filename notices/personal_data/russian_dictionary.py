"""What the dictionary of Russian knows of a word in any of its cases: a first name, a patronymic, a surname, a place, an ordinary word.

The dictionary is OpenCorpora's, read by pymorphy3; a word it does not hold is nothing of these.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

#: A reading so seldom is not counted: "света" is hardly ever Sveta.
_SELDOM = 0.02


@dataclass(frozen=True)
class Known:
    """How a word may be read; all false for a word the dictionary does not hold."""

    is_first: bool = False
    is_patronymic: bool = False
    is_surname: bool = False
    is_place: bool = False
    is_ordinary: bool = False
    is_verb: bool = False

    @property
    def is_only_first(self) -> bool:
        """Nothing but a first name or a surname."""
        return self.is_first and not self.is_place and not self.is_ordinary

    @property
    def is_only_surname(self) -> bool:
        """Nothing but a surname or a first name."""
        return self.is_surname and not self.is_place and not self.is_ordinary


@cache
def _dictionary() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


@lru_cache(20_000)
def known(word: str) -> Known:
    """The readings of a word, with a capital or without."""
    kinds = set[str]()
    for reading in _dictionary().parse(word.lower()):
        if reading.is_known and reading.score >= _SELDOM:
            kinds.add(_kind(reading.tag.grammemes))
            kinds.add("verb" if reading.tag.POS in {"VERB", "INFN", "PRTS"} else "")
    return Known(
        is_first="Name" in kinds,
        is_patronymic="Patr" in kinds,
        is_surname="Surn" in kinds,
        is_place="Geox" in kinds,
        is_ordinary="ordinary" in kinds,
        is_verb="verb" in kinds,
    )


def is_unknown(word: str) -> bool:
    """Whether no dictionary holds the word: a foreign name, a brand, a slip."""
    return not _dictionary().word_is_known(word.lower())


def _kind(grammemes: frozenset[str]) -> str:
    if "Poss" in grammemes:
        return ""  # "Миронова" as whose it is: hers all the same
    return next((kind for kind in ("Name", "Patr", "Surn", "Geox") if kind in grammemes), "ordinary")
