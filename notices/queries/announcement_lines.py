"""What is announced now, as everybody reads it: in the reader's language, or in the house's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.queries.places import short_names

from ..models import Announcement
from .announcements import public_announcements

_MOST = 50


@dataclass(frozen=True)
class Line:
    """One of them in the reader's language, or in the house's."""

    key: int
    title: str
    text: str
    language: str
    at: datetime
    places: Sequence[str]
    is_safety: bool


def lines(at: datetime) -> list[Line]:
    """What stands on the page now, the newest first."""
    return [_line(row) for row in public_announcements(at)[:_MOST]]


def _line(row: Announcement) -> Line:
    words = row.words
    where = short_names(list(row.territories.all()))
    return Line(row.pk, words.title, words.text, words.language, row.publish_at or row.created_at, where, row.is_safety)
