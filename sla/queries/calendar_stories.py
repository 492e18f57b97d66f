"""One calendar as its page shows it: its versions and the special days of a year."""

from dataclasses import dataclass
from datetime import datetime

from ..models import CalendarDay, CalendarVersion
from .calendars import UnknownCalendar
from .policies import versions_of
from .working_time import CalendarLine, calendar_lines


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
