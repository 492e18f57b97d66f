"""When a household's credit will be used up, from what it used before, the season and the calendar. Pure.

Note [The method]
    Use is taken to be a pace times the weight of the day. The weight has two factors, each 1 on the average of a year: the month's
    (cooking is even, heating is winter; of a meter that told a whole year, half is its own year) and the kind of day (days off
    against working days, where enough of both are known). A connected meter's pace comes from its last four weeks. A card meter
    says nothing, so its pace is what was bought from one purchase to the next: people come back with about as little left each
    time. How far single weeks (or single purchases) lay from the pace is the range: nine forecasts in ten should end inside it.
    How many do is measured and shown beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean

type Uses = Sequence[tuple[date, int]]
type IsOff = Callable[[date], bool]

#: Share of a year's gas by month, January first: an assumption about a northern city until the meter has told a year of its own.
COOKING = (9, 9, 9, 8, 8, 7, 7, 7, 8, 9, 9, 10)
HEATING = (22, 17, 12, 4, 2, 2, 2, 2, 2, 3, 12, 20)
TRADE = (9, 7, 9, 8, 8, 8, 8, 8, 8, 9, 9, 9)

#: A pace needs so many days, or so many purchases over so many days.
FEWEST_DAYS, FEWEST_PURCHASES, FEWEST_SPAN = 21, 4, 60
#: The pace comes from the last days, or purchases; its scatter from twice as many.
RECENT_DAYS, RECENT_PURCHASES = 28, 8
#: Farther ahead than this nothing is said.
HORIZON = 400
#: Of a scatter (one standard deviation) to the range in which nine of ten lie; and what is never undercut or exceeded.
_NINE_IN_TEN, _LEAST, _MOST, _UNKNOWN = 1.65, 0.08, 0.6, 0.3
_WEEK, _YEAR_OF_DAYS = 7, 330
_FEWEST_OFF, _FEWEST_WORKED = 6, 12


@dataclass(frozen=True)
class Pace:
    """Litres on a day of weight 1, the share by which it may be off either way, and what weighs days."""

    litres: float
    spread: float
    weight: Callable[[date], float]


@dataclass(frozen=True)
class Forecast:
    """The day on which the credit is used up, and the first and last on which it may be; no ``latest`` within the horizon: None."""

    ends_on: date
    earliest: date
    latest: date | None


def from_days(days: Uses, shares: Sequence[int], is_off: IsOff) -> Pace | None:
    """The pace of a connected meter, from its days in their order; None where they are too few, or nothing was used."""
    if len(days) < FEWEST_DAYS:
        return None
    by_month = season(_blend(days, shares) if len(days) >= _YEAR_OF_DAYS else shares)
    weight = _with_days_off(days, by_month, is_off)
    pace = _pace(days[-RECENT_DAYS:], weight)
    if not pace:
        return None
    weeks = [days[n : n + _WEEK] for n in range(max(0, len(days) - 2 * RECENT_DAYS), len(days) - _WEEK + 1, _WEEK)]
    return Pace(pace, _spread([_pace(week, weight) / pace for week in weeks]), weight)


def from_purchases(bought: Uses, shares: Sequence[int]) -> Pace | None:
    """The pace of a card meter, from its purchases in their order; None where they are too few."""
    if len(bought) < FEWEST_PURCHASES or (bought[-1][0] - bought[0][0]).days < FEWEST_SPAN:
        return None
    weight = season(shares)
    between = [(litres, _sum(weight, first, then)) for (first, litres), (then, _next) in pairwise(bought) if then > first]
    recent = between[-RECENT_PURCHASES:]
    if not recent:
        return None
    pace = sum(litres for litres, _weights in recent) / sum(weights for _litres, weights in recent)
    # One purchase may be large and come early, the next small: over two of them that evens out, and so does the range.
    return Pace(pace, _spread([litres / weights / pace for litres, weights in recent]) / sqrt(2), weight)


def forecast(pace: Pace, *, litres: int, since: date, today: date) -> Forecast | None:
    """How long credit lasts that was there on the morning of ``since``; None beyond the horizon, or where it must be over already."""
    ends_on = _end(pace, litres, since, 1.0)
    earliest = _end(pace, litres, since, 1 + pace.spread)
    if ends_on is None or earliest is None:
        return None
    latest = _end(pace, litres, since, 1 - pace.spread)
    if latest is not None and latest < today:
        return None  # it should be gone and nobody came for more: this pace is not theirs any more
    return Forecast(max(ends_on, today), max(earliest, today), max(latest, today) if latest else None)


def season(shares: Sequence[int | float]) -> Callable[[date], float]:
    """A day's weight by its month: 1 on the average of the year."""
    mean = sum(shares) / 12
    return lambda day: shares[day.month - 1] / mean


def _blend(days: Uses, shares: Sequence[int]) -> list[float]:
    """Half what the meter told of its own year, half what is usual: one mild winter is no climate."""
    own = [fmean([litres for day, litres in days if day.month == month] or [0]) for month in range(1, 13)]
    total, usual = sum(own) or 1.0, sum(shares)
    return [max(mine / total + share / usual, 0.001) for mine, share in zip(own, shares, strict=True)]


def _with_days_off(days: Uses, by_month: Callable[[date], float], is_off: IsOff) -> Callable[[date], float]:
    ratios: tuple[list[float], list[float]] = ([], [])
    for day, litres in days[-2 * RECENT_DAYS :]:
        ratios[is_off(day)].append(litres / by_month(day))
    worked, off = ratios
    if len(off) < _FEWEST_OFF or len(worked) < _FEWEST_WORKED or not fmean(worked):
        return by_month
    factor = min(max(fmean(off) / fmean(worked), 0.5), 2.0)
    return lambda day: by_month(day) * (factor if is_off(day) else 1.0)


def _pace(days: Uses, weight: Callable[[date], float]) -> float:
    return sum(litres for _day, litres in days) / sum(weight(day) for day, _litres in days)


def _spread(ratios: Sequence[float]) -> float:
    """From how far they lie from 1."""
    if len(ratios) < 3:
        return _UNKNOWN
    scatter = sqrt(fmean((ratio - 1) ** 2 for ratio in ratios))
    return min(max(scatter * _NINE_IN_TEN, _LEAST), _MOST)


def _sum(weight: Callable[[date], float], first: date, end: date) -> float:
    return sum(weight(first + timedelta(days=n)) for n in range((end - first).days))


def _end(pace: Pace, litres: int, since: date, factor: float) -> date | None:
    left = float(litres)
    for ahead in range(HORIZON):
        day = since + timedelta(days=ahead)
        left -= pace.litres * factor * pace.weight(day)
        if left <= 0:
            return day
    return None


@dataclass(frozen=True)
class Holiday:
    """Days off in a row."""

    first: date
    last: date


def next_holiday(today: date, is_off: IsOff, *, within: int, least: int) -> Holiday | None:
    """The next stretch of at least so many days off that begins in the coming days; plain weekends are shorter."""
    for ahead in range(1, within + 1):
        first = today + timedelta(days=ahead)
        if is_off(first) and not is_off(first - timedelta(days=1)):
            length = next(n for n in range(1, HORIZON) if not is_off(first + timedelta(days=n)))
            if length >= least:
                return Holiday(first, first + timedelta(days=length - 1))
    return None
