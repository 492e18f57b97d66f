"""Clocks that have run, measured again by another version of their promise: kept or not, who is told, what it costs. Pure.

What happened to a clock (its start, waiting, extensions, end) is taken as it was; only what the version says of time, ladder and
money is new. A version that listens to other events needs the whole story instead: ``sla.replay``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from . import selection
from .deadlines import compute
from .policies import Policy
from .replay import Tally
from .simulation import Outcome, Verdict
from .terms import Deadline, History, Rule

#: Every verdict, the good ones first.
VERDICTS: tuple[Verdict, ...] = ("kept", "broken", "open", "waiting", "withdrawn", "unmeasured")


@dataclass(frozen=True)
class Past:
    """A clock as it was: the version it ended under, what happened to it, the moments it had, and what is known of whom it was for."""

    key: str
    policy: Policy
    history: History
    target_at: datetime | None
    due_at: datetime | None
    attributes: Mapping[str, str]


class Comparison:
    """The same clocks counted twice, as they were and as they would have been. ``others``: clocks this version is not for."""

    def __init__(self, policy: Policy, rule: Rule, *, until: datetime) -> None:
        self.policy, self.rule, self.until = policy, rule, until
        self.before, self.after = Tally(policy), Tally(policy)
        self.changes: Counter[tuple[Verdict, Verdict]] = Counter()
        self.others = self.guessed = 0

    def take(self, past: Past) -> None:
        """Count one clock, if the version is for it."""
        known = {name: values for name, values in self.policy.selects.items() if name in past.attributes}
        if not selection.fits(known, past.attributes):
            self.others += 1
            return
        found = compute(self.rule, past.history)
        self.guessed += found.is_provisional
        was = Outcome(past.key, past.policy, past.history, Deadline(target_at=past.target_at, due_at=past.due_at), self.until)
        would_be = Outcome(past.key, self.policy, past.history, found, self.until)
        self.before.add(was)
        self.after.add(would_be)
        self.changes[was.verdict, would_be.verdict] += 1

    def told(self) -> Counter[str]:
        """How often each role would have been told."""
        roles: Counter[str] = Counter()
        for (_rung, role), count in self.after.told.items():
            roles[role] += count
        return roles

    @property
    def newly_missed(self) -> int:
        """How many were not missed and would have been."""
        return sum(count for (was, would_be), count in self.changes.items() if would_be == "broken" != was)

    @property
    def no_longer_missed(self) -> int:
        """How many were missed and would not have been."""
        return sum(count for (was, would_be), count in self.changes.items() if was == "broken" != would_be)
