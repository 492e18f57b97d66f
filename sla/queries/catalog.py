"""Promises as pages and the API show them: what holds, what is to come, what held before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Staff

from ..models import Moving, PromiseVersion
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
    writer: str
    movings: Sequence[Moving]

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
    rows = list(PromiseVersion.objects.filter(promise=key).select_related("promise").prefetch_related("movings").order_by("-number"))
    if not rows:
        raise PromiseNotFound(key)
    writers = _writers(rows)
    current = max((row for row in rows if row.effective_from and row.effective_from <= at), key=_begins, default=None)
    return PromiseStory(policy_of(current or rows[-1]), tuple(_line(rows, place, current, at, writers) for place in range(len(rows))))


@dataclass(frozen=True)
class Chapter:
    """Part of the page for customers: what it is about, and the promises that are measured and those that are rules."""

    title: str
    policies: tuple[Policy, ...]


def policies_shown(*, all_of_them: bool, at: datetime) -> list[Policy]:
    """Every active promise, or those made to customers; no query while nothing changed."""
    return [policy for policy in policies_at(at).policies() if policy.is_active and (all_of_them or policy.is_public)]


def chapters(at: datetime) -> list[Chapter]:
    """What customers are promised (public and active), by what it is about; no query while nothing changed."""
    shown = policies_shown(all_of_them=False, at=at)
    found: dict[str, list[Policy]] = {title: [] for title in CHAPTERS}
    for policy in shown:
        found[next((title for title, keys in CHAPTERS.items() if policy.key in keys), _REST)].append(policy)
    return [Chapter(str(_CHAPTER_TITLES[title]), tuple(policies)) for title, policies in found.items() if policies]


def chapter_title(chapter: str) -> str:
    """What a chapter is called; empty for what is none."""
    return str(_CHAPTER_TITLES.get(chapter, ""))


def _keys(*spans: tuple[int, int]) -> frozenset[str]:
    return frozenset(f"T{number:02}" for first, last in spans for number in range(first, last + 1))


_REST = "rest"
#: Chapter -> the promises in it; whatever is in none, staff's own promises too, stands in the last.
CHAPTERS: Mapping[str, frozenset[str]] = {
    "emergency": _keys((5, 7), (23, 24)),
    "supply": _keys((8, 11), (65, 67)) | {"H01"},
    "buying": _keys((1, 4)),
    "questions": _keys((14, 16), (28, 28), (38, 40), (45, 45), (68, 69), (81, 82), (84, 87), (89, 92)),
    "repair": _keys((52, 64)) | {"H02"},
    "connection": _keys((17, 19), (22, 22), (47, 51)),
    "checks": _keys((12, 13)),
    "after": _keys((21, 21), (29, 31), (73, 73), (78, 78)),
    "services": _keys((93, 98)),
    _REST: frozenset(),
}
_CHAPTER_TITLES: Mapping[str, str | Lazy] = {
    "emergency": _("Emergencies and the hotline"),
    "supply": _("When gas stays away"),
    "buying": _("Buying gas"),
    "questions": _("Questions, requests, complaints"),
    "repair": _("Repairs"),
    "connection": _("New connections"),
    "checks": _("Safety checks"),
    "after": _("After the work"),
    "services": _("Paid and free services"),
    _REST: _("For everything"),
}


def _line(
    rows: Sequence[PromiseVersion], place: int, current: PromiseVersion | None, at: datetime, writers: Mapping[str, str]
) -> VersionLine:
    row, older = rows[place], rows[place + 1] if place + 1 < len(rows) else None
    changed = tuple(name for name in CONTENT if older and getattr(row, name) != getattr(older, name))
    is_to_come = row.effective_from is not None and row.effective_from > at
    return VersionLine(
        row=row,
        policy=policy_of(row),
        changed=changed,
        is_in_force=row is current,
        is_to_come=is_to_come,
        writer=writers.get(row.written_by, str(_("from the file"))),
        movings=tuple(row.movings.all()),
    )


def _writers(rows: Sequence[PromiseVersion]) -> Mapping[str, str]:
    """Label -> name, of the people among those who wrote."""
    keys = [int(row.written_by.removeprefix("user:")) for row in rows if row.written_by.startswith("user:")]
    return {f"user:{user}": name for user, name in Staff.objects.filter(user__in=keys).values_list("user_id", "name")}


def _begins(row: PromiseVersion) -> datetime:
    assert row.effective_from is not None
    return row.effective_from
