"""Working time as the rows have it, and as the pure arithmetic wants it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..calendars import Calendar, Window
from ..models import CalendarDay, CalendarVersion, CalendarYear


class UnknownCalendar(LookupError):
    """No calendar has this key."""


@dataclass(frozen=True)
class Shelf:
    """Every calendar there is, with all special days: read once, asked often.

    What staff entered counts from the moment they did: a day closed afterwards changes no clock that counted it as worked. What
    is published of a country counts as it is known today; a clock that had to guess a year is provisional until then.
    """

    versions: Mapping[str, Sequence[CalendarVersion]]
    days: Mapping[str, Sequence[CalendarDay]]
    known_until: Mapping[str, date]
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

    def version(self, row: CalendarVersion, *, known_at: datetime) -> Calendar:
        """One version with what was known at a moment, put together once."""
        own = self.days.get(row.key, ())
        turns = {one.written_at for one in own} | {one.replaced_at for one in own if one.replaced_at}
        key = (row.key, row.number, sum(turn <= known_at for turn in turns))
        made = self.made.get(key)
        if made is None:
            made = self.made[key] = self._make(row, [one for one in own if _is_known(one, known_at)])
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


def read_shelf() -> Shelf:
    """All calendars; three queries."""
    versions: dict[str, list[CalendarVersion]] = {}
    for row in CalendarVersion.objects.order_by("key", "effective_from", "number"):
        versions.setdefault(row.key, []).append(row)
    days: dict[str, list[CalendarDay]] = {}
    for day in CalendarDay.objects.exclude(calendar="", replaced_at__isnull=False).order_by("day"):
        days.setdefault(day.calendar or f":{day.country}", []).append(day)
    return Shelf(versions=versions, days=days, known_until=_known_until(), made={})


def _is_known(day: CalendarDay, at: datetime) -> bool:
    return day.written_at <= at and (day.replaced_at is None or at < day.replaced_at)


def _windows_of(day: CalendarDay, weekly: Mapping[int, tuple[Window, ...]]) -> tuple[Window, ...]:
    if not day.is_working:
        return ()
    if day.windows is not None:
        return tuple(Window.parse(*pair) for pair in day.windows)
    # A make-up day is worked like the weekday; one that is closed all week long like the fullest day of the week.
    return weekly.get(day.day.weekday()) or max(weekly.values(), key=len, default=())


def _known_until() -> dict[str, date]:
    """Country -> the last day of its known years in a row, counted from the latest gap."""
    years: dict[str, set[int]] = {}
    for country, year in CalendarYear.objects.values_list("country", "year"):
        years.setdefault(country, set()).add(year)
    return {country: date(_last_in_a_row(found), 12, 31) for country, found in years.items()}


def _last_in_a_row(years: Iterable[int]) -> int:
    known = set(years)
    last = min(known)
    while last + 1 in known:
        last += 1
    return last
