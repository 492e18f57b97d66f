"""Write working time: new versions of calendars, days that are not as the week says, and which years are known.

A day that is entered counts for every clock that starts from then on. Clocks that run keep the days they knew, and are moved
to what is known now by ``sla.operations.moving`` when somebody asks for it, never behind anybody's back. Only those that had to
guess a year, and said so, are worked out when it becomes known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.clock import business_date

from .. import holidays, permissions
from ..calendars import BadWindows, Window, check_windows
from ..models import CalendarDay, CalendarVersion, CalendarYear
from ..queries import policies
from .editions import turn_page
from .loading import LOADER
from .moving import owe_guesses

_SENTENCES: Mapping[str, str | Lazy] = {
    "windows": _("Write windows in order and without overlap, for instance 08:30-12:00,13:30-17:30."),
    "reason": _("Say why, so that the next person understands."),
    "calendar": _("There is no such calendar."),
    "always": _("Around the clock is around the clock: it has no special days."),
    "past": _("A new version begins now or later: what has been promised stays as it was."),
    "taken": _("Another version of this calendar begins at the same moment."),
    "year": _("This year is known already."),
    "far": _("Only this year and the two after it can be confirmed."),
    "country": _("We know no public holidays of this country."),
}


class BadCalendar(Exception):
    """It cannot be written so; ``code`` says which part, str() is the sentence for the reader."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(str(_SENTENCES[code]))


@dataclass(frozen=True, kw_only=True)
class Override:
    """One day that is not as the week says: closed, worked like its weekday (``windows`` None), or worked in windows of its own."""

    day: date
    is_working: bool
    windows: Sequence[Sequence[str]] | None = None
    name: str = ""
    reason: str = field(default="")


@transaction.atomic
def enter_special_day(*, calendar: str, override: Override, by: Actor, at: datetime) -> CalendarDay:
    """Enter a day of one calendar; an earlier entry for the day is kept, but ends. Raises Forbidden, BadCalendar."""
    permissions.check_may_edit_promises(by, at=at)
    if not override.reason.strip():
        raise BadCalendar("reason")
    newest = next(iter(policies.versions_of(calendar)), None)
    if newest is None:
        raise BadCalendar("calendar")
    if newest.is_always:
        raise BadCalendar("always")
    _check_windows(override.windows or ())
    CalendarDay.objects.filter(calendar=calendar, day=override.day, replaced_at=None).update(replaced_at=at)
    row = CalendarDay.objects.create(
        calendar=calendar,
        day=override.day,
        is_working=override.is_working,
        windows=[list(pair) for pair in override.windows] if override.windows else None,
        name=override.name.strip()[:80],
        reason=override.reason.strip()[:200],
        written_by=by.actor_label,
        written_at=at,
    )
    turn_page()
    return row


@transaction.atomic
def take_back_special_day(*, row: CalendarDay, by: Actor, at: datetime) -> None:
    """The day is again as the week and the country say. Raises Forbidden."""
    permissions.check_may_edit_promises(by, at=at)
    CalendarDay.objects.filter(pk=row.pk, replaced_at=None).update(replaced_at=at)
    turn_page()


@dataclass(frozen=True, kw_only=True)
class NewHours:
    """The week of a calendar from a moment on: "0" (Monday) to "6" -> windows; a day that is not named is closed."""

    weekly: Mapping[str, Sequence[Sequence[str]]]
    effective_from: datetime


