"""A log run through promises: what was kept, who would have been told, what it would have cost, whether the log agrees. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .amends import Amends
from .log_maps import Check, Dirty, moment
from .policies import Policy
from .simulation import Book, Outcome, Story, Verdict, simulate

MOST_EXAMPLES = 20


@dataclass
class Tally:
    """One promise over the whole log."""

    policy: Policy
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    targets: Counter[bool] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    lengths: list[timedelta] = field(default_factory=list)
    cost: int = 0

    @property
    def clocks(self) -> int:
        return self.verdicts.total()

    @property
    def is_paid(self) -> bool:
        """Whether the compensation of this policy is switched on; else the cost is what it would be."""
        return Amends.parse(self.policy.compensation).is_on

    def add(self, outcome: Outcome) -> None:
        self.verdicts[outcome.verdict] += 1
        if outcome.target_met is not None:
            self.targets[outcome.target_met] += 1
        self.told.update((told.rung, told.role) for told in outcome.told())
        self.cost += outcome.cost
        if outcome.history.stopped_at and not outcome.history.is_withdrawn:
            self.lengths.append(outcome.deadline.consumed_at(outcome.ended_at))

    def share_kept(self) -> tuple[int, int]:
        """How many kept their limit of how many that are decided."""
        return self.verdicts["kept"], self.verdicts["kept"] + self.verdicts["broken"]

    def share_on_target(self) -> tuple[int, int]:
        """How many met the target of how many that could."""
        return self.targets[True], self.targets.total()

    def length_at(self, percent: int) -> timedelta | None:
        """The counted time within which so many percent were done; None when none was."""
        ordered = sorted(self.lengths)
        return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else None


@dataclass
class Agreement:
    """How far what the log says of itself agrees with what we work out."""

    check: Check
    verdicts: Counter[bool] = field(default_factory=Counter)
    dues: Counter[bool] = field(default_factory=Counter)
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, row: Mapping[str, str], outcome: Outcome, zone: ZoneInfo) -> None:
        """Compare one outcome with its row; what the row does not say is not compared."""
        if said := row.get(self.check.due, ""):
            self._compare(self.dues, outcome.story, said, self._is_due(said, outcome, zone))
        told = {self.check.kept: "kept", self.check.broken: "broken"}.get(row.get(self.check.verdict, "") or "?")
        if told and outcome.verdict in {"kept", "broken"} and outcome.history.stopped_at:
            self._compare(self.verdicts, outcome.story, told, told == outcome.verdict)

    def _is_due(self, said: str, outcome: Outcome, zone: ZoneInfo) -> bool:
        due_at = outcome.deadline.due_at
        return due_at is not None and abs(due_at - moment(said, zone)) <= self.check.within

    def _compare(self, counts: Counter[bool], story: str, said: str, is_so: bool) -> None:
        counts[is_so] += 1
        if not is_so and len(self.examples) < MOST_EXAMPLES:
            self.examples.append((story, self.check.promise, said))


class Replay:
    """The counts of a whole log, taken row by row."""

    def __init__(self, book: Book, *, until: datetime, checks: Sequence[Check] = (), zone: ZoneInfo | None = None) -> None:
        self.book, self.until, self.zone = book, until, zone or ZoneInfo("UTC")
        self.agreements = [Agreement(check) for check in checks]
        self.tallies: dict[tuple[str, int], Tally] = {}
        self.dirty: list[Dirty] = []
        self.rows = 0

    def take(self, row: Mapping[str, str], story: Story | Dirty) -> list[Outcome]:
        """One row: its outcomes, none when it is dirty."""
        self.rows += 1
        if isinstance(story, Dirty):
            self.dirty.append(story)
            return []
        outcomes = simulate(story, self.book, until=self.until)
        for outcome in outcomes:
            key = (outcome.policy.key, outcome.policy.number)
            self.tallies.setdefault(key, Tally(outcome.policy)).add(outcome)
            for agreement in self.agreements:
                if agreement.check.promise in {outcome.policy.key, outcome.policy.family}:
                    agreement.add(row, outcome, self.zone)
        return outcomes

    def take_all(self, rows: Iterable[tuple[Mapping[str, str], Story | Dirty]]) -> "Replay":
        for row, story in rows:
            self.take(row, story)
        return self
