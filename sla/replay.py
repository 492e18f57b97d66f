"""A log run through promises: what was kept, who would have been told, what it would have cost, whether the log agrees. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from .log_maps import Check, Dirty
from .replay_agreement import Agreement
from .replay_tally import Tally
from .simulation import Book, Outcome, Story, simulate


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
