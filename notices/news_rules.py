"""What the words of news may be: how long, what the detector of personal data says of them, and when a second reader is needed."""

from collections.abc import Mapping
from dataclasses import dataclass

from .personal_words import found_in

#: Characters of a title, and of a text.
TITLE, TEXT = 120, 6_000
#: Where a price or safety is concerned, somebody else reads it before everybody does.
WITH_SECOND_READER = frozenset({"tariff", "safety"})


@dataclass(frozen=True)
class Said:
    """What it says in one language."""

    title: str
    text: str


def tidied(texts: Mapping[str, Said]) -> dict[str, Said]:
    """Without what is empty; titles in one line."""
    tidy = {language: Said(" ".join(one.title.split())[:TITLE], one.text.strip().replace("\r\n", "\n")) for language, one in texts.items()}
    return {language: one for language, one in tidy.items() if one.title or one.text}


def marks_in(texts: Mapping[str, Said]) -> int:
    """How many places look like personal data, in all languages together."""
    return sum(len(found_in(f"{one.title}\n{one.text}")) for one in texts.values())


def needs_second_reader(category: str, marks: int) -> bool:
    """Whether its writer cannot let it out."""
    return bool(marks) or category in WITH_SECOND_READER
