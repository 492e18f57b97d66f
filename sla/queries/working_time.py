"""Calendars as pages show them: the week, the special days of a year, the versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..books import HALL
from ..models import CalendarDay, CalendarVersion
from .calendars import UnknownCalendar
from .policies import calendar_at, calendar_rows, hall_rows, policies_at, versions_of


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


@dataclass(frozen=True)
class CalendarStory:
    """A calendar with its versions (newest first), and the special days of a year: its own first, then its country's."""

    line: CalendarLine
    versions: tuple[CalendarVersion, ...]
    year: int
    own: tuple[CalendarDay, ...]
    national: tuple[CalendarDay, ...]
    earlier: tuple[CalendarDay, ...]

    @property
    def is_of_a_hall(self) -> bool:
        """Whether its week is the hours of one hall, which are written with the hall."""
        return self.line.row.pk is None


def calendar_lines(at: datetime) -> list[CalendarLine]:
    """Every calendar as in force, those of single halls last; no query while nothing changed."""
    used: dict[str, list[str]] = {}
    for policy in policies_at(at).policies():
        if policy.nature != "rule":
            used.setdefault(policy.calendar, []).append(policy.key)
    company = [_line(row, at, tuple(used.get(row.key, ()))) for row in calendar_rows(at)]
    return company + [_line(row, at, tuple(used.get(HALL, ()))) for row in hall_rows(at)]


def calendar_story(key: str, year: int, at: datetime) -> CalendarStory:
    """One calendar and a year of its days; two queries. Raises UnknownCalendar."""
    line = next((line for line in calendar_lines(at) if line.row.key == key), None)
    if line is None:
        raise UnknownCalendar(key)
    own = CalendarDay.objects.filter(calendar=key, day__year=year).order_by("day", "-written_at")
    national = CalendarDay.objects.filter(country=line.row.country, calendar="", day__year=year, replaced_at=None).order_by("day")
    return CalendarStory(
        line=line,
        versions=tuple(versions_of(key)),
        year=year,
        own=tuple(day for day in own if day.replaced_at is None),
        national=tuple(national) if line.row.country else (),
        earlier=tuple(day for day in own if day.replaced_at is not None),
    )


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
