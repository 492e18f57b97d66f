"""The book of promises: every version there is, and what holds at a moment. Pure; ``sla.queries.policies`` reads it from the rows."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import patterns, selection
from .calendars import Calendar
from .patterns import Pattern
from .policies import Policy
from .terms import Rule

#: The calendar that stands for the hours of whichever hall has the matter, else for the company's.
HALL = "hall"
#: Natures without a clock: read, never measured.
SILENT = frozenset({"rule"})


class UnknownVersion(LookupError):
    """No version of any promise has this key."""


class Edition:
    """Every version of every promise, drafts included, as one reading of the database found them.

    ``unreadable`` names those ("T15 3") that could not be understood and are left out.
    """

    def __init__(self, policies: Iterable[Policy], unreadable: Iterable[str] = ()) -> None:
        self.unreadable = tuple(unreadable)
        self.by_version: Mapping[int, Policy] = {policy.version: policy for policy in policies}
        #: (promise, number of the version) -> the key of its row.
        self.by_number: Mapping[tuple[str, int], int] = {(policy.key, policy.number): policy.version for policy in self.by_version.values()}
        self._dated: dict[str, tuple[list[datetime], list[Policy]]] = {}
        for policy in sorted(self.by_version.values(), key=_begins):
            if policy.effective_from is not None:
                moments, versions = self._dated.setdefault(policy.key, ([], []))
                moments.append(policy.effective_from)
                versions.append(policy)
        #: What any version in force now, once or later listens to: open clocks keep theirs.
        self.verbs = frozenset().union(*(policy.verbs for policy in self.by_version.values() if policy.effective_from))
        #: The promises with at least one dated version, in their order.
        self.promises = sorted(self._dated)
        dated = [policy for policy in self.by_version.values() if policy.effective_from]
        self._starters = _starters(dated)
        self._starts = _by_verb(pattern for policy in dated for pattern in policy.starts_on)
        self._changes = _by_verb(pattern for policy in dated for pattern in policy.changed_on)

    def in_force(self, key: str, at: datetime) -> Policy | None:
        """The version of a promise that holds at a moment, if it had begun."""
        moments, versions = self._dated.get(key, ([], []))
        index = bisect_right(moments, at)
        return versions[index - 1] if index else None

    def starters(self, verb: str) -> tuple[str, ...]:
        """The promises of which some version starts on this verb."""
        return self._starters.get(verb, ())

    def may_start(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether some version starts on this event, for somebody."""
        return patterns.match(self._starts.get(verb, ()), verb, facts)

    def may_change(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether a clock of some version ends, waits or goes on with this event."""
        return patterns.match(self._changes.get(verb, ()), verb, facts)


def _company_s(_hall: int) -> None:
    """Every hall keeps the company's hours."""


@dataclass(frozen=True)
class PolicyBook:
    """The book open at a moment. Asking it costs no query. ``of_hall``: the hours of a hall by its key, None where it has the company's."""

    edition: Edition
    at: datetime
    calendar: Callable[[str], Calendar]
    of_hall: Callable[[int], Calendar | None] = _company_s

    def starting_on(self, verb: str, facts: Mapping[str, Any], attributes: Mapping[str, str]) -> list[Policy]:
        """The promises that begin with this event for somebody with these attributes; of every family the one that wins.

        ``attributes``: kind, classification, urgency, segment, area and channel of the case, or kind alone of what is no case.
        """
        held = (self.in_force(key) for key in self.edition.starters(verb))
        starting = {p.key: p for p in held if p and p.is_active and p.nature not in SILENT and p.starts(verb, facts)}
        rivals = [selection.Rival(p.key, p.family, p.selects, p.length) for p in starting.values()]
        return [starting[rival.key] for rival in selection.choose(rivals, attributes)]

    def version(self, key: int) -> Policy:
        """One version, by the key of its row: what an open clock runs under. Raises UnknownVersion."""
        try:
            return self.edition.by_version[key]
        except KeyError:
            raise UnknownVersion(key) from None

    def in_force(self, key: str) -> Policy | None:
        """What a promise says now; None before its first version."""
        return self.edition.in_force(key, self.at)

    def policies(self) -> list[Policy]:
        """Everything that holds now, switched off or not, in the order of the keys."""
        return [policy for key in self.edition.promises if (policy := self.in_force(key))]

    def rule(self, policy: Policy, *, hall: int | None = None) -> Rule:
        """The policy with its calendar as in force now: hall hours are those of the hall that has the matter, if it has its own."""
        own = self.of_hall(hall) if hall is not None and policy.calendar == HALL else None
        return policy.rule(own or self.calendar(policy.calendar))


def _begins(policy: Policy) -> tuple[str, float]:
    return policy.key, policy.effective_from.timestamp() if policy.effective_from else 0.0


def _starters(policies: Iterable[Policy]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for policy in policies:
        for pattern in policy.starts_on:
            found.setdefault(pattern.verb, set()).add(policy.key)
    return {verb: tuple(sorted(keys)) for verb, keys in found.items()}


def _by_verb(listened: Iterable[Pattern]) -> Mapping[str, tuple[Pattern, ...]]:
    found: dict[str, set[Pattern]] = {}
    for pattern in listened:
        found.setdefault(pattern.verb, set()).add(pattern)
    return {verb: tuple(same) for verb, same in found.items()}
