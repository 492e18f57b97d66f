"""Which alarms a clock needs now, given those it has. Pure: moments in, a plan out; ``sla.operations.keeping`` writes it.

The rules (tested one by one, and raced): only what lies ahead is disarmed or moved; what was already due stays armed and fires; what
fired never moves, and is voided when it turns out that it should not have. A new epoch (another due moment) rings its rungs again.
Of the rungs a change leaves behind it, the last one rings at once, unless it or a later one has been told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """What became of the clock."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Armed:
    """An alarm as it stands. ``key`` is its row's."""

    key: int
    epoch: int
    rung: str
    fires_at: datetime | None
    is_fired: bool
    is_voided: bool

    @property
    def is_repetition(self) -> bool:
        """A nag: "100%.2" and so on."""
        return "." in self.rung

    @property
    def base(self) -> str:
        """The rung it is, or the one it repeats."""
        return self.rung.partition(".")[0]

    @property
    def is_pending(self) -> bool:
        return not self.is_fired and not self.is_voided


@dataclass(frozen=True)
class Need:
    """What the clock asks for from ``at`` on: the rungs in their order, and ``epoch``, which a moved due moment has raised.

    ``nag`` is the pause after which a repetition that waited with the clock rings again.
    """

    state: State
    at: datetime
    epoch: int
    rungs: Mapping[str, datetime]
    is_new: bool = False
    nag: timedelta = timedelta(minutes=15)


@dataclass
class Plan:
    """What to write: new alarms, moments of unfired ones (None: disarmed), and fired ones that do not count."""

    create: dict[str, datetime] = field(default_factory=dict)
    move: dict[int, datetime | None] = field(default_factory=dict)
    void: list[int] = field(default_factory=list)


def plan(need: Need, have: Sequence[Armed]) -> Plan:
    """What to write so that exactly the right alarms fire from ``need.at`` on."""
    made = Plan()
    for alarm in have:
        if not alarm.is_voided and alarm.fires_at is not None and _is_wrong(alarm, need):
            if alarm.is_fired:
                made.void.append(alarm.key)
            else:
                made.move[alarm.key] = None
    if need.state is State.RUNNING:
        _arm(need, have, made)
    return made


def _is_wrong(alarm: Armed, need: Need) -> bool:
    """Whether this alarm should not ring (or have rung), by what is known now."""
    assert alarm.fires_at is not None
    if need.state in {State.STOPPED, State.WITHDRAWN}:
        # An end at the very moment still keeps the promise.
        return alarm.fires_at >= need.at
    is_outdated = alarm.epoch < need.epoch and not _still_nags(alarm, need)
    return alarm.fires_at > need.at and (is_outdated or need.state is State.PAUSED)


def _still_nags(alarm: Armed, need: Need) -> bool:
    """Whether this repeats a rung that the clock is past by its new moments too: what is broken stays broken, and is not told anew."""
    return alarm.is_repetition and need.rungs.get(alarm.base, need.at + need.nag) <= need.at


def _arm(need: Need, have: Sequence[Armed], made: Plan) -> None:
    mine = {alarm.rung: alarm for alarm in have if alarm.epoch == need.epoch}
    for rung, moment in need.rungs.items():
        alarm = mine.get(rung)
        if moment < need.at or (moment == need.at and not need.is_new):
            continue
        if alarm is None:
            made.create[rung] = moment
        elif alarm.is_pending and (alarm.fires_at is None or alarm.fires_at > need.at) and alarm.fires_at != moment:
            made.move[alarm.key] = moment
    for alarm in have:
        if alarm.is_repetition and alarm.is_pending and alarm.fires_at is None and _goes_on(alarm, need, have, made):
            made.move[alarm.key] = need.at + need.nag
    if (behind := _last_behind(need)) and not _was_told(behind, need, have, made):
        _ring_now(behind, mine.get(behind), need, made)


def _goes_on(alarm: Armed, need: Need, have: Iterable[Armed], made: Plan) -> bool:
    """Whether a repetition that waited is still wanted: of this epoch, or of an earlier one whose rung has not rung anew since."""
    if alarm.epoch == need.epoch:
        return True
    later = (one for one in have if one.epoch > alarm.epoch and one.base == alarm.base and one.fires_at and not one.is_voided)
    return _still_nags(alarm, need) and all(one.key in made.move for one in later)


def _last_behind(need: Need) -> str | None:
    behind = [(moment, place, rung) for place, (rung, moment) in enumerate(need.rungs.items()) if moment <= need.at]
    return max(behind)[2] if behind else None


def _was_told(rung: str, need: Need, have: Iterable[Armed], made: Plan) -> bool:
    """Whether this rung or one that says more has rung, or is about to."""
    enough = {name for name, moment in need.rungs.items() if moment >= need.rungs[rung]}
    told = {
        alarm.rung
        for alarm in have
        if not alarm.is_voided and alarm.key not in made.void and alarm.fires_at is not None and alarm.fires_at <= need.at
    }
    return bool(told & enough) or rung in made.create


def _ring_now(rung: str, alarm: Armed | None, need: Need, made: Plan) -> None:
    if alarm is None:
        made.create[rung] = need.at
    elif alarm.is_pending:
        made.move[alarm.key] = need.at
