"""How much a word says about a text, and how rare words count for more: BM25 over title, other words and body.

The numbers are those of the literature; only the weight of a title was chosen by hand.
"""

import math
from collections import Counter

from .terms import LONGEST, terms

TITLE, OTHER_WORDS, BODY = 4.0, 3.0, 1.0
_SATURATION, _BY_LENGTH, _USUAL = 1.2, 0.4, 160
#: Weights are kept as whole numbers.
SCALE = 1000


def weigh(title: str, words: str, body: str) -> dict[str, int]:
    """Every term of a text with its weight, in thousandths."""
    counted: Counter[str] = Counter()
    length = 0
    for text, factor in ((title, TITLE), (words, OTHER_WORDS), (body, BODY)):
        for term in terms(text):
            counted[term[:LONGEST]] += factor  # type: ignore[assignment]  # a Counter adds whatever it is given
            length += 1
    damping = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * length / _USUAL)
    return {term: round(SCALE * often * (_SATURATION + 1) / (often + damping)) for term, often in counted.items()}


def rarity(having: int, of: int) -> float:
    """What it says that a text has a word which ``having`` of all have."""
    return math.log1p((of - having + 0.5) / (having + 0.5))
