"""Whether more reports of one kind come from one place, or one model of meter, than chance brings. Pure.

Note [What is compared]
    A cell (a kind of trouble, in a district, of a model of meter; or without one of the two) is looked at over a window: the last 24
    hours every hour, the last seven days every day. What is usual is the cell's own past: the same windows of the eight weeks before.
    Out of it comes a Poisson rate which itself is not known well, so the number of the next window follows a negative binomial law:
    a cell without a past does not ring because of its second report. Where the past jumps more than chance (cold spells, weekends), the
    law is widened by as much. A short and a long window find a burst and a slow rise.

Note [The budget of false alarms]
    So many cells are looked at so often that one in twenty would ring for nothing every hour. All looks of a month share the budget of
    one false alarm: the more cells there are, and the oftener they are looked at, the rarer what rings must be. Windows that overlap
    say the same again, so the real number of false alarms lies below the budget.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

#: One false alarm in so many days, all cells together.
BUDGET_DAYS = 30
#: Fewer doors than this are never a cluster, however rare.
FEWEST_DOORS = 4
#: Windows of the past that are compared.
PAST = 8


@dataclass(frozen=True, order=True)
class Cell:
    """A kind of trouble; in a district (0: wherever), of a model of meter (empty: of whichever)."""

    kind: str
    district: int = 0
    model: str = ""


@dataclass(frozen=True)
class Report:
    """Somebody reported. ``door`` tells reports of one door apart from those of several; ``ago`` is seconds before now."""

    case: int
    kind: str
    district: int
    model: str
    door: str
    ago: float

    def cells(self) -> list[Cell]:
        """Everything it counts in: the kind with the district, the model, both."""
        found = []
        if self.district:
            found.append(Cell(self.kind, self.district))
        if self.model:
            found.append(Cell(self.kind, 0, self.model))
        if self.district and self.model:
            found.append(Cell(self.kind, self.district, self.model))
        return found


@dataclass(frozen=True)
class Rise:
    """More than usual: how many doors, how many are usual, and how rarely chance brings as many (a share of looks)."""

    cell: Cell
    doors: int
    usual: float
    chance: float
    cases: tuple[int, ...]


def rises(reports: Iterable[Report], *, window: float, looks_a_day: int) -> list[Rise]:
    """The cells that ring, the rarest first; of those with the same reports only the first. ``window`` is in seconds."""
    doors: dict[Cell, list[set[str]]] = {}
    cases: dict[Cell, set[int]] = {}
    for report in reports:
        place = int(report.ago // window)
        if place > PAST:
            continue
        for cell in report.cells():
            doors.setdefault(cell, [set() for _ in range(PAST + 1)])[place].add(report.door)
            if place == 0:
                cases.setdefault(cell, set()).add(report.case)
    counts = {cell: [len(one) for one in windows] for cell, windows in doors.items()}
    found = [Rise(cell, *told, tuple(sorted(cases[cell]))) for cell, told in ringing(counts, looks_a_day=looks_a_day).items()]
    return _apart(sorted(found, key=lambda one: (one.chance, one.cell)))


def ringing(counts: Mapping[Cell, Sequence[int]], *, looks_a_day: int) -> dict[Cell, tuple[int, float, float]]:
    """Cell -> doors now, usual, chance; of counts by window, the newest first. Cells that have none now cost a look too."""
    limit = 1 / (BUDGET_DAYS * looks_a_day * max(len(counts), 1))
    found = {}
    for cell, (now, *past) in counts.items():
        if now < FEWEST_DOORS:
            continue
        chance = tail(now, past)
        if chance < limit:
            found[cell] = (now, sum(past) / len(past), chance)
    return found


def tail(now: int, past: Sequence[int]) -> float:
    """How probable ``now`` or more is, after a past like this; see Note [What is compared]."""
    windows, total = len(past), sum(past)
    # Half a report is added to what was seen (Jeffreys): never seen is not impossible.
    size, rate = total + 0.5, float(windows)
    mean = total / windows
    spread = sum((count - mean) ** 2 for count in past) / (windows - 1) if windows > 1 else mean
    if mean and spread > mean:
        size, rate = size * mean / spread, rate * mean / spread
    return _negative_binomial_tail(now, size, rate / (rate + 1))


def _negative_binomial_tail(least: int, size: float, success: float) -> float:
    """P(X >= least); summed from there upwards, where small numbers keep their digits."""
    total, count = 0.0, least
    while True:
        term = exp(lgamma(count + size) - lgamma(size) - lgamma(count + 1) + size * log(success) + count * log1p(-success))
        total += term
        # Further terms shrink at least as fast as this ratio.
        ratio = (count + size) / (count + 1) * (1 - success)
        count += 1
        if ratio < 1 and term * ratio / (1 - ratio) < total * 1e-9:
            return min(total, 1.0)


def _apart(found: Collection[Rise]) -> list[Rise]:
    """One trouble rings once: what shares most of its reports with a rarer rise of the same kind is left out."""
    kept: list[Rise] = []
    for one in found:
        own = set(one.cases)
        if not any(rise.cell.kind == one.cell.kind and 2 * len(own & set(rise.cases)) > len(own) for rise in kept):
            kept.append(one)
    return kept
