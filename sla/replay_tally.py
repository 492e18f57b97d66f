"""One promise over a whole log: what was kept, who would have been told, what it would have cost. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from .amends import Amends
from .policies import Policy
from .simulation import Outcome, Verdict


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
