"""How far what a log says of itself agrees with what we work out. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from .log_maps import Check, moment
from .simulation import Outcome

MOST_EXAMPLES = 20


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
