"""Working time as the rows have it, and as the pure arithmetic wants it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import HallWeek

from ..books import HALL
from ..calendars import Calendar, Window
from ..models import CalendarDay, CalendarVersion, CalendarYear

_NEVER = datetime(1900, 1, 1, tzinfo=UTC)


class UnknownCalendar(LookupError):
    """No calendar has this key."""


@dataclass(frozen=True)
class Shelf:
    """Every calendar there is, with all special days: read once, asked often.

    What staff entered counts from the moment they did: a day closed afterwards changes no clock that counted it as worked. What
    is published of a country counts as it is known today; a clock that had to guess a year is provisional until then. So of a
    year that was not known yet, what staff entered for it counts as well: up to its confirmation, and for days yet to come.
    """

    versions: Mapping[str, Sequence[CalendarVersion]]
    days: Mapping[str, Sequence[CalendarDay]]
    known_until: Mapping[str, date]
    known_since: Mapping[str, Mapping[int, datetime]]
    made: dict[tuple[str, int, int], Calendar]

    def calendar(self, key: str, at: datetime) -> Calendar:
        """The calendar as in force at a moment, with the special days known by then. Raises UnknownCalendar.

        Before its first version the first one counts: replayed history is older than the book.
        """
        versions = self.versions.get(key)
        if not versions:
            raise UnknownCalendar(key)
        index = bisect_right([version.effective_from for version in versions], at)
        return self.version(versions[max(index - 1, 0)], known_at=at)

    def of_hall(self, hall: int, at: datetime) -> Calendar | None:
        """The hours of a hall, by its key; None where it has no others than the company."""
        key = hall_key(hall)
        return self.calendar(key, at) if key in self.versions else None

    def version(self, row: CalendarVersion, *, known_at: datetime) -> Calendar:
        """One version with what was known at a moment, put together once."""
        # What is entered for all halls holds for each; what is entered for the hall itself wins.
        own = (*(self.days.get(HALL, ()) if row.pk is None else ()), *self.days.get(row.key, ()))
        years = self.known_since.get(row.country, {})
        turns = {one.written_at for one in own} | {one.replaced_at for one in own if one.replaced_at} | set(years.values())
        key = (row.key, row.number, sum(turn <= known_at for turn in turns))
        made = self.made.get(key)
        if made is None:
            zone = ZoneInfo(row.zone)
            known = (one for one in own if _is_known(one, max(known_at, _entered_until(one.day, years, zone))))
            made = self.made[key] = self._make(row, known)
        return made

    def _make(self, row: CalendarVersion, own: Iterable[CalendarDay]) -> Calendar:
        weekly = {int(day): tuple(Window.parse(*pair) for pair in pairs) for day, pairs in row.weekly.items()}
        # A country's days first: what staff entered for this very calendar wins.
        special = {one.day: one for one in (*self.days.get(f":{row.country}", ()), *own)}
        return Calendar(
            key=row.key,
            number=row.number,
            zone=row.zone,
            is_always=row.is_always,
            weekly=weekly,
            days={} if row.is_always else {day: _windows_of(one, weekly) for day, one in special.items()},
            names={} if row.is_always else {day: one.name or one.reason for day, one in special.items()},
            known_until=self.known_until.get(row.country) if row.country and not row.is_always else None,
        )


def hall_key(hall: int) -> str:
    """The key of the calendar of a hall's own hours, by the hall's key."""
    return f"hall-{hall}"


def read_shelf() -> Shelf:
    """All calendars; four queries."""
    versions: dict[str, list[CalendarVersion]] = {}
    for row in CalendarVersion.objects.order_by("key", "effective_from", "number"):
        versions.setdefault(row.key, []).append(row)
    for week in HallWeek.objects.select_related("hall").order_by("hall", "number") if HALL in versions else ():
        versions.setdefault(hall_key(week.hall_id), []).append(_of_week(week, versions[HALL]))
    days: dict[str, list[CalendarDay]] = {}
    for day in CalendarDay.objects.exclude(calendar="", replaced_at__isnull=False).order_by("day"):
        days.setdefault(day.calendar or f":{day.country}", []).append(day)
    years = _known_years()
    return Shelf(versions=versions, days=days, known_until=_known_until(years), known_since=years, made={})


def _of_week(week: HallWeek, company: Sequence[CalendarVersion]) -> CalendarVersion:
    """A hall's week as a calendar: zone and holidays as the company's halls have them at its beginning, its week where it has none."""
    index = bisect_right([version.effective_from for version in company], week.since)
    base = company[max(index - 1, 0)]
    return CalendarVersion(
        key=hall_key(week.hall_id),
        number=week.number,
        effective_from=week.since,
        titles=_titles(week.hall.name),
        zone=base.zone,
        is_always=base.is_always and not week.weekly,
        weekly=week.weekly or base.weekly,
        country=base.country,
        written_by=week.written_by,
        written_at=week.since,
    )


def _titles(hall: str) -> dict[str, str]:
    titles = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            titles[language] = _("Hours of %(hall)s") % {"hall": hall}
    return titles


def _entered_until(day: date, years: Mapping[int, datetime], zone: ZoneInfo) -> datetime:
    """Until when what staff enter for a day counts for a clock that began before its year was known: nothing heals the past."""
    confirmed = years.get(day.year)
    return min(confirmed, datetime.combine(day, time.min, zone)) if confirmed else _NEVER


def _is_known(day: CalendarDay, at: datetime) -> bool:
    return day.written_at <= at and (day.replaced_at is None or at < day.replaced_at)


def _windows_of(day: CalendarDay, weekly: Mapping[int, tuple[Window, ...]]) -> tuple[Window, ...]:
    if not day.is_working:
        return ()
    if day.windows is not None:
        return tuple(Window.parse(*pair) for pair in day.windows)
    # A make-up day is worked like the weekday; one that is closed all week long like the fullest day of the week.
    return weekly.get(day.day.weekday()) or max(weekly.values(), key=len, default=())


def _known_years() -> dict[str, dict[int, datetime]]:
    """Country -> its known years, and since when."""
    years: dict[str, dict[int, datetime]] = {}
    for country, year, since in CalendarYear.objects.values_list("country", "year", "written_at"):
        years.setdefault(country, {})[year] = since
    return years


def _known_until(years: Mapping[str, Iterable[int]]) -> dict[str, date]:
    """Country -> the last day of its known years in a row, counted from the latest gap."""
    return {country: date(_last_in_a_row(found), 12, 31) for country, found in years.items()}


def _last_in_a_row(years: Iterable[int]) -> int:
    known = set(years)
    last = min(known)
    while last + 1 in known:
        last += 1
    return last
