"""Other words for letters, kept in memory for a few seconds: every message of the house asks for them."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from .. import letter_words, registry
from ..letter import Letter
from ..models import LetterText

#: A new version is known everywhere after so many seconds.
KEPT_SECONDS = 10.0

type Key = tuple[str, str]


class _Kept(NamedTuple):
    until: float
    rows: Mapping[Key, Sequence[LetterText]]


_NOTHING = _Kept(0.0, {})
_kept = _NOTHING


def in_force(kind: str, language: str, at: datetime) -> LetterText | None:
    """The words that hold at a moment instead of the delivered ones; None where those hold."""
    rows = _rows().get((kind, language), ())
    held = next((row for row in rows if row.effective_from is not None and row.effective_from <= at), None)
    return held if held is not None and held.text else None


def forget() -> None:
    """Look again at the next message: words have changed."""
    global _kept  # noqa: PLW0603 - one memory for a process
    _kept = _NOTHING


def keep(rows: Mapping[Key, Sequence[LetterText]], *, until: float) -> None:
    """Remember these, the newest beginning first, until a moment of the steady clock."""
    global _kept  # noqa: PLW0603 - one memory for a process
    _kept = _Kept(until, rows)


def _rows() -> Mapping[Key, Sequence[LetterText]]:
    if time.monotonic() >= _kept.until:
        found: dict[Key, list[LetterText]] = {}
        for row in LetterText.objects.exclude(effective_from=None).order_by("-effective_from", "-number"):
            found.setdefault((row.kind, row.language), []).append(row)
        keep(found, until=time.monotonic() + KEPT_SECONDS)
    return _kept.rows


@dataclass(frozen=True)
class LetterLine:
    """One kind of letter in a list: in which languages other words hold, and in which a draft lies."""

    kind: str
    letter: Letter
    changed: Sequence[str]
    drafts: Sequence[str]


def letter_lines(at: datetime) -> list[LetterLine]:
    """All kinds whose words may be changed, by their title; one query."""
    rows = list(LetterText.objects.all())
    drafts = {(row.kind, row.language) for row in rows if row.effective_from is None}
    found = [
        LetterLine(
            kind,
            letter,
            [code for code, _name in settings.LANGUAGES if in_force(kind, code, at)],
            [code for code, _name in settings.LANGUAGES if (kind, code) in drafts],
        )
        for kind, letter in registry.letters().items()
        if not letter.is_secret
    ]
    return sorted(found, key=lambda line: str(line.letter.title))


@dataclass(frozen=True)
class Tongue:
    """One kind of letter in one language: what is delivered, what holds, the draft, and every version, the newest first."""

    language: str
    name: str
    source: str
    subject_source: str
    held: LetterText | None
    draft: LetterText | None
    versions: Sequence[LetterText]

    @property
    def placeholders(self) -> list[str]:
        return list(dict.fromkeys([*letter_words.placeholders(self.source), *letter_words.placeholders(self.subject_source)]))


def tongues_of(kind: str, at: datetime) -> list[Tongue]:
    """A letter in every language. Raises UnknownLetter."""
    letter = registry.letter(kind)
    rows = list(LetterText.objects.filter(kind=kind))
    sources = letter_words.delivered(letter, kind), letter_words.delivered(letter, f"{kind}.subject")
    return [_tongue(language, sources, [row for row in rows if row.language == language[0]], at) for language in settings.LANGUAGES]


def _tongue(language: tuple[str, str], sources: tuple[str, str], rows: Sequence[LetterText], at: datetime) -> Tongue:
    begun = [(row.effective_from, row.number, row) for row in rows if row.effective_from is not None and row.effective_from <= at]
    newest = max(begun)[2] if begun else None
    return Tongue(
        language=language[0],
        name=language[1],
        source=sources[0],
        subject_source=sources[1],
        held=newest if newest and newest.text else None,
        draft=next((row for row in rows if row.effective_from is None), None),
        versions=rows,
    )
