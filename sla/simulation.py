"""What would have become of somebody's promises: a story of events run through a book of promises, without a row being written. Pure.

It follows the rules of docs/clock-algebra.md as the engine does: what the matter itself changed first, then what ends or waits,
then what begins. What only rows can tell (two cases merged, a part split off) it leaves out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from . import algebra
from .amends import Amends
from .deadlines import compute
from .policies import Policy
from .selection import DIMENSIONS
from .terms import Deadline, Extension, History, Rule
from .turns import is_meant, turn_of

type Verdict = Literal["kept", "broken", "open", "waiting", "withdrawn", "unmeasured"]


@dataclass(frozen=True)
class Happening:
    """One event of a story: its verb, its moment, and what it says."""

    verb: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """What happened to one matter, in the order of time; ``attributes`` are what promises select by."""

    key: str
    attributes: Mapping[str, str]
    happenings: tuple[Happening, ...]


class Book(Protocol):
    """The part of ``sla.books.PolicyBook`` that a simulation opens."""

    def starting_on(self, verb: str, facts: Mapping[str, Any], attributes: Mapping[str, str]) -> list[Policy]: ...

    def rule(self, policy: Policy) -> Rule: ...


@dataclass(frozen=True)
class Told:
    """Somebody would have heard: at which moment, of which rung, in which role."""

    at: datetime
    rung: str
    role: str


@dataclass(frozen=True)
class Outcome:
    """One promise at the end of its story, as of ``until``."""

    story: str
    policy: Policy
    history: History
    deadline: Deadline
    until: datetime

    @property
    def ended_at(self) -> datetime:
        """When it ended, or up to when we look."""
        return min(self.history.stopped_at or self.until, self.until)

    @property
    def verdict(self) -> Verdict:
        """Kept or broken as of ``until``; an open clock past its limit is broken already."""
        if self.history.is_withdrawn:
            return "withdrawn"
        if self.deadline.due_at is None:
            return "waiting" if self.history.is_paused else "unmeasured"
        if not self.deadline.is_kept(self.ended_at):
            return "broken"
        return "kept" if self.history.stopped_at else "open"

    @property
    def target_met(self) -> bool | None:
        """Whether it was done by the target; None without one, or as long as it may still be."""
        if self.deadline.target_at is None or self.history.is_withdrawn:
            return None
        if self.ended_at > self.deadline.target_at:
            return False
        return True if self.history.stopped_at else None

    @property
    def late(self) -> timedelta:
        """By how much it missed its limit, by the clock on the wall; nothing when it did not."""
        if self.verdict != "broken" or self.deadline.due_at is None:
            return timedelta(0)
        return self.ended_at - self.deadline.due_at

    @property
    def cost(self) -> int:
        """What the promise's rule of compensation says for that, whether it is switched on or not."""
        return Amends.parse(self.policy.compensation).owed(self.late)

    def told(self) -> tuple[Told, ...]:
        """Who would have been told when: the rungs that came before it ended."""
        rung = sorted(self.deadline.rungs.items(), key=lambda one: one[1])
        return tuple(Told(moment, name, self.policy.role_at(name)) for name, moment in rung if moment < self.ended_at)


@dataclass
class _Clock:
    policy: Policy
    history: History
    turn: str = ""

    @property
    def rule(self) -> Rule:
        return self.history.legs[-1].rule

    @property
    def family(self) -> str:
        return self.policy.family or self.policy.key


def simulate(story: Story, book: Book, *, until: datetime) -> list[Outcome]:
    """Every promise the story begins, as of ``until``; what happened later is not known yet."""
    stage = _Stage(story, book)
    for happening in story.happenings:
        if happening.at <= until:
            stage.play(happening)
    return [Outcome(story.key, clock.policy, clock.history, compute(clock.rule, clock.history), until) for clock in stage.clocks]


