"""What is asked in a follow-up: questions as data, with their words in every language. Pure, but for the reader's language.

Two codes mean something to the house: ``settled`` (is what was wanted done?) and ``score`` (satisfaction, 1 to 5). Every questionnaire
has both; the rest is the operator's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SCORE, YES_NO, TEXT = "score", "yes_no", "text"
SORTS = (SCORE, YES_NO, TEXT)
#: Satisfaction, from the worst to the best.
SCORES = (1, 2, 3, 4, 5)
#: Of a kind that has no questionnaire of its own.
ANY_KIND = "*"
_FILE = Path(__file__).parent / "questionnaires.json"


class BadQuestionnaire(ValueError):
    """Rows that cannot be asked."""


@dataclass(frozen=True)
class Question:
    """One question: its code in the answers, how it is answered, its words by language."""

    code: str
    sort: str
    ask: Mapping[str, str]
    is_required: bool = False

    def words(self, language: str) -> str:
        """In this language, else in English."""
        return self.ask.get(language) or self.ask["en"]


def parse(rows: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Questions from their rows. Raises BadQuestionnaire."""
    try:
        found = tuple(Question(**row) for row in rows)
    except TypeError as wrong:
        raise BadQuestionnaire(str(wrong)) from None
    sorts = {one.code: one.sort for one in found}
    if len(sorts) != len(found) or not set(sorts.values()) <= set(SORTS) or any(not one.ask.get("en") for one in found):
        raise BadQuestionnaire(", ".join(sorts))
    if (sorts.get("settled"), sorts.get("score")) != (YES_NO, SCORE):
        raise BadQuestionnaire("settled, score")
    return found


@cache
def of_the_house() -> Mapping[str, tuple[int, Sequence[Mapping[str, Any]]]]:
    """Kind -> number and rows, as they come with the house."""
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    for one in found:
        parse(one["questions"])
    return {one["kind"]: (one["number"], one["questions"]) for one in found}
