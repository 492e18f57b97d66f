"""What a kind of letter is; apps list theirs in ``letters.py`` as ``LETTERS``: kind -> Letter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Letter:
    """One kind of thing we write to people.

    Its words are ``templates/<folder>/letters/<kind>.txt`` and, where it goes by e-mail or into the cabinet, its subject
    ``<kind>.subject.txt``. ``lives`` is how long it is worth sending. A ``is_secret`` text (a one-time code) is blanked as soon
    as it is sent or given up: it must not stay readable, not even for us.
    """

    folder: str
    channels: Collection[str]
    lives: timedelta | None = None
    is_secret: bool = False