@transaction.atomic
def write_calendar(*, calendar: str, new: NewHours, by: Actor, at: datetime) -> CalendarVersion:
    """The next version of a calendar. Open clocks keep theirs until they are computed anew. Raises Forbidden, BadCalendar."""
    permissions.check_may_edit_promises(by, at=at)
    newest = CalendarVersion.objects.select_for_update(no_key=True).filter(key=calendar).order_by("-number").first()
    if newest is None:
        raise BadCalendar("calendar")
    if newest.is_always:
        raise BadCalendar("always")
    if new.effective_from < at:
        raise BadCalendar("past")
    if CalendarVersion.objects.filter(key=calendar, effective_from=new.effective_from).exists():
        raise BadCalendar("taken")
    for windows in new.weekly.values():
        _check_windows(windows)
    row = CalendarVersion.objects.create(
        key=calendar,
        number=newest.number + 1,
        effective_from=new.effective_from,
        titles=newest.titles,
        zone=newest.zone,
        weekly={day: [list(pair) for pair in windows] for day, windows in new.weekly.items() if windows},
        country=newest.country,
        written_by=by.actor_label,
        written_at=at,
    )
    turn_page()
    return row


@transaction.atomic
def confirm_year(*, country: str, year: int, by: Actor, at: datetime) -> CalendarYear:
    """Say that all transfers of a year are entered by hand, from the official notice. Clocks that had to guess it are worked out anew.

    Raises Forbidden, BadCalendar.
    """
    permissions.check_may_edit_promises(by, at=at)
    if not CalendarVersion.objects.filter(country=country).exists():
        raise BadCalendar("country")
    if not 0 <= year - business_date(at).year <= 2:
        raise BadCalendar("far")
    if CalendarYear.objects.filter(country=country, year=year).exists():
        raise BadCalendar("year")
    row = CalendarYear.objects.create(country=country, year=year, written_by=by.actor_label, written_at=at)
    turn_page()
    owe_guesses(cause=f"year:{country}:{year}", at=at)
    return row


@transaction.atomic
def load_holidays(*, countries: Sequence[str], years: Sequence[int], at: datetime) -> int:
    """Bring the days of these countries and years up to the library; what staff entered stays. How many days changed.

    Raises BadCalendar for a country the library does not know.
    """
    changed = sum(_load_year(country, year, at) for country in countries for year in years)
    if changed:
        turn_page()
        owe_guesses(cause=f"holidays:{at.isoformat()}", at=at)
    return changed


def _load_year(country: str, year: int, at: datetime) -> int:
    try:
        found = holidays.days_of(country, year)
    except holidays.NoSuchCountry:
        raise BadCalendar("country") from None
    rows = CalendarDay.objects.filter(country=country, calendar="", day__year=year, replaced_at=None)
    known = {row.day: row for row in rows}
    wanted = {one.day: one for one in found.days}
    # Entered by hand for the whole country: from the notice, which the library will repeat one day.
    ours = {day: row for day, row in known.items() if row.written_by == LOADER.actor_label}
    stale = [day for day, row in ours.items() if day not in wanted or not _is_same(row, wanted[day])]
    CalendarDay.objects.filter(pk__in=[ours[day].pk for day in stale]).update(replaced_at=at)
    fresh = [one for day, one in wanted.items() if day not in known or day in stale]
    CalendarDay.objects.bulk_create(_row(country, one, at) for one in fresh)
    learned = found.is_published and _learn(country, year, at)
    return len(stale) + len(fresh) + learned


def _learn(country: str, year: int, at: datetime) -> bool:
    _row_of_year, is_new = CalendarYear.objects.get_or_create(
        country=country, year=year, defaults={"written_by": LOADER.actor_label, "written_at": at}
    )
    return is_new


def _row(country: str, one: holidays.SpecialDay, at: datetime) -> CalendarDay:
    return CalendarDay(country=country, day=one.day, is_working=one.is_working, name=one.name, written_by=LOADER.actor_label, written_at=at)


def _is_same(row: CalendarDay, one: holidays.SpecialDay) -> bool:
    return (row.is_working, row.name) == (one.is_working, one.name)


def _check_windows(windows: Sequence[Sequence[str]]) -> None:
    try:
        check_windows(tuple(Window.parse(*pair) for pair in windows))
    except (BadWindows, ValueError, TypeError):
        raise BadCalendar("windows") from None
