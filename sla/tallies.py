"""What became of promises in a span of time, so that nothing flatters: each clock counts once, at the first of two moments. Pure.

Note [When a clock counts]
    One that was kept counts when it was kept. One that was not counts when its moment passed, whether or not anybody has done it
    since: what is still open and late is missed today and not in the month in which somebody gets round to it. So nothing counts
    twice, and nobody betters a month by leaving late work lying or by withdrawing it. What fell away in time counts nowhere.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from . import histograms


@dataclass(frozen=True)
class Ending:
    """A clock as far as it counts. ``ended_at`` is empty while it runs; ``is_done`` says that it was not merely withdrawn."""

    ended_at: datetime | None
    due_at: datetime | None
    target_at: datetime | None
    is_done: bool
    is_extended: bool
    seconds: int

    def counts_at(self) -> datetime | None:
        """Note [When a clock counts]; None where it counts nowhere."""
        if self.is_missed():
            return self.due_at
        return self.ended_at if self.is_done else None

    def is_missed(self) -> bool:
        """Whether its moment passed first. Who asks about one that runs sees to it that its moment has passed."""
        return self.due_at is not None and (self.ended_at is None or self.ended_at > self.due_at)


@dataclass
class Tally:
    """Added up: kept in the time first promised, kept with more time, missed, and how many of these nobody has done yet.

    ``aims`` had an aim shorter than the limit, and ``aimed`` reached it. ``lengths`` counts working time used, of what was done.
    """

    kept: int = 0
    extended: int = 0
    missed: int = 0
    undone: int = 0
    aims: int = 0
    aimed: int = 0
    lengths: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.kept + self.extended + self.missed

    @property
    def done(self) -> int:
        return sum(self.lengths.values())

    def within(self, percent: int) -> int | None:
        """Seconds within which so many per cent of what was done was done."""
        return histograms.percentile(self.lengths, percent)

    def note(self, one: Ending) -> None:
        """Count one more."""
        if one.is_missed():
            self.missed += 1
            self.undone += not one.is_done
        elif one.is_extended:
            self.extended += 1
        else:
            self.kept += 1
        if one.is_done:
            self.lengths[histograms.bucket_of(one.seconds)] += 1
        if one.target_at is not None:
            self.aims += 1
            self.aimed += one.is_done and one.ended_at is not None and one.ended_at <= one.target_at

    def add(self, other: "Tally") -> "Tally":
        """This and the other as one."""
        for name in ("kept", "extended", "missed", "undone", "aims", "aimed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lengths.update(other.lengths)
        return self
