"""Who sees to a matter of a VIP or key account whose manager cannot: one of those who are qualified for it. Pure.

Note [The better qualified, and here]
    T41 wants somebody named, better qualified, and in time. So nearness comes first (the hall that looks after the matter, whoever
    belongs to no hall, any other hall), then who works at this moment, then the higher level, then who sees to the fewest already.
    Asked twice the answer is the same.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sla.roster import Roster


@dataclass(frozen=True)
class Qualified:
    """Somebody who may: by key, with their level (the higher, the better), what they see to by name already, and their staff number."""

    staff: int
    level: int
    in_hand: int
    number: str


def choose(qualified: Collection[Qualified], roster: Roster, *, hall: int | None) -> int | None:
    """The key of one of them who is here and may know of it; None where there is none. See Note [The better qualified, and here]."""
    working = frozenset().union(*roster.on_duty.values())

    def order(one: Qualified) -> tuple[int, bool, int, int, str]:
        return (_distance(roster.halls[one.staff], hall), one.staff not in working, -one.level, one.in_hand, one.number)

    here = [one for one in qualified if roster.present(one.staff) == one.staff]
    return min(here, key=order).staff if here else None


def _distance(theirs: int | None, hall: int | None) -> int:
    if theirs == hall:
        return 0
    return 1 if theirs is None else 2
