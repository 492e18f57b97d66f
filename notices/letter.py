"""What a kind of letter is; apps list theirs in ``letters.py`` as ``LETTERS``: kind -> Letter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise


@dataclass(frozen=True)
class Letter:
    """One kind of thing we write to people.

    ``title`` is what the operator calls it. Its words are ``templates/<folder>/letters/<kind>.txt`` and, where it goes by
    e-mail or into the cabinet, its subject ``<kind>.subject.txt``. ``lives`` is how long it is worth sending. The text of a
    secret one (a one-time code) is blanked once it is sent or given up: it must not stay readable, not even for us. A prompt one
    was asked for by its reader just now: quiet hours do not hold it.
    """

    folder: str
    channels: Collection[str]
    title: str | Promise
    lives: timedelta | None = None
    is_secret: bool = False
    is_prompt: bool = False
