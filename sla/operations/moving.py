"""Move open clocks on purpose: to another version of their promise, or to what a calendar says by now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, System
from casework.models import Effect, Timeline
from casework.operations import Step, record_many

from .. import permissions
from ..models import Clock, Moving, PromiseVersion
from ..queries import guesses, movable, policies

#: Topic of the effect that works guessed clocks out; sla.reactions carries it out.
RECOMPUTE_TOPIC = "sla.recompute"
_RECOMPUTED = "promise.recomputed"
_BY = System("calendar")
#: Timelines in one transaction, and clocks in one call; the next call goes on.
BATCH, MOST = 100, 2_000

_SENTENCES: dict[str, str | Lazy] = {
    "reason": _("Say why, so that the next person understands."),
    "not_in_force": _("Another version holds by now. Clocks are moved to the one in force; look again."),
    "switched_off": _("This promise is switched off. Its open clocks run on as they are."),
}


class CannotMove(Exception):
    """Clocks are not moved to this version; ``code`` says which rule stands against it, str() is the sentence for the reader."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(str(_SENTENCES[code]))


def move_to_version(*, version: PromiseVersion, reason: str, by: Actor, at: datetime) -> int:
    """Let open clocks count on by the version in force from now on, as far as it is for them; how many clocks (call again until none).

    What has been used up stays used up, and what is broken stays broken. Raises Forbidden, CannotMove.
    """
    permissions.check_may_edit_promises(by, at=at)
    held = policies.policies_at(at).in_force(version.promise_id)
    if held is None or held.version != version.pk:
        raise CannotMove("not_in_force")
    if not held.is_active:
        raise CannotMove("switched_off")
    if not reason.strip():
        raise CannotMove("reason")
    timelines = _timelines(movable.movable(held))[: movable.MOST]
    if not timelines:
        return 0
    moving = Moving.objects.create(version=version, reason=reason.strip()[:200], moved_by=by.actor_label, moved_at=at)
    for start in range(0, len(timelines), BATCH):
        _move(moving, timelines[start : start + BATCH], by, at)
    moving.refresh_from_db(fields=["clocks"])
    return moving.clocks


@transaction.atomic
def _move(moving: Moving, timelines: Sequence[int], by: Actor, at: datetime) -> None:
    facts = {"promise": moving.version.promise_id, "version": moving.version_id, "moving": moving.pk}
    old = Clock.objects.open().filter(timeline__in=timelines, promise=moving.version.promise_id).exclude(version=moving.version_id)
    before = old.count()
    _say_in_batch("promise.moved", facts, timelines, by, at)
    Moving.objects.filter(pk=moving.pk).update(clocks=F("clocks") + before - old.count())


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
