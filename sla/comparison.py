"""Clocks that have run, measured again by another version of their promise: kept or not, who is told, what it costs. Pure.

What happened to a clock (its start, waiting, extensions, end) is taken as it was; only what the version says of time, ladder and
money is new. A version that listens to other events, or is for others, needs the whole stories instead: a ``Rehearsal`` plays them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from . import selection
from .deadlines import compute
from .policies import Policy
from .replay_tally import Tally
from .simulation import Book, Outcome, Story, Verdict, simulate
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


class Twice:
    """Counts of the same things as they were and as they would have been; a clock that one side has not has no verdict there."""

    def __init__(self, policy: Policy, *, until: datetime) -> None:
        self.policy, self.until = policy, until
        self.before, self.after = Tally(policy), Tally(policy)
        self.changes: Counter[tuple[Verdict | None, Verdict | None]] = Counter()
        self.guessed = 0

    def count(self, was: Outcome | None, would_be: Outcome | None) -> None:
        """One clock."""
        if was:
            self.before.add(was)
        if would_be:
            self.after.add(would_be)
            self.guessed += would_be.deadline.is_provisional
        self.changes[was.verdict if was else None, would_be.verdict if would_be else None] += 1

    def told(self) -> Counter[str]:
        """How often each role would have been told."""
        return _told(self.after)

    @property
    def newly_missed(self) -> int:
        """How many were not missed and would have been."""
        return sum(count for (was, would_be), count in self.changes.items() if would_be == "broken" != was)

    @property
    def no_longer_missed(self) -> int:
        """How many were missed and would not have been."""
        return sum(count for (was, would_be), count in self.changes.items() if was == "broken" != would_be)


class Comparison(Twice):
    """The same clocks counted twice, as they were and as they would have been. ``others``: clocks this version is not for."""

    def __init__(self, policy: Policy, rule: Rule, *, until: datetime) -> None:
        super().__init__(policy, until=until)
        self.rule, self.others = rule, 0

    def take(self, past: Past) -> None:
        """Count one clock, if the version is for it."""
        known = {name: values for name, values in self.policy.selects.items() if name in past.attributes}
        if not selection.fits(known, past.attributes):
            self.others += 1
            return
        found = compute(self.rule, past.history)
        was = Outcome(past.key, past.policy, past.history, Deadline(target_at=past.target_at, due_at=past.due_at), self.until)
        would_be = Outcome(past.key, self.policy, past.history, found, self.until)
        self.count(was, would_be)


class Rehearsal(Twice):
    """The same matters played twice: by the book as it is, and with one version of a promise in it (``sla.simulation``).

    ``begun``: clocks that only the version would have begun; ``gone``: those it would not. ``matters``: how many were played.
    """

    def __init__(self, policy: Policy, was: Book, would_be: Book, *, until: datetime) -> None:
        super().__init__(policy, until=until)
        self.was, self.would_be = was, would_be
        self.matters = self.begun = self.gone = 0

    def take(self, story: Story) -> None:
        """Play one matter."""
        self.matters += 1
        before, after = self._played(story, self.was), self._played(story, self.would_be)
        for key in (*before, *(key for key in after if key not in before)):
            self.count(before.get(key), after.get(key))
        self.begun += len(after.keys() - before.keys())
        self.gone += len(before.keys() - after.keys())

    def _played(self, story: Story, book: Book) -> dict[tuple[datetime, int], Outcome]:
        """The clocks of the promise by when they began; of several at one moment by their place."""
        found: dict[tuple[datetime, int], Outcome] = {}
        for outcome in simulate(story, book, until=self.until):
            if outcome.policy.key == self.policy.key:
                began = outcome.history.started_at
                found[began, sum(moment == began for moment, _place in found)] = outcome
        return found


def is_another_story(policy: Policy, held: Policy, rivals: Iterable[Policy]) -> bool:
    """Whether clocks that ran under ``held`` cannot tell what this version would have done: it has other events, or is for others.

    Where it is only for fewer of them, and no rival stands beside it, the rows of the clocks tell who is left.
    """
    events = ("starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on", "family", "anchor", "part_of", "is_active")
    if any(getattr(policy, name) != getattr(held, name) for name in events):
        return True
    if policy.selects == held.selects:
        return False
    has_rivals = any((one.family or one.key) == (policy.family or policy.key) and one.key != policy.key for one in rivals)
    return has_rivals or not _is_narrower(policy.selects, held.selects)


def _is_narrower(new: selection.Selects, old: selection.Selects) -> bool:
    """Only for some of those of before; of a class of fault the rows of clocks say nothing."""
    if new.get("classification") != old.get("classification"):
        return False
    return all(name in new and new[name] <= values for name, values in old.items())


def _told(tally: Tally) -> Counter[str]:
    roles: Counter[str] = Counter()
    for (_rung, role), count in tally.told.items():
        roles[role] += count
    return roles


def told_before(twice: Twice) -> Counter[str]:
    """How often each role was told in the first count."""
    return _told(twice.before)
