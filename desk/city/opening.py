"""When the halls are open: their week, public holidays, make-up working days."""

import csv
from datetime import date, time, timedelta
from functools import cache

import holidays

from .places import DATA, GOVERNMENT, NORTH, SOUTH

Window = tuple[time, time]

_COMPANY: tuple[Window, ...] = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 30)))
_PUBLIC: tuple[Window, ...] = ((time(9, 0), time(12, 0)), (time(13, 0), time(17, 0)))
#: Hall -> weekday (0 = Monday) -> windows. The lunch break makes two windows a day.
WEEK: dict[str, dict[int, tuple[Window, ...]]] = {
    NORTH: dict.fromkeys(range(6), _COMPANY),
    SOUTH: dict.fromkeys(range(6), _COMPANY),
    GOVERNMENT: dict.fromkeys(range(5), _PUBLIC),
}


@cache
def _special_days() -> dict[date, str]:
    with (DATA / "workdays" / "cn.csv").open(encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}


@cache
def _known_years() -> frozenset[int]:
    return frozenset(day.year for day in _special_days())


@cache
def is_open(hall: str, day: date) -> bool:
    """Whether a hall serves on a day."""
    kind = _special_days().get(day)
    if day.year not in _known_years() and day in holidays.country_holidays("CN", years=day.year):
        kind = "off"
    if kind is None:
        return day.weekday() in WEEK[hall]
    return kind == "work"


def next_open(hall: str, day: date) -> date:
    """That day, or the first after it on which the hall serves."""
    while not is_open(hall, day):
        day += timedelta(days=1)
    return day


@cache
def opening_seconds(hall: str) -> tuple[tuple[int, int], ...]:
    """The windows of a serving day as seconds from midnight."""
    windows = next(iter(WEEK[hall].values()))
    return tuple((o.hour * 3600 + o.minute * 60, c.hour * 3600 + c.minute * 60) for o, c in windows)
