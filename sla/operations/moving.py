"""Move open clocks on purpose: to another version of their promise, or to what a calendar says by now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from casework.models import Timeline
from casework.operations import Step, record_many

from .. import permissions
from ..models import Clock, PromiseVersion

#: Timelines in one transaction, and clocks in one call; the next call goes on.
BATCH, MOST = 100, 2_000


def move_to_version(*, version: PromiseVersion, by: Actor, at: datetime) -> int:
    """Let open clocks of this promise count on by this version from now on; how many timelines (call again until none).

    What has been used up stays used up, and what is broken stays broken. Raises Forbidden.
    """
    permissions.check_may_edit_promises(by, at=at)
    others = Clock.objects.open().filter(promise=version.promise_id).exclude(version=version)
    return _say("promise.moved", {"promise": version.promise_id, "version": version.pk}, _timelines(others), by, at)


def recompute(*, promise: str = "", by: Actor, at: datetime) -> int:
    """Work out anew the clocks whose moments had to be guessed (a year was not known), or all of one promise; how many timelines.

    For after a year or a special day was entered. What has been used up is measured by the calendar as it is known now.
    """
    permissions.check_may_edit_promises(by, at=at)
    rows = Clock.objects.open()
    guessed = rows.filter(promise=promise) if promise else rows.filter(is_provisional=True)
    return _say("promise.recomputed", {"promise": promise} if promise else {}, _timelines(guessed), by, at)


def _timelines(clocks: Any) -> Sequence[int]:
    return list(clocks.order_by("timeline").values_list("timeline", flat=True).distinct()[:MOST])


def _say(verb: str, facts: dict[str, Any], timelines: Sequence[int], by: Actor, at: datetime) -> int:
    return sum(_say_in_batch(verb, facts, timelines[start : start + BATCH], by, at) for start in range(0, len(timelines), BATCH))


@transaction.atomic
def _say_in_batch(verb: str, facts: dict[str, Any], keys: Iterable[int], by: Actor, at: datetime) -> int:
    """The clocks listen, as to everything else."""
    timelines = list(Timeline.objects.select_for_update(no_key=True).filter(pk__in=list(keys)).order_by("pk"))
    record_many(steps=[(timeline, Step(verb, facts)) for timeline in timelines], by=by, at=at)
    return len(timelines)
