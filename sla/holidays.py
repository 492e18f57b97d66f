"""Public holidays and make-up working days out of the ``holidays`` library, and whether a year's transfers are published. Pure.

The library knows the statutory days of any year; which days are moved by decree it knows only once the decree is out, and it
does not say which. So a year counts as known when a transfer is found in it, in countries that transfer every year.
"""

from dataclasses import dataclass
from datetime import date

import holidays as library

#: Country -> the language of its days' names, the word in them that only a published transfer has, and the name of a working weekend day.
_TRANSFERS = {"CN": ("zh_CN", "调休", "调休上班"), "RU": ("ru", "перенесено", "Рабочий день")}


@dataclass(frozen=True)
class SpecialDay:
    """A day off, or (``is_working``) a weekend day that is worked."""

    day: date
    is_working: bool
    name: str


@dataclass(frozen=True)
class Year:
    """The special days of one year; ``is_published``: its transfers are among them."""

    days: tuple[SpecialDay, ...]
    is_published: bool


class NoSuchCountry(LookupError):
    """The library does not know the country."""


def days_of(country: str, year: int) -> Year:
    """The special days of a country in a year. Raises NoSuchCountry."""
    language, mark, worked = _TRANSFERS.get(country, (None, "", ""))
    try:
        found = library.country_holidays(country, years=year, language=language)
    except NotImplementedError:
        raise NoSuchCountry(country) from None
    off = [SpecialDay(day, is_working=False, name=name[:80]) for day, name in sorted(found.items()) if day.year == year]
    made_up = sorted(day for day in found.weekend_workdays if day.year == year)
    work = [SpecialDay(day, is_working=True, name=worked) for day in made_up]
    return Year((*off, *work), is_published=any(mark in one.name for one in off))
