"""Answer a repeated request as the first time, without doing it twice.

Note [The answer goes in last]
    The row with the answer is inserted when the act is done, in its transaction, under a unique key. A duplicate that comes at
    the same time waits at the first row that both of them touch, at the latest at that key; then its transaction is undone as a
    whole, whatever it did, and it gets the stored answer. So nothing is done twice that a rollback undoes.

    A repeat that comes later is usually spared the work: we look first whether it has its answer. An act that leaves nothing
    outside of the database (no files) can do without that look: ``looks_first=False`` saves a statement on every request that is
    no repeat. A repeat then does the act again, until the act itself refuses (the card is busy) or the key does, and is undone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.utils.json import normalize_json
from django.utils.translation import gettext as _

from ..models import AnsweredRequest


class KeyReused(Exception):
    """The key was used before for a request that said something else."""

    def __init__(self) -> None:
        super().__init__(_("This key has been used for a different request. Take a new one."))


class BadKey(Exception):
    """The key is empty or too long to be kept."""

    def __init__(self) -> None:
        super().__init__(_("An idempotency key has 1 to 120 characters."))


@dataclass(frozen=True)
class Answer:
    """What the caller hears: an HTTP status and a body of plain JSON; and whether it was given before.

    ``about`` is the reference of the case it tells of, if any. A repeated answer without a body: what it said was erased.
    """

    status_code: int
    body: Any
    about: str = field(default="", compare=False)
    is_repeated: bool = field(default=False, compare=False)


def answer_once(*, caller: str, key: str, fingerprint: str, at: datetime, act: Callable[[], Answer], looks_first: bool = True) -> Answer:
    """Run ``act`` once for this caller and key, and give every repeat the answer of that once.

    ``caller`` is whoever asked (an actor label), ``fingerprint`` a digest of what was asked (64 characters at most). The answer
    is stored in the transaction of the act: an act that raises leaves nothing, and may be tried again. Raises KeyReused when
    the key came with another fingerprint, BadKey when it cannot be kept. ``looks_first``: Note [The answer goes in last].
    """
    if not 1 <= len(key) <= 120:
        raise BadKey
    if looks_first and (stored := _stored(caller, key, fingerprint)):
        return stored
    try:
        return _act(caller, key, fingerprint, at, act)
    except OperationalError:
        raise  # the database is busy or gone: do not ask it more
    except Exception:
        if stored := _stored(caller, key, fingerprint):
            return stored
        raise


def forget_answers(*, at: datetime, after: timedelta = timedelta(days=7)) -> int:
    """Delete answers older than ``after``; how many. A repeat after that is a new request."""
    return AnsweredRequest.objects.filter(at__lt=at - after).delete()[0]


def erase_answers(*, about: str) -> int:
    """Empty the answers that tell of an erased case; how many. A repeat of them still does nothing."""
    return AnsweredRequest.objects.filter(about=about).update(body=None)


def _stored(caller: str, key: str, fingerprint: str) -> Answer | None:
    stored = AnsweredRequest.objects.filter(caller=caller, key=key).first()
    if stored is None:
        return None
    if stored.fingerprint != fingerprint:
        raise KeyReused
    return Answer(stored.status_code, stored.body, stored.about, is_repeated=True)


@transaction.atomic
def _act(caller: str, key: str, fingerprint: str, at: datetime, act: Callable[[], Answer]) -> Answer:
    answer = act()
    answer = Answer(answer.status_code, normalize_json(answer.body), answer.about[:16])
    said = {name: getattr(answer, name) for name in ("status_code", "body", "about")}
    AnsweredRequest.objects.create(caller=caller, key=key, fingerprint=fingerprint, at=at, **said)
    return answer
