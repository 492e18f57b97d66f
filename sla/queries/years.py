"""Which calendar years must be known soon and are not: asked of the book in memory, so that a banner costs nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from math import inf

from accounts.clock import business_date

from .policies import countries_at

#: So many months before a year begins its transfers should be known.
MONTHS_AHEAD = 2


@dataclass(frozen=True)
class MissingYear:
    """A year whose transfers of working days nobody has told us, and whose calendars count by that country."""

    country: str
    year: int
    begins: date
    calendars: tuple[str, ...]


def missing_years(at: datetime) -> list[MissingYear]:
    """This year, or within two months of it the next, of every country that a calendar in force counts by."""
    today = business_date(at)
    last = today.year + (today.month + MONTHS_AHEAD > 12)
    return [
        MissingYear(country.code, year, date(year, 1, 1), country.calendars)
        for country in countries_at(at)
        for year in range(max(country.known_until.year + 1 if country.known_until else today.year, today.year), last + 1)
    ]


def known_days(at: datetime) -> float:
    """How many days ahead every calendar in force knows whether they are worked; infinite where none has holidays."""
    today = business_date(at)
    return min(((country.known_until - today).days if country.known_until else 0.0 for country in countries_at(at)), default=inf)
