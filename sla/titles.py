"""A promise's title and a moment that are said in the language of whoever reads them: they stand in a letter's context."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from .policies import Policy


@dataclass(frozen=True)
class Title:
    """Stands in a letter's context; becomes words when the letter is written."""

    policy: Policy

    def __str__(self) -> str:
        return self.policy.title(get_language() or "")


@dataclass(frozen=True)
class Moment:
    """A moment in words, to the minute."""

    at: datetime

    def __str__(self) -> str:
        return _in_words(get_language() or "", self.at.replace(second=0, microsecond=0))


@lru_cache(maxsize=1024)
def _in_words(_language: str, at: datetime) -> str:
    """A storm is about few minutes."""
    return date_format(localtime(at), "DATETIME_FORMAT")
