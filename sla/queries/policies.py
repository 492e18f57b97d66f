"""The book of promises and its calendars, kept in memory and re-read when somebody wrote.

Note [Looking for a new edition]
    Every case, sale and call asks the book, so asking must cost nothing. A process keeps the whole of it (some hundred versions)
    and looks at one row, the edition's token, and at the newest week of a hall, at most every ``LOOK_AGAIN`` seconds. Whoever
    writes calls ``forget`` besides, so that the writing process sees its own change at once. Others run on with the old book for
    that long, which is why a new version usually begins a little later than it is written.
"""

import logging
import time
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Subquery

from accounts.models import HallWeek

from .. import limits, patterns, selection
from ..books import HALL, Edition, PolicyBook
from ..calendars import Calendar
from ..models import BookEdition, CalendarVersion, PromiseVersion
from ..policies import LadderStep, Policy, nominal_length
from ..terms import Readings
from .calendars import Shelf, UnknownCalendar, read_shelf

log = logging.getLogger(__name__)

#: Seconds between two looks at the edition's token.
LOOK_AGAIN = 10.0
_NOTHING = "", None
#: What of a version's readings the arithmetic takes; the rest is for people.
READ = frozenset(field.name for field in fields(Readings))


@dataclass
class _Kept:
    edition: Edition
    shelf: Shelf
    token: tuple[str, int | None]
    looked: float


_kept: _Kept | None = None


def policies_at(at: datetime) -> PolicyBook:
    """The book open at a moment. No query while nothing changed, but one small one every ten seconds."""
    kept = _keep()
    return PolicyBook(kept.edition, at, lambda key: kept.shelf.calendar(key, at), lambda hall: kept.shelf.of_hall(hall, at))


def calendar_at(key: str, at: datetime, *, hall: int | None = None) -> Calendar:
    """A calendar as in force at a moment, with the special days known by then. Raises UnknownCalendar.

    The hours of halls are those of the ``hall`` (its key), where it has hours of its own.
    """
    shelf = _keep().shelf
    own = shelf.of_hall(hall, at) if hall is not None and key == HALL else None
    return own or shelf.calendar(key, at)


def calendar_version(key: str, number: int, *, known_at: datetime) -> Calendar:
    """A certain version as a clock's leg remembers it, with the special days known when the leg began. Raises UnknownCalendar."""
    shelf = _keep().shelf
    row = next((row for row in shelf.versions.get(key, ()) if row.number == number), None)
    if row is None:
        raise UnknownCalendar(f"{key} {number}")
    return shelf.version(row, known_at=known_at)


def is_year_known(key: str, year: int) -> bool:
    """Whether the special days of a year are entered by now for this calendar; also where it counts by no country's."""
    shelf = _keep().shelf
    if not (versions := shelf.versions.get(key)):
        return False
    known = shelf.known_until.get(versions[-1].country)
    return not versions[-1].country or (known is not None and known.year >= year)


def calendar_rows(at: datetime) -> list[CalendarVersion]:
    """The row in force of every calendar of the company, in the order of the keys."""
    return [row for row in _rows(at) if row.pk is not None]


def hall_rows(at: datetime) -> list[CalendarVersion]:
    """The same of every hall with hours of its own. They are no rows of the database."""
    return [row for row in _rows(at) if row.pk is None]


def versions_of(key: str) -> list[CalendarVersion]:
    """Every version of a calendar, of the company or of a hall, the newest first."""
    return sorted(_keep().shelf.versions.get(key, ()), key=lambda row: -row.number)


def _rows(at: datetime) -> list[CalendarVersion]:
    shelf = _keep().shelf
    numbers = ((key, shelf.calendar(key, at).number) for key in sorted(shelf.versions))
    return [next(row for row in shelf.versions[key] if row.number == number) for key, number in numbers]


@dataclass(frozen=True)
class Country:
    """A country by whose public holidays some active promise is counted, and how far they are known."""

    code: str
    known_until: date | None
    calendars: tuple[str, ...]


def countries_at(at: datetime) -> list[Country]:
    """Every country by whose holidays an active promise is counted; no query while nothing changed."""
    found: dict[str, list[str]] = {}
    used = {policy.calendar for policy in policies_at(at).policies() if policy.is_active}
    for row in calendar_rows(at):
        if row.country and row.key in used:
            found.setdefault(row.country, []).append(row.key)
    known = _keep().shelf.known_until
    return [Country(code, known.get(code), tuple(keys)) for code, keys in sorted(found.items())]


def forget() -> None:
    """Read the book anew when it is asked next: after writing."""
    global _kept  # noqa: PLW0603 - one book for a process
    _kept = None


def assume_empty() -> None:
    """Take it that there is no promise, without asking, until ``forget``: what tests begin with, whose databases begin empty."""
    global _kept  # noqa: PLW0603 - one book for a process
    _kept = _Kept(Edition(()), Shelf({}, {}, {}, {}, {}), token=_NOTHING, looked=float("inf"))


def _keep() -> _Kept:
    global _kept  # noqa: PLW0603 - one book for a process; threads that read at once each leave a whole one
    kept = _kept
    now = time.monotonic()
    if kept is not None and now - kept.looked < LOOK_AGAIN:
        return kept
    # The token first: what is written while we read is then read again at the next look.
    last_week = Subquery(HallWeek.objects.order_by("-pk").values("pk")[:1])
    token = BookEdition.objects.values_list("token", last_week).first() or _NOTHING
    if kept is not None and kept.token == token:
        kept.looked = now
        return kept
    kept = _kept = _Kept(_read_edition(), read_shelf(), token, now)
    return kept


def _read_edition() -> Edition:
    """A version that cannot be read is left out loudly: it must not take the others with it."""
    policies, unreadable = [], []
    for row in PromiseVersion.objects.select_related("promise"):
        try:
            policies.append(policy_of(row))
        except (ValueError, TypeError, LookupError) as error:
            log.error("a promise cannot be read", extra={"promise": row.promise_id, "version": row.number, "error": type(error).__name__})
            unreadable.append(f"{row.promise_id} {row.number}")
    return Edition(policies, unreadable)


def policy_of(row: PromiseVersion) -> Policy:
    """A row as the engine wants it. Raises what the limits, patterns and selectors raise when they cannot be read."""
    target = limits.parse(row.target) if row.target else None
    limit = limits.parse(row.limit) if row.limit else None
    return Policy(
        key=row.promise_id,
        version=row.pk,
        number=row.number,
        effective_from=row.effective_from,
        kind=row.promise.kind,
        nature=row.promise.nature,
        source=row.promise.source,
        quote=row.promise.quote,
        family=row.family,
        selects=selection.read(row.selects),
        length=nominal_length(limit or target),
        starts_on=_patterns(row.starts_on),
        stops_on=_patterns(row.stops_on),
        pauses_on=_patterns(row.pauses_on),
        resumes_on=_patterns(row.resumes_on),
        withdrawn_on=_patterns(row.withdrawn_on),
        target=target,
        limit=limit,
        ladder=tuple(LadderStep(rung, role) for rung, role in row.ladder),
        readings=Readings.parse(row.readings),
        notes={name: value for name, value in row.readings.items() if name not in READ},
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    *("calendar", "cut_off", "anchor", "part_of", "is_safety", "is_active", "is_public"),
    *("owner", "extension", "compensation", "texts"),
)


def _patterns(texts: list[str]) -> tuple[patterns.Pattern, ...]:
    return tuple(patterns.parse(text) for text in texts)
