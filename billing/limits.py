"""How much may be bought: per order, per calendar month, per tier year, and what the meter takes at once. All optional."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Which(StrEnum):
    """The limit that stands in the way."""

    METER = "meter"
    ORDER = "order"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """In litres; None is no limit."""

    order: int | None = None
    month: int | None = None
    year: int | None = None
    meter: int | None = None


@dataclass(frozen=True)
class Exceeded:
    """The first limit that a purchase breaks: what it is, how much is left under it, when more is free."""

    which: Which
    limit_litres: int
    left_litres: int
    frees_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What the account bought before, in litres, and when the periods end: the first day of the next month and tier year."""

    month: int
    year: int
    next_month: date
    next_year: date


def first_exceeded(limits: Limits, litres: int, bought: Bought) -> Exceeded | None:
    """The first limit that ``litres`` more would break, the narrowest kind first."""
    checks = (
        (Which.METER, limits.meter, 0, None),
        (Which.ORDER, limits.order, 0, None),
        (Which.MONTH, limits.month, bought.month, bought.next_month),
        (Which.YEAR, limits.year, bought.year, bought.next_year),
    )
    for which, limit, used, frees_on in checks:
        if limit is not None and used + litres > limit:
            return Exceeded(which, limit, max(0, limit - used), frees_on)
    return None


def most(limits: Limits, bought: Bought) -> int | None:
    """The most that can be bought now; None where nothing limits it."""
    room = (
        limits.meter,
        limits.order,
        None if limits.month is None else max(0, limits.month - bought.month),
        None if limits.year is None else max(0, limits.year - bought.year),
    )
    return min((litres for litres in room if litres is not None), default=None)


def month_after(today: date) -> date:
    """The first day of the next calendar month."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