class _Stage:
    """The clocks of one story while it is played."""

    def __init__(self, story: Story, book: Book) -> None:
        self.book, self.attributes = book, dict(story.attributes)
        self.clocks: list[_Clock] = []
        self.played: list[Happening] = []

    def play(self, happening: Happening) -> None:
        if act := _ACTS.get(happening.verb):
            act(self, happening)
        for clock in self.open():
            if self.is_meant(clock, happening):
                with suppress(algebra.SafetyClock):
                    _touch(clock, happening)
        for policy in self.book.starting_on(happening.verb, happening.facts, self.attributes):
            self.begin(policy, happening)
        self.played.append(happening)

    def open(self) -> Sequence[_Clock]:
        return [clock for clock in self.clocks if clock.history.stopped_at is None]

    def is_meant(self, clock: _Clock, happening: Happening) -> bool:
        key = clock.policy.key
        return is_meant(clock.turn, key, happening.verb, happening.facts, is_last=lambda: clock is self._last(key))

    def _last(self, key: str) -> _Clock:
        return [clock for clock in self.open() if clock.policy.key == key][-1]

    def begin(self, policy: Policy, happening: Happening) -> None:
        anchor_at, turn = _anchor(policy, happening), turn_of(happening.facts)
        again = next((clock for clock in self.open() if clock.policy.key == policy.key and clock.turn == turn), None)
        if policy.anchor and again:
            again.history = algebra.agree(again.history, anchor_at or again.history.started_at)
            return
        history = algebra.begin(self.book.rule(policy), happening.at, event=happening.verb, anchor_at=anchor_at)
        self.clocks.append(_Clock(policy, history, turn))


def _anchor(policy: Policy, happening: Happening) -> datetime | None:
    named = happening.facts.get(policy.anchor) if policy.anchor else None
    return datetime.fromisoformat(named) if named else None


def _touch(clock: _Clock, happening: Happening) -> None:
    policy, history, heard = clock.policy, clock.history, (happening.verb, happening.facts)
    at = max(happening.at, history.started_at)
    if policy.stops(*heard):
        clock.history = algebra.stop(history, at)
    elif policy.withdraws(*heard):
        clock.history = algebra.withdraw(history, at)
    elif history.is_paused and policy.resumes(*heard):
        clock.history = algebra.resume(history, at)
    elif not history.is_paused and policy.pauses(*heard):
        clock.history = algebra.pause(clock.rule, history, at)


def _withdraw_all(stage: _Stage, happening: Happening) -> None:
    for clock in stage.open():
        clock.history = algebra.withdraw(clock.history, max(happening.at, clock.history.started_at))


def _choose_again(stage: _Stage, happening: Happening) -> None:
    """Each clock goes on under what now wins in its family, or is withdrawn when nothing does; what is new begins now."""
    stage.attributes |= {name: str(value) for name, value in happening.facts.items() if name in DIMENSIONS}
    wanted = {policy.family or policy.key: policy for cause in stage.played for policy in _starting(stage, cause)}
    had = {clock.family for clock in stage.clocks}
    for clock in stage.open():
        policy = wanted.get(clock.family)
        if policy is None:
            clock.history = algebra.withdraw(clock.history, max(happening.at, clock.history.started_at))
        elif policy.key != clock.policy.key:
            clock.history = algebra.change(stage.book.rule(policy), clock.history, happening.at)
            clock.policy = policy
    for policy in (policy for family, policy in wanted.items() if family not in had):
        stage.begin(policy, happening)


def _starting(stage: _Stage, cause: Happening) -> Iterable[Policy]:
    return stage.book.starting_on(cause.verb, cause.facts, stage.attributes)


def _reopen(stage: _Stage, happening: Happening) -> None:
    """What the customer asked for was not done: outcomes go on or begin afresh, an arrival stays an arrival."""
    last = {clock.family: clock for clock in stage.clocks}
    for family, clock in last.items():
        if not clock.policy.is_outcome or family in {one.family for one in stage.open()}:
            continue
        reopened = algebra.reopen(clock.rule, clock.history, happening.at)
        if reopened.is_fresh:
            stage.clocks.append(_Clock(clock.policy, reopened.history, clock.turn))
        else:
            clock.history = reopened.history


def _extend(stage: _Stage, happening: Happening) -> None:
    """The fact ``until`` names the new moment; who grants what is not ours to ask here."""
    facts = happening.facts
    for clock in stage.open():
        if facts.get("until") and facts.get("promise") == clock.policy.key:
            more = Extension(happening.at, until=datetime.fromisoformat(facts["until"]))
            with suppress(algebra.SafetyClock, algebra.TooLate, algebra.NotLonger):
                clock.history = algebra.extend(clock.rule, clock.history, more)


_ACTS: Mapping[str, Callable[[_Stage, Happening], None]] = {
    "case.cancelled": _withdraw_all,
    "case.merged": _withdraw_all,
    "case.changed": _choose_again,
    "case.reopened": _reopen,
    "case.extended": _extend,
}
