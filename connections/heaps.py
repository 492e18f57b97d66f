"""Ages counted: how old what waits in one place is, and with whom the time of a stage went. Pure."""

from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

NOTHING = timedelta(0)


@dataclass
class Heap:
    """Applications, or stages, that wait in one place: how many, since when the oldest and the one in the middle; how many are late."""

    code: str
    label: str
    ages: list[timedelta] = field(default_factory=list)
    late: int = 0

    @property
    def count(self) -> int:
        """How many."""
        return len(self.ages)

    @property
    def oldest(self) -> timedelta:
        """The age of the oldest."""
        return max(self.ages, default=NOTHING)

    @property
    def middle(self) -> timedelta:
        """The median age."""
        return timedelta(seconds=median(age.total_seconds() for age in self.ages)) if self.ages else NOTHING


@dataclass
class Spent:
    """Where the time of one stage went, over all applications: with us, with the applicant, with a third party."""

    code: str
    label: str
    ours: timedelta = NOTHING
    applicants: timedelta = NOTHING
    others: timedelta = NOTHING
    count: int = 0

    def add(self, other: "Spent") -> None:
        """Count another stage's time to this one's."""
        self.ours, self.applicants, self.others = self.ours + other.ours, self.applicants + other.applicants, self.others + other.others
        self.count += other.count

    @property
    def whole(self) -> timedelta:
        """All of it."""
        return self.ours + self.applicants + self.others

    @property
    def shares(self) -> tuple[int, int, int]:
        """Ours, the applicant's and others', in per cent of the whole."""
        return self._share(self.ours), self._share(self.applicants), self._share(self.others)

    def _share(self, part: timedelta) -> int:
        return round(100 * part / self.whole) if self.whole else 0
