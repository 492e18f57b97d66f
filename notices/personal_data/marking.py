"""A text in pieces: what was found in it apart from the rest, for a page that marks it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .finding import find
from .found import Found


@dataclass(frozen=True)
class Piece:
    """Some words; ``kind`` is what they were found to be, empty for what tells of nobody."""

    words: str
    kind: str = ""


def pieces(text: str, found: Iterable[Found] | None = None) -> list[Piece]:
    """The whole text in its order."""
    parts, last = [], 0
    for one in find(text) if found is None else found:
        parts += [Piece(text[last : one.start]), Piece(text[one.start : one.end], one.kind)]
        last = one.end
    return [part for part in (*parts, Piece(text[last:])) if part.words]
