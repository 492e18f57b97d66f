"""How well the telephone was answered, out of what each call came to. Pure; formulas of the trade (domain.md 1.12).

Service level with abandons: (offered - answered late - abandoned late) / offered, "late" being after the threshold of three rings.
Averages hide the tail, so 90 and 99 in a hundred stand beside the median.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Rang:
    """One call that is not ringing any more: seconds until it was answered or given up, and which of the two."""

    seconds: int
    is_answered: bool


@dataclass(frozen=True)
class Shares:
    """``None`` where nobody rang."""

    offered: int
    answered: int
    abandoned: int
    service_level: Fraction | None
    answer_rate: Fraction | None
    abandon_rate: Fraction | None
    median: int | None
    ninety: int | None
    ninety_nine: int | None


def shares(calls: Collection[Rang], *, threshold: int) -> Shares:
    """Of these calls, with a threshold in seconds that still counts as in time."""
    offered = len(calls)
    answered = sum(call.is_answered for call in calls)
    late = sum(call.seconds > threshold for call in calls)
    waits = sorted(call.seconds for call in calls if call.is_answered)
    return Shares(
        offered=offered,
        answered=answered,
        abandoned=offered - answered,
        service_level=_share(offered - late, offered),
        answer_rate=_share(answered, offered),
        abandon_rate=_share(offered - answered, offered),
        median=nearest_rank(waits, 50),
        ninety=nearest_rank(waits, 90),
        ninety_nine=nearest_rank(waits, 99),
    )


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least so many in a hundred do not exceed; None of nothing."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
