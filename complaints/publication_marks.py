"""What a reader of a draft sees: the words with what was found in them marked, and what differs from the original. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notices.personal_data import Found, find

#: A Chinese mark is a word of its own; else letters and digits together, gaps together.
_TOKEN = re.compile(r"[一-鿿]|[^\W一-鿿]+|\s+|.", re.DOTALL)
#: The same words on both sides, only before, only after.
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Piece:
    """Some words; ``kind`` is what they were found to be, empty for what tells of nobody."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class Change:
    """Some words that stayed, went or came."""

    how: str
    words: str


def pieces(text: str, found: Iterable[Found] | None = None) -> list[Piece]:
    """The whole text in its order, what was found apart from the rest."""
    parts, last = [], 0
    for one in find(text) if found is None else found:
        parts += [Piece(text[last : one.start]), Piece(text[one.start : one.end], one.kind)]
        last = one.end
    return [part for part in (*parts, Piece(text[last:])) if part.words]


def counted(text: str) -> dict[str, int]:
    """Kind -> how often it is in the text; empty where nothing was found."""
    counts: dict[str, int] = {}
    for one in find(text):
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
