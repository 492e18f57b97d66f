"""The public directory of halls: where, when, and whether somebody is there now."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cache

import holidays
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from .. import models


@dataclass(frozen=True)
class Day:
    """A weekday and its windows; none: closed."""

    weekday: int
    windows: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class HallToday:
    """A hall with its week, and how it stands at the moment of asking."""

    hall: models.Hall
    week: tuple[Day, ...]
    is_open: bool
    is_holiday: bool
    closes: time | None


def hall_directory(at: datetime) -> list[HallToday]:
    """All halls one can go to, by name. On public holidays nothing is promised: hours may differ, so the page says to ring first."""
    local = timezone.localtime(at)
    free = local.date() in _holidays(local.year)
    return [_today(hall, local, free) for hall in places().prefetch_related("hours").order_by("name")]


def places() -> QuerySet[models.Hall]:
    """Halls that are somewhere: all but the online hall."""
    return models.Hall.objects.exclude(kind=models.Hall.Kind.ONLINE)


def _today(hall: models.Hall, local: datetime, is_holiday: bool) -> HallToday:
    windows = [(row.weekday, row.opens, row.closes) for row in hall.hours.all()]
    week = tuple(Day(day, tuple((opens, closes) for weekday, opens, closes in windows if weekday == day)) for day in range(7))
    now = local.time()
    closes = next((closes for opens, closes in week[local.weekday()].windows if opens <= now < closes), None)
    is_open = closes is not None and not is_holiday
    return HallToday(hall, week, is_open, is_holiday, closes if is_open else None)


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(settings.PHONENUMBER_DEFAULT_REGION, years=year)
