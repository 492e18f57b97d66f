"""Calendars as lists show them: the week in force, and who uses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..books import HALL
from ..models import CalendarVersion
from .policies import calendar_at, calendar_rows, hall_rows, policies_at


@dataclass(frozen=True)
class WeekLine:
    """Weekdays in a row with the same windows (0 is Monday); no windows: closed."""

    first: int
    last: int
    windows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class CalendarLine:
    """One calendar in a list: its row in force, its week, how far its days are known, and who uses it."""

    row: CalendarVersion
    week: tuple[WeekLine, ...]
    known_until: date | None
    promises: tuple[str, ...]


def calendar_lines(at: datetime) -> list[CalendarLine]:
    """Every calendar as in force, those of single halls last; no query while nothing changed."""
    used: dict[str, list[str]] = {}
    for policy in policies_at(at).policies():
        if policy.nature != "rule":
            used.setdefault(policy.calendar, []).append(policy.key)
    company = [_line(row, at, tuple(used.get(row.key, ()))) for row in calendar_rows(at)]
    return company + [_line(row, at, tuple(used.get(HALL, ()))) for row in hall_rows(at)]


def week_of(row: CalendarVersion) -> tuple[WeekLine, ...]:
    """The week with equal days in a row put together."""
    lines: list[WeekLine] = []
    for day in range(7):
        windows = row.weekly.get(str(day), [])
        if lines and lines[-1].windows == windows:
            lines[-1] = WeekLine(lines[-1].first, day, windows)
        else:
            lines.append(WeekLine(day, day, windows))
    return tuple(lines)


def _line(row: CalendarVersion, at: datetime, promises: tuple[str, ...]) -> CalendarLine:
    return CalendarLine(row, () if row.is_always else week_of(row), calendar_at(row.key, at).known_until, promises)
