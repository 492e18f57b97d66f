"""Promises as pages and the API show them: what holds, what is to come, what held before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..models import PromiseVersion
from ..models.promise import CONTENT
from ..policies import Policy
from .policies import policies_at, policy_of


class PromiseNotFound(LookupError):
    """No promise has this key."""


@dataclass(frozen=True)
class PromiseLine:
    """One promise in a list: what holds now, the moment of the next version if there is one, whether a draft waits."""

    policy: Policy
    changes_at: datetime | None
    has_draft: bool


@dataclass(frozen=True)
class VersionLine:
    """One version in the history: the row, what it says, and what it changed (names of columns)."""

    row: PromiseVersion
    policy: Policy
    changed: tuple[str, ...]
    is_in_force: bool
    is_to_come: bool

    @property
    def is_draft(self) -> bool:
        return self.row.effective_from is None


@dataclass(frozen=True)
class PromiseStory:
    """A promise with all its versions, newest first; ``policy`` is what holds now, or the first to come."""

    policy: Policy
    versions: tuple[VersionLine, ...]


def promise_lines(at: datetime) -> list[PromiseLine]:
    """Every promise that holds, in the order of the keys; one query beside the book."""
    coming: dict[str, datetime] = {}
    drafts: set[str] = set()
    later = PromiseVersion.objects.filter(effective_from__gt=at) | PromiseVersion.objects.filter(effective_from=None)
    for key, begins in later.order_by("-effective_from").values_list("promise_id", "effective_from"):
        if begins is None:
            drafts.add(key)
        else:
            coming[key] = begins
    return [PromiseLine(policy, coming.get(policy.key), policy.key in drafts) for policy in policies_at(at).policies()]


def promise_story(key: str, at: datetime) -> PromiseStory:
    """One promise with its history. Raises PromiseNotFound."""
    rows = list(PromiseVersion.objects.filter(promise=key).select_related("promise").order_by("-number"))
    if not rows:
        raise PromiseNotFound(key)
    current = max((row for row in rows if row.effective_from and row.effective_from <= at), key=_begins, default=None)
    return PromiseStory(policy_of(current or rows[-1]), tuple(_line(rows, place, current, at) for place in range(len(rows))))


def public_promises(at: datetime) -> list[Policy]:
    """What customers are told about: public, active, in the order of the keys."""
    return [policy for policy in policies_at(at).policies() if policy.is_public and policy.is_active]


def _line(rows: Sequence[PromiseVersion], place: int, current: PromiseVersion | None, at: datetime) -> VersionLine:
    row, older = rows[place], rows[place + 1] if place + 1 < len(rows) else None
    changed = tuple(name for name in CONTENT if older and getattr(row, name) != getattr(older, name))
    is_to_come = row.effective_from is not None and row.effective_from > at
    return VersionLine(row, policy_of(row), changed, is_in_force=row is current, is_to_come=is_to_come)


def _begins(row: PromiseVersion) -> datetime:
    assert row.effective_from is not None
    return row.effective_from
