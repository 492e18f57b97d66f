"""A promise's title that is said in the language of whoever reads it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from .policies import Policy


@dataclass(frozen=True)
class Title:
    """Stands in a letter's context; becomes words when the letter is written."""

    policy: Policy

    def __str__(self) -> str:
        return self.policy.title(get_language() or "")
