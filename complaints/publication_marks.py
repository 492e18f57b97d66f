"""What a reader of a draft sees: the words with what was found in them marked, and what differs from the original."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notices.personal_data.marking import Piece
from notices.personal_words import found_in, pieces

__all__ = ["Change", "Piece", "changes", "counted", "pieces", "total"]

#: A Chinese mark is a word of its own; else letters and digits together, gaps together.
_TOKEN = re.compile(r"[一-鿿]|[^\W一-鿿]+|\s+|.", re.DOTALL)
#: The same words on both sides, only before, only after.
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Change:
    """Some words that stayed, went or came."""

    how: str
    words: str


def counted(text: str) -> dict[str, int]:
    """Kind -> how often it is in the text; empty where nothing was found."""
    counts: dict[str, int] = {}
    for one in found_in(text):
        counts[one.kind] = counts.get(one.kind, 0) + 1
    return counts


def total(marks: Mapping[str, int]) -> int:
    """How many marks there are."""
    return sum(marks.values())


def changes(before: str, after: str) -> list[Change]:
    """From one text to the other, word by word, in the order of reading."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Change] = []
    for how, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Change(SAME, "".join(new[new_from:new_to])))
            continue
        found += _one(GONE, old[old_from:old_to]) + _one(NEW, new[new_from:new_to])
    return found


def _one(how: str, tokens: Sequence[str]) -> list[Change]:
    return [Change(how, "".join(tokens))] if tokens else []
