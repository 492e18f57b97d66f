"""Write clocks down: their moments, their trace, their alarms, and in whose hands they were.

Note [What a clock's writer holds]. Whoever writes clocks holds their timeline's lock first, then the clocks', then their alarms',
in the order of the keys. A sweeper skips what is held and comes back; the drain skips timelines that are held. So nobody waits for
a clock but another writer of the same matter, and nothing deadlocks.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.models import Effect, Timeline
from casework.operations.rows import insert, one_insert

from .. import arming, deadlines
from ..books import PolicyBook
from ..models import Alarm, Clock, Compensation, VoidReason
from ..queries.histories import Running, dump_history
from ..queries.rhythm import nag
from ..terms import Deadline, Step
from . import spans

#: Topic of the effect that decides what a broken promise costs; sla.reactions carries it out.
COMPENSATE_TOPIC = "sla.compensate"
#: The step that says since when a year is known that a computation had to guess.
_SOLVED = "year_entered"
_COLUMNS = (
    *("promise", "version", "status", "epoch", "started_at", "stopped_at", "stopped_by", "anchor_at", "target_at", "due_at", "consumed"),
    *("legs", "pauses", "extensions", "trace", "is_safety", "is_provisional"),
    *("kind", "segment", "area", "urgency", "channel", "hall", "owner"),
)
_REASONS = {
    arming.State.STOPPED: VoidReason.ENDED_BEFORE,
    arming.State.WITHDRAWN: VoidReason.WITHDRAWN,
    arming.State.PAUSED: VoidReason.PAUSED_BEFORE,
    arming.State.RUNNING: VoidReason.MOVED,
}


@dataclass
class Change:
    """A clock to be written. ``is_moved``: its due moment changed for another reason than waiting, so its rungs ring anew.

    ``solved``: how a moment that had been guessed came to be known; it stays in the trace. ``error``: what the arithmetic said when
    it could not work out the moments.
    """

    running: Running
    is_new: bool = False
    is_moved: bool = False
    is_handed_over: bool = False
    solved: Step | None = None
    error: Exception | None = None


def keep(*, timeline: Timeline, changes: Sequence[Change], others: Sequence[Clock], book: PolicyBook, at: datetime) -> list[Change]:
    """Write what changed, with alarms and spans; those whose due moment could not be computed are returned.

    ``others`` are the timeline's open clocks that did not change; with them the timeline's next due moment is known. The caller
    holds the timeline and the clocks locked.
    """
    every = [(change, _compute(change, book, at)) for change in changes]
    # One that cannot be computed is not begun (mending begins it), and goes on as it was; the others must not suffer for it.
    computed = [(change, deadline) for change, deadline in every if deadline is not None or not change.is_new]
    _write_clocks([change for change, _deadline in computed])
    with one_insert():
        _write_alarms(computed, at)
        spans.write([(change.running.clock, deadline, change.is_new, change.is_handed_over) for change, deadline in computed], at=at)
    _owe_compensation(timeline, [change for change, _deadline in computed], book, at)
    _note_next_due(timeline, [*(change.running.clock for change in changes), *others])
    return [change for change, deadline in every if deadline is None]


def _compute(change: Change, book: PolicyBook, at: datetime) -> Deadline | None:
    running, clock = change.running, change.running.clock
    clock.status = _state_of(running).value
    clock.stopped_at = running.history.stopped_at
    if not running.is_readable:
        return None
    try:
        found = deadlines.compute(running.rule, running.history)
    except Exception as error:  # noqa: BLE001 - pure arithmetic: whatever it says of one promise, the others are written
        change.error = error
        return None
    for name, value in dump_history(running.history, book).items():
        setattr(clock, name, value)
    if change.solved and (found.target_at, found.due_at) != (clock.target_at, clock.due_at):
        change.is_moved = True
    if change.is_moved and not change.is_new:
        clock.epoch += 1
    clock.promise_id, clock.version_id, clock.is_safety = running.policy.key, running.policy.version, running.policy.is_safety
    clock.target_at, clock.due_at, clock.is_provisional = found.target_at, found.due_at, found.is_provisional
    told = [step for step in clock.trace if step["code"] == _SOLVED]
    clock.trace = [*(step.as_json() for step in found.steps), *told, *([change.solved.as_json()] if change.solved else [])]
    clock.consumed = max(found.consumed_at(clock.stopped_at or at) // timedelta(seconds=1), 0)
    return found


def _state_of(running: Running) -> arming.State:
    history = running.history
    if history.stopped_at is not None:
        return arming.State.WITHDRAWN if history.is_withdrawn else arming.State.STOPPED
    return arming.State.PAUSED if history.is_paused else arming.State.RUNNING


def _write_clocks(changes: Sequence[Change]) -> None:
    new = [change.running.clock for change in changes if change.is_new]
    old = [change.running.clock for change in changes if not change.is_new]
    if new:
        Clock.objects.bulk_create(new)
    if old:
        Clock.objects.bulk_update(old, _COLUMNS)


def _write_alarms(computed: Sequence[tuple[Change, Deadline | None]], at: datetime) -> None:
    rows = _alarms_of([change.running.clock.pk for change, _deadline in computed if not change.is_new])
    new: list[Alarm] = []
    moved: list[Alarm] = []
    for change, deadline in computed:
        own = rows.get(change.running.clock.pk, [])
        plan = arming.plan(_need(change, deadline, at), [_armed(row) for row in own])
        new += _new_alarms(change.running.clock, plan)
        moved += _moved_alarms(own, plan, change, at)
    insert(*new)
    if moved:
        Alarm.objects.bulk_update(moved, ["fires_at", "voided_at", "void_reason"])


def _alarms_of(clocks: Sequence[int]) -> Mapping[int, list[Alarm]]:
    """Under lock: a sweeper that fires one of them now is waited for, so that what we see is what holds."""
    found: dict[int, list[Alarm]] = defaultdict(list)
    if clocks:
        for row in Alarm.objects.select_for_update(no_key=True).filter(clock__in=clocks).order_by("pk"):
            found[row.clock_id].append(row)
    return found


def _need(change: Change, deadline: Deadline | None, at: datetime) -> arming.Need:
    clock = change.running.clock
    return arming.Need(
        state=_state_of(change.running),
        at=clock.stopped_at or at,
        epoch=clock.epoch,
        rungs=dict(sorted(deadline.rungs.items(), key=lambda rung: rung[1])) if deadline else {},
        is_new=change.is_new,
        nag=nag().pause(is_safety=clock.is_safety, repetition=1),
    )


def _armed(row: Alarm) -> arming.Armed:
    return arming.Armed(row.pk, row.epoch, row.rung, row.fires_at, row.fired_at is not None, row.voided_at is not None)


def _new_alarms(clock: Clock, plan: arming.Plan) -> list[Alarm]:
    return [
        Alarm(clock=clock, epoch=clock.epoch, rung=rung, fires_at=moment, is_safety=clock.is_safety) for rung, moment in plan.create.items()
    ]


def _moved_alarms(rows: Sequence[Alarm], plan: arming.Plan, change: Change, at: datetime) -> list[Alarm]:
    voided = set(plan.void)
    for row in rows:
        if row.pk in voided:
            row.voided_at, row.void_reason = at, _REASONS[_state_of(change.running)]
        elif row.pk in plan.move:
            row.fires_at = plan.move[row.pk]
    if voided and _state_of(change.running) is arming.State.PAUSED:
        # What rang too early must be able to ring again, and a rung rings once an epoch.
        change.running.clock.epoch += 1
        Clock.objects.filter(pk=change.running.clock.pk).update(epoch=change.running.clock.epoch)
    return [row for row in rows if row.pk in voided or row.pk in plan.move]


def _owe_compensation(timeline: Timeline, changes: Sequence[Change], book: PolicyBook, at: datetime) -> None:
    """What a clock of a promise with a price costs is decided in the drain: once it has ended broken, and again when that was undone."""
    priced = {change.running.clock.pk: change for change in changes if _has_price(change.running.clock, book)}
    ended = {pk for pk, change in priced.items() if change.running.clock.stopped_at and change.running.clock.is_breached(at)}
    others = [pk for pk, change in priced.items() if pk not in ended and not change.is_new]
    decided = Compensation.objects.filter(clock__in=others).values_list("clock", flat=True) if others else ()
    # Keyed by the event, so that a clock that is written again is looked at again.
    effects = [
        Effect(topic=COMPENSATE_TOPIC, key=f"{clock}:{timeline.last_seq}", created_at=at, next_attempt_at=at)
        for clock in sorted({*ended, *decided})
    ]
    if effects:
        Effect.objects.bulk_create(effects, ignore_conflicts=True)


def _has_price(clock: Clock, book: PolicyBook) -> bool:
    """Whether breaking it costs something by a version it ran under."""
    versions = {clock.version_id, *(leg["version"] for leg in clock.legs)}
    policies = (book.edition.by_version.get(version) for version in versions)
    return any(policy.compensation.get("is_on") for policy in policies if policy)


def _note_next_due(timeline: Timeline, clocks: Sequence[Clock]) -> None:
    running = [clock.due_at for clock in clocks if clock.status == Clock.Status.RUNNING and clock.due_at is not None]
    nearest = min(running, default=None)
    if timeline.next_due_at != nearest:
        timeline.next_due_at = nearest
        Timeline.objects.filter(pk=timeline.pk).update(next_due_at=nearest)
