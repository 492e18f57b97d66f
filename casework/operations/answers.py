"""Answer a repeated request as the first time, without doing it twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
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


class _Taken(Exception):
    """There was a request with this key before."""


@dataclass(frozen=True)
class Answer:
    """What the caller hears: an HTTP status and a body of plain JSON."""

    status_code: int
    body: Any


def answer_once(*, caller: str, key: str, fingerprint: str, at: datetime, act: Callable[[], Answer]) -> Answer:
    """Run ``act`` once for this caller and key, and give every repeat the answer of that once.

    ``caller`` is whoever asked (an actor label), ``fingerprint`` a digest of what was asked (64 characters at most). The answer
    is stored in the transaction of the act: an act that raises leaves nothing, and may be tried again. Raises KeyReused when
    the key came with another fingerprint, BadKey when it cannot be kept.
    """
    if not 1 <= len(key) <= 120:
        raise BadKey
    try:
        return _act(caller, key, fingerprint, at, act)
    except _Taken:
        stored = AnsweredRequest.objects.get(caller=caller, key=key)
    if stored.fingerprint != fingerprint:
        raise KeyReused
    return Answer(stored.status_code, stored.body)


def forget_answers(*, at: datetime, after: timedelta = timedelta(days=7)) -> int:
    """Delete answers older than ``after``; how many. A repeat after that is a new request."""
    return AnsweredRequest.objects.filter(at__lt=at - after).delete()[0]


@transaction.atomic
def _act(caller: str, key: str, fingerprint: str, at: datetime, act: Callable[[], Answer]) -> Answer:
    row = _reserve(caller, key, fingerprint, at)
    answer = act()
    answer = Answer(answer.status_code, normalize_json(answer.body))
    AnsweredRequest.objects.filter(pk=row.pk).update(status_code=answer.status_code, body=answer.body)
    return answer


def _reserve(caller: str, key: str, fingerprint: str, at: datetime) -> AnsweredRequest:
    """The row goes in before anything is done or even looked up: a repeat stumbles over it, and a duplicate that comes
    meanwhile waits at the unique key instead of acting too. Stumbling undoes the whole transaction, in which nothing was done yet."""
    try:
        return AnsweredRequest.objects.create(caller=caller, key=key, fingerprint=fingerprint, status_code=0, at=at)
    except IntegrityError:
        raise _Taken from None
