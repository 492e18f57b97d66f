"""What a version of a promise would have done: read from the clocks of the last months, of which no row is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from ..books import PolicyBook, UnknownVersion
from ..comparison import Comparison, Past, Rehearsal, is_another_story, told_before
from ..draft_policies import side_by_side
from ..models import Clock, Compensation, Escalation
from ..policies import Policy
from .histories import history_of
from .policies import policies_at
from .stories import newest_with, stories_of

#: How far we look back, and how many clocks are counted at most: a page must not take longer than somebody waits for it.
BACK = timedelta(days=90)
MOST = 3_000
#: How many matters are played at most where a version listens to other events, or is for others.
MATTERS = 1_000
_ATTRIBUTES = ("kind", "segment", "area", "urgency", "channel")


@dataclass(frozen=True)
class LookBack:
    """A version held against our own clocks since ``since``, the newest first; ``is_cut``: older ones were left out.

    ``told`` is how often each role was told (repetitions left out), ``paid`` what we owe or paid for these clocks (minor units).
    Of a rehearsal both are what the first play said, not what was recorded.
    """

    comparison: Comparison | Rehearsal
    since: datetime
    is_cut: bool
    told: Mapping[str, int]
    paid: int

    @property
    def is_rehearsed(self) -> bool:
        """Whether matters were played twice, because the clocks that ran could not tell."""
        return isinstance(self.comparison, Rehearsal)

    def tellings(self) -> list[tuple[str, int, int]]:
        """Role, how often it was told, how often it would have been."""
        would_be = self.comparison.told()
        return [(role, self.told.get(role, 0), would_be[role]) for role in sorted({*self.told, *would_be})]


def comparable(at: datetime) -> list[Policy]:
    """Every version that can be held against clocks: drafts, what is to come, and what holds; in the order of the keys."""
    book = policies_at(at)
    held = {policy.version for policy in book.policies()}
    found = (policy for policy in book.edition.by_version.values() if policy.target or policy.limit)
    chosen = [one for one in found if one.effective_from is None or one.effective_from > at or one.version in held]
    return sorted(chosen, key=lambda policy: (policy.key, policy.number))


def look_back(version: int, *, at: datetime) -> LookBack:
    """The version with this key against the clocks of its promise; three queries. Raises UnknownVersion.

    A version that listens to other events than what holds, or is for others, against the matters themselves.
    """
    book = policies_at(at)
    policy = book.version(version)
    held = book.in_force(policy.key)
    if held is None or is_another_story(policy, held, book.policies()):
        return _rehearse(policy, held, book, at)
    comparison, since, is_cut = Comparison(policy, book.rule(policy), until=at), at - BACK, False
    clocks = Clock.objects.filter(promise=policy.key, started_at__gte=since).order_by("-started_at", "-pk")
    for number, clock in enumerate(clocks.defer("trace")[: MOST + 1].iterator(chunk_size=500)):
        if number == MOST:
            is_cut = True
            break
        since = clock.started_at if number == MOST - 1 else since
        for past in _past(clock, book):
            comparison.take(past)
    counted = {"promise": policy.key, "started_at__gte": since, **_meant(policy)}
    return LookBack(comparison, since, is_cut, _told(counted), _paid(counted))


def _rehearse(policy: Policy, held: Policy | None, book: PolicyBook, at: datetime) -> LookBack:
    was, would_be = side_by_side(book, policy)
    rehearsal = Rehearsal(policy, was, would_be, until=at)
    verbs = {pattern.verb for one in (policy, held) if one for pattern in one.starts_on}
    timelines, since = newest_with(verbs, since=at - BACK, most=MATTERS)
    for story in stories_of(timelines, at - BACK):
        rehearsal.take(story)
    return LookBack(rehearsal, since, since > at - BACK, told_before(rehearsal), rehearsal.before.cost)


def _past(clock: Clock, book: PolicyBook) -> Iterator[Past]:
    """Nothing for a clock whose version the book has lost."""
    try:
        policy = book.version(clock.version_id)
    except UnknownVersion:
        return
    attributes = {name: getattr(clock, name) for name in _ATTRIBUTES}
    yield Past(str(clock.pk), policy, history_of(clock), clock.target_at, clock.due_at, attributes)


def _meant(policy: Policy) -> dict[str, Any]:
    """Which clocks the version is for, as far as their rows say."""
    return {f"{name}__in": sorted(policy.selects[name]) for name in _ATTRIBUTES if name in policy.selects}


def _told(counted: Mapping[str, Any]) -> dict[str, int]:
    rows = Escalation.objects.filter(overtaken_by=None, **{f"alarm__clock__{name}": value for name, value in counted.items()})
    first = rows.exclude(alarm__rung__contains=".")  # ".2" and on: said again because nobody answered
    return dict(first.values_list("to_role").annotate(Count("pk")).order_by("to_role"))


def _paid(counted: Mapping[str, Any]) -> int:
    owed = Compensation.objects.filter(**{f"clock__{name}": value for name, value in counted.items()})
    return owed.exclude(status__in=Compensation.NOT_OWED).aggregate(Sum("amount"))["amount__sum"] or 0
