"""Progressive yearly tiers: how a volume splits into priced lines, and what volume an amount buys.

The tiers run over a year and are progressive: only the part above a bound costs more, and nothing unused is carried
into the next year (NDRC 发改价格[2014]467号). Free volume of low-income households comes first, at price 0, and lies
outside the tiers: it does not use up the cheap ones, so relief can never push a household into a dearer tier.

Money is rounded once per line (``billing.money.price_of``), nowhere else.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from .money import price_of

AMOUNT_STEP_LITRES = 10  # a volume bought by amount is a multiple of 0.01 m3
MOST_LITRES = 1_000_000_000
_LEAP_YEAR = 2028


@dataclass(frozen=True)
class Step:
    """One tier: volume of the year up to ``upper_litres`` (None: all above) at ``unit_price`` (1/10 000 per m3)."""

    number: int
    upper_litres: int | None
    unit_price: int
    extra_person_litres: int = 0


@dataclass(frozen=True)
class Line:
    """One priced part of a purchase; tier 0 is free volume."""

    tier: int
    litres: int
    unit_price: int
    amount: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


class BadSteps(ValueError):
    """The steps do not make a tariff: bounds must rise, only the last is open, and there is at least one."""


def check_steps(steps: Sequence[Step]) -> None:
    """Raises BadSteps unless the steps cover every volume once."""
    bounds = [step.upper_litres for step in steps]
    if not bounds or bounds[-1] is not None or None in bounds[:-1]:
        raise BadSteps
    closed = [bound for bound in bounds if bound is not None]
    if any(later <= earlier for earlier, later in zip([0, *closed], closed, strict=False)):
        raise BadSteps


def widen(steps: Sequence[Step], extra_persons: int) -> tuple[Step, ...]:
    """The steps for a household with so many persons more than the tariff includes."""
    return tuple(
        step if step.upper_litres is None else replace(step, upper_litres=step.upper_litres + extra_persons * step.extra_person_litres)
        for step in steps
    )


def split(steps: Sequence[Step], *, position: int, litres: int, free: int = 0) -> tuple[Line, ...]:
    """The lines of a purchase that begins at ``position`` litres of the year, the first ``free`` litres at no charge."""
    lines = []
    if free_part := min(free, litres):
        lines.append(Line(0, free_part, 0, 0))
    left = litres - free_part
    for step in steps:
        room = left if step.upper_litres is None else max(0, step.upper_litres - position)
        if part := min(left, room):
            lines.append(Line(step.number, part, step.unit_price, price_of(part, step.unit_price)))
            position, left = position + part, left - part
    return tuple(lines)


def total(lines: Sequence[Line]) -> int:
    """What the lines cost together, in minor units."""
    return sum(line.amount for line in lines)


def volume_for_amount(steps: Sequence[Step], *, position: int, amount: int, free: int = 0) -> int:
    """The greatest volume (in steps of 0.01 m3) whose price is at most ``amount``; 0 when not even one step is."""

    def is_covered(units: int) -> bool:
        return total(split(steps, position=position, litres=units * AMOUNT_STEP_LITRES, free=free)) <= amount

    low, high = 0, MOST_LITRES // AMOUNT_STEP_LITRES
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_covered(middle) else (low, middle - 1)
    return low * AMOUNT_STEP_LITRES


def tier_of(steps: Sequence[Step], position: int) -> Step:
    """The step in which the next litre after ``position`` falls."""
    return next(step for step in steps if step.upper_litres is None or position < step.upper_litres)


def is_day_of_year(month: int, day: int) -> bool:
    """Whether some year has this day; 29 February is one."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def year_start(year: int, month: int, day: int) -> date:
    """The first day of a tier year; 29 February is 28 February in a common year."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def tier_year(today: date, *, starts_month: int = 1, starts_day: int = 1) -> int:
    """The tier year a day belongs to, named after the calendar year it begins in."""
    return today.year if today >= year_start(today.year, starts_month, starts_day) else today.year - 1


def free_entitlement(*, litres_per_month: int, valid_from: date, year_began: date, today: date) -> int:
    """Free litres a household has had a right to so far this tier year: so much for each calendar month begun.

    Card customers buy for several months at once, so free months gather within the year, and lapse with it.
    """
    first = max(valid_from, year_began)
    months = (today.year - first.year) * 12 + today.month - first.month + 1
    return max(0, months) * litres_per_month
