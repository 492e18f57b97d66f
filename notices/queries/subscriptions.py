"""Who listens to which events, kept in memory for a few seconds: every event of the house asks."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from ..models import Message, Subscription

#: A new subscription is known everywhere after so many seconds; one that was switched off is not called from that moment on.
KEPT_SECONDS = 10.0


class Listening(NamedTuple):
    """What must be known of a subscription to owe it an event. A verb may be ``case.*``, or ``*`` for everything."""

    pk: int
    verbs: frozenset[str]


class _Kept(NamedTuple):
    until: float
    rows: tuple[Listening, ...]


_NOTHING = _Kept(0.0, ())
_kept = _NOTHING


def listening_to(verb: str) -> list[int]:
    """The subscriptions, by id, that want events of this verb."""
    wanted = {verb, f"{verb.partition('.')[0]}.*", "*"}
    return [row.pk for row in _rows() if row.verbs & wanted]


def forget() -> None:
    """Look again at the next event: a subscription has changed."""
    global _kept  # noqa: PLW0603 - one memory for a process
    _kept = _NOTHING


def keep(rows: Sequence[Listening], *, until: float) -> None:
    """Remember these, until a moment of the steady clock."""
    global _kept  # noqa: PLW0603 - one memory for a process
    _kept = _Kept(until, tuple(rows))


def _rows() -> tuple[Listening, ...]:
    if time.monotonic() >= _kept.until:
        found = Subscription.objects.filter(disabled_at=None).order_by("pk").values_list("pk", "verbs")
        keep([Listening(pk, frozenset(verbs)) for pk, verbs in found], until=time.monotonic() + KEPT_SECONDS)
    return _kept.rows


def webhooks() -> list[Subscription]:
    """All, by name."""
    return list(Subscription.objects.order_by("name"))


def last_calls(subscription: Subscription) -> list[Message]:
    """What it was sent lately, newest first."""
    return list(subscription.messages.order_by("-created_at", "-pk")[:20])
