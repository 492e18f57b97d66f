"""What became of the promises made to customers in a span of time, read from the clocks themselves."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db.models import Min

from ..models import Clock
from ..tallies import Ending, Tally
from .catalog import CHAPTERS, policies_shown

_COLUMNS = ("promise_id", "status", "stopped_at", "due_at", "target_at", "consumed", "extensions")
#: Withdrawn by these the promise goes on elsewhere: in the case it was merged into, in the promise that now holds.
_GOES_ON = ("case.merged", "case.changed")
_S = Clock.Status


def tallies(*, since: datetime, until: datetime, at: datetime) -> Mapping[str, Tally]:
    """Promise -> what became of it from ``since`` until before ``until``, as known at ``at``; only promises made to customers.

    Three statements, whatever the number of clocks; each is read once.
    """
    end = min(until, at)
    public = {policy.key for policy in policies_shown(all_of_them=False, at=at)}
    found: dict[str, Tally] = {}
    for promise, one in _endings(public, since, end):
        moment = one.counts_at()
        if moment is not None and since <= moment < end:
            found.setdefault(promise, Tally()).note(one)
    return dict(sorted(found.items()))


def chapter_of(promise: str) -> str:
    """The chapter of the page of promises in which it stands."""
    return next((chapter for chapter, keys in CHAPTERS.items() if promise in keys), "rest")


def first_ended() -> datetime | None:
    """When the first clock of all ended; None where none ever has."""
    found: datetime | None = Clock.objects.filter(status=_S.STOPPED).aggregate(first=Min("stopped_at"))["first"]
    return found


def _endings(promises: Collection[str], since: datetime, end: datetime) -> Iterator[tuple[str, Ending]]:
    clocks = Clock.objects.filter(promise__in=promises)
    # By promise and from a moment on, so that the index of ended clocks is walked.
    ended = clocks.filter(status=_S.STOPPED, stopped_at__gte=since)
    late = clocks.filter(status=_S.RUNNING, due_at__gte=since, due_at__lt=end)
    dropped = clocks.filter(status=_S.WITHDRAWN, due_at__gte=since, due_at__lt=end).exclude(stopped_by__in=_GOES_ON)
    for rows in (ended, late, dropped):
        for promise, status, stopped_at, due_at, target_at, consumed, extensions in rows.values_list(*_COLUMNS).iterator(chunk_size=2000):
            yield promise, Ending(stopped_at, due_at, target_at, status == _S.STOPPED, bool(extensions), consumed)
