"""What somebody types as what is looked for: each word with what may stand in its place, and how gladly we take that."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .terms import fold, pairs, root, runs, stem

EXACT, ROOT, SYNONYM, SOUND, LONE = 1.0, 0.45, 0.7, 0.7, 0.25
#: By the number of slips.
MISTYPED = (EXACT, 0.75, 0.5)
#: Of a question longer than that the rest says nothing new.
MOST = 40

type Phrase = tuple[str, ...]
type Synonyms = Mapping[Phrase, Sequence[Phrase]]


@dataclass
class Need:
    """One word of a question: what it may be found by. The best of them counts, so that three names of a card are one card."""

    word: str
    instead: dict[str, float] = field(default_factory=dict)

    def take(self, term: str, gladly: float) -> None:
        """Also this one."""
        self.instead[term] = max(gladly, self.instead.get(term, 0.0))


def phrase(text: str) -> Phrase:
    """Some words as their stems and pairs."""
    return tuple(part for run, is_han in runs(text) for part in (pairs(run) if is_han else [stem(run)]))


def synonyms(groups: Iterable[str]) -> dict[Phrase, list[Phrase]]:
    """Groups as they are written (words with commas between) by each of their members."""
    found: dict[Phrase, list[Phrase]] = {}
    for group in groups:
        members = [one for part in fold(group).replace("，", ",").split(",") if (one := phrase(part))]
        for member in members:
            found.setdefault(member, []).extend(other for other in members if other != member)
    return found


def needs(text: str, known: Synonyms) -> list[Need]:
    """Each word of a question once, in its order."""
    found: dict[str, Need] = {}
    for run, is_han in runs(text):
        for term in pairs(run) if is_han else [stem(run)]:
            need = found.setdefault(term, Need(term, {term: EXACT}))
            if beginning := "" if is_han else root(term):
                need.take(beginning, ROOT)
        if is_han and len(run) > 1:
            for mark in run:
                found.setdefault(mark, Need(mark, {mark: LONE}))
    _widen(found, phrase(text), known)
    return list(found.values())[:MOST]


def _widen(found: dict[str, Need], asked: Phrase, known: Synonyms) -> None:
    """Where a known phrase stands in the question, the others of its group do too."""
    longest = max(map(len, known), default=0)
    for start in range(len(asked)):
        for length in range(1, min(longest, len(asked) - start) + 1):
            for other in known.get(asked[start : start + length], ()):
                for place, term in enumerate(other):
                    # A part of a phrase says less than the whole of it.
                    found[asked[start + min(place, length - 1)]].take(term, SYNONYM / math.sqrt(len(other)))
