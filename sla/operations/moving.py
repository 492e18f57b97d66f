"""Move open clocks on purpose: to another version of their promise, or to what a calendar says by now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor, System
from casework.models import Effect, Timeline
from casework.operations import Step, record_many

from .. import permissions
from ..models import Clock, PromiseVersion
from ..queries import guesses, policies

#: Topic of the effect that works guessed clocks out; sla.reactions carries it out.
RECOMPUTE_TOPIC = "sla.recompute"
_RECOMPUTED = "promise.recomputed"
_BY = System("calendar")
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
    """Work out anew the clocks that had to guess a year which is known now, or all of one promise; how many timelines.

    Of one promise it is on purpose: what has been used up is measured by the calendar as it is known now, special days included.
    """
    permissions.check_may_edit_promises(by, at=at)
    if not promise:
        return _say(_RECOMPUTED, {}, guesses.solvable(limit=MOST), by, at)
    return _say(_RECOMPUTED, {"promise": promise}, _timelines(Clock.objects.open().filter(promise=promise)), by, at)


def owe_guesses(*, cause: str, at: datetime) -> None:
    """Have the clocks that had to guess worked out anew, soon and by the queue, where their year is known now; once per ``cause``."""
    if guesses.solvable(limit=1):
        moments = {"created_at": at, "next_attempt_at": at}
        Effect.objects.get_or_create(topic=RECOMPUTE_TOPIC, key=cause[:120], defaults=moments)


def solve_guesses(*, effect: Effect, at: datetime) -> bool:
    """A batch of these clocks, in the caller's transaction; whether there may be more. Each is looked at once, in their order."""
    # Another process has written: what this one remembers of the years may be older.
    policies.forget()
    found = guesses.solvable(after=effect.payload.get("after", 0), limit=BATCH)
    if found:
        _say_in_batch(_RECOMPUTED, {}, found, _BY, at)
        Effect.objects.filter(pk=effect.pk).update(payload={"after": found[-1]})
    return len(found) == BATCH


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
