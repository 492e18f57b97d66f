"""A hall's week as a reader wants it: days with the same hours on one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from accounts.listing import listed
from accounts.models import HallHours


@dataclass(frozen=True)
class Line:
    """Some days of the week in a row and their hours."""

    days: str
    hours: str


def week(windows: Iterable[HallHours]) -> list[Line]:
    """``Mon-Fri 08:30-12:00, 13:30-17:30``; days without hours are left out."""
    by_day: dict[int, list[str]] = {}
    for window in sorted(windows, key=lambda row: (row.weekday, row.opens)):
        by_day.setdefault(window.weekday, []).append(f"{_clock(window.opens)}–{_clock(window.closes)}")
    # Neighbouring days share a line: weekday minus position among equals stays the same along a run.
    runs = groupby(sorted(by_day), key=lambda day: (by_day[day], day - sum(1 for other in by_day if other < day)))
    return [_line([*days], hours) for (hours, _offset), days in runs]


def _line(days: list[int], hours: list[str]) -> Line:
    first, last = WEEKDAYS_ABBR[days[0]], WEEKDAYS_ABBR[days[-1]]
    name = str(first) if len(days) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return Line(name, listed(hours))


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"
