"""Recurring duties: which turn it is, whom it is owed to, and how much of it makes a turn done. Pure.

A promise with a share ("at least 10 % a week") is owed to everybody together, as is one whose note ``subject`` says so; any other
recurring one to each customer it selects.
"""

from dataclasses import dataclass
from datetime import date

from .limits import Kind, Limit
from .measures import period_of
from .policies import Policy

_COMPANY = "company"


@dataclass(frozen=True)
class Turn:
    """One turn of a duty: its label ("2026-11", "2026-W47", "2026-Q4", "2026-H2", "2026"), first and last day."""

    label: str
    first: date
    last: date


def is_duty(policy: Policy) -> bool:
    """Whether we open its turns: it recurs by the calendar, and starts when a turn falls due."""
    limit = policy.limit
    return policy.is_active and limit is not None and limit.kind is Kind.PERIOD and policy.starts("duty.due", {"promise": policy.key})


def is_owed_to_all(policy: Policy) -> bool:
    """To everybody together rather than to each customer."""
    return policy.notes.get("subject") == _COMPANY or (policy.limit is not None and policy.limit.share is not None)


def turn_of(limit: Limit, day: date) -> Turn:
    """The turn a day lies in."""
    first, last = period_of(day, limit.count)
    return Turn(_label(limit.count, first), first, last)


def needed(limit: Limit, population: int) -> int:
    """How many of so many a turn must reach, rounded up; one where there is no share."""
    return -(-population * limit.share // 100) if limit.share is not None else 1


def _label(months: int, first: date) -> str:
    if not months:
        year, week, _weekday = first.isocalendar()
        return f"{year}-W{week:02d}"
    number = (first.month - 1) // months + 1
    return {1: f"{first:%Y-%m}", 3: f"{first.year}-Q{number}", 6: f"{first.year}-H{number}", 12: f"{first.year}"}[months]
