"""Whether a reading can be true: below the last one, far above what is usual, outside the days in which readings are taken.

A doubt is no accusation: the reading is kept, somebody looks at it, and nothing is billed by it before. Registers count in litres
and begin again at zero after ``REGISTER_LITRES`` (five figures of cubic metres).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .bill_lines import Span
from .norms import norms

REGISTER_LITRES = 100_000_000
#: Far above: more than so many times what is usual, and more than so much above it a month.
TIMES, ABOVE_A_MONTH = 3, 30_000
#: A register that stood in its last twentieth and now in its first has begun again.
_TURNING = REGISTER_LITRES // 20
_MONTH_DAYS = 30
_LITRES_PER_M3 = 1_000


class Doubt(StrEnum):
    """Why a reading is not believed at once."""

    FIRST = "first"
    BELOW_LAST = "below_last"
    ROLLED_OVER = "rolled_over"
    FAR_ABOVE = "far_above"
    SWAPPED = "swapped"
    ABOVE_NEXT = "above_next"
    ALREADY_BILLED = "already_billed"
    OUTSIDE_WINDOW = "outside_window"
    STRANGER = "stranger"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known when a reading comes in: the readings before and after it (day, litres), and what is usual a day.

    ``billed_until`` is the last day billed by a reading; ``window`` the days of the month in which customers send theirs (None: any).
    """

    before: tuple[date, int] | None = None
    after: tuple[date, int] | None = None
    usual_a_day: int | None = None
    billed_until: date | None = None
    window: tuple[int, int] | None = None


def doubt_about(day: date, litres: int, known: Known) -> Doubt | None:
    """The first doubt about a reading of a day, or None."""
    if known.billed_until and day <= known.billed_until:
        return Doubt.ALREADY_BILLED
    if known.before is None:
        return Doubt.FIRST
    doubt = _about_register(day, litres, known, known.before)
    if doubt in {Doubt.BELOW_LAST, Doubt.FAR_ABOVE} and swapped(day, litres, known) is not None:
        return Doubt.SWAPPED
    if doubt is None and known.window and not is_in_window(day, known.window):
        return Doubt.OUTSIDE_WINDOW
    return doubt


def _about_register(day: date, litres: int, known: Known, before: tuple[date, int]) -> Doubt | None:
    if litres < before[1]:
        is_turned = before[1] >= REGISTER_LITRES - _TURNING and litres < _TURNING
        return Doubt.ROLLED_OVER if is_turned else Doubt.BELOW_LAST
    if known.after and litres > known.after[1]:
        return Doubt.ABOVE_NEXT
    return Doubt.FAR_ABOVE if _is_far_above(litres - before[1], (day - before[0]).days, known.usual_a_day) else None


def _is_far_above(used: int, days: int, usual_a_day: int | None) -> bool:
    if usual_a_day is None:
        return False
    usual = usual_a_day * max(days, 1)
    return used > usual * TIMES and used > usual + ABOVE_A_MONTH * max(days, _MONTH_DAYS) // _MONTH_DAYS


def swapped(day: date, litres: int, known: Known) -> int | None:
    """What the reading would be if two neighbouring figures were swapped, where that makes it about what is usual."""
    if known.before is None or known.usual_a_day is None:
        return None
    most = known.before[1] + 2 * known.usual_a_day * max((day - known.before[0]).days, 1)
    figures, rest = f"{litres // _LITRES_PER_M3:05d}", litres % _LITRES_PER_M3
    for place in range(len(figures) - 1):
        other = figures[:place] + figures[place + 1] + figures[place] + figures[place + 2 :]
        guess = int(other) * _LITRES_PER_M3 + rest
        if guess != litres and guess <= most and _about_register(day, guess, known, known.before) is None:
            return guess
    return None


def is_in_window(day: date, window: tuple[int, int]) -> bool:
    """Whether customers send readings on this day of the month."""
    return window[0] <= day.day <= window[1]


def used_between(before: int, after: int) -> int:
    """What a meter counted between two readings; a register that began again counts on. Below zero: one of them is wrong."""
    used = after - before
    return used + REGISTER_LITRES if used < 0 and before >= REGISTER_LITRES - _TURNING and after < _TURNING else used


def usual_a_day(history: Sequence[Span], first: date, end: date, *, heats: bool) -> int | None:
    """What this household is likely to use a day from ``first`` to before ``end``: like a year ago, or the last months in this season.

    None where nothing is known.
    """
    year = timedelta(days=365)
    used, days = _within(history, first - year, end - year)
    if days >= (end - first).days / 2 > 0:
        return used // days
    recent = [span for span in history if span.end <= end and span.end > first - year / 2]
    days, used = sum((span.end - span.first).days for span in recent), sum(span.litres for span in recent)
    if not days:
        return None
    then = sum(_weight(span.first, span.end, heats=heats) * (span.end - span.first).days for span in recent) / days
    return int(used / days * _weight(first, end, heats=heats) / then)


def _within(history: Sequence[Span], first: date, end: date) -> tuple[int, int]:
    """Litres and days of the history that lie within."""
    litres = days = 0
    for span in history:
        start, stop = max(span.first, first), min(span.end, end)
        if start < stop:
            litres += span.upto(stop) - span.upto(start)
            days += (stop - start).days
    return litres, days


def _weight(first: date, end: date, *, heats: bool) -> float:
    """How much gas a day takes in these months against an average one: heating as the norms have it, cooking always the same."""
    if not heats:
        return 1.0
    heating = norms()["heating"]
    months = {day.month for day in (first, first + (end - first) / 2, end)}
    # Those who heat cook as well: one part of ten is the same all year round.
    return 0.1 + 0.9 * sum(heating.months[month - 1] for month in months) / len(months) / (heating.year / 12)
