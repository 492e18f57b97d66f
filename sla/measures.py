"""How far each kind of limit reaches from where the clock begins to count. One function a kind; no pauses, no extensions."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .calendars import ONE_DAY, WorkingTime
from .limits import Kind, Limit
from .terms import Readings

_A_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Ground:
    """What a limit is measured on: the time that counts, the days as the calendar has them, the readings, the moment named."""

    counting: WorkingTime
    days: WorkingTime
    readings: Readings
    anchor_at: datetime | None = None


def reach(limit: Limit, start: datetime, ground: Ground) -> datetime:
    """The moment a limit ends that begins to count at ``start``. An agreed or lead time needs ``ground.anchor_at``."""
    return _REACH[limit.kind](limit, start, ground)


def ends_with_the_day(limit: Limit, readings: Readings) -> bool:
    """Whether the limit is due when work ends on a day rather than at some clock time."""
    if limit.kind in {Kind.DAYS, Kind.WORKING_DAYS}:
        return readings.due == "close"
    return limit.kind in {Kind.DAYS_INCLUSIVE, Kind.CLOSE, Kind.MONTHS, Kind.PERIOD}


def to_the_end_of_a_day(moment: datetime, days: WorkingTime) -> datetime:
    """The close of business of the moment's day, of the next working day when that is past."""
    day = days.working_day_from(days.local(moment - _A_MICROSECOND).date())
    closing = days.close_of_business(day)
    return closing if closing >= moment else days.close_of_business(days.working_day_after(day, 1))


def _instant(_limit: Limit, start: datetime, ground: Ground) -> datetime:
    return ground.counting.add(start, ground.readings.tolerance)


def _time(limit: Limit, start: datetime, ground: Ground) -> datetime:
    return ground.counting.add(start, limit.time)


def _rings(limit: Limit, start: datetime, ground: Ground) -> datetime:
    return start.astimezone(UTC) + limit.count * ground.readings.ring


def _days(limit: Limit, start: datetime, ground: Ground) -> datetime:
    if ground.readings.days == "working":
        return _working_days(limit, start, ground)
    local = ground.days.local(start)
    return _on(local.date() + timedelta(days=limit.count), local.time(), ground)


def _working_days(limit: Limit, start: datetime, ground: Ground) -> datetime:
    local = ground.days.local(start)
    return _on(ground.days.working_day_after(local.date(), limit.count), local.time(), ground)


def _on(day: date, clock_time: time, ground: Ground) -> datetime:
    return ground.days.close_of_business(day) if ground.readings.due == "close" else ground.days.at(day, clock_time)


def _days_inclusive(limit: Limit, start: datetime, ground: Ground) -> datetime:
    days, first = ground.days, ground.days.local(start).date()
    if ground.readings.days == "working":
        last = days.working_day_after(days.working_day_from(first), limit.count - 1)
    else:
        last = first + timedelta(days=limit.count - 1)
    closing = days.close_of_business(last)
    return closing if closing > start else days.close_of_business(days.working_day_after(last, 1))


def _close(_limit: Limit, start: datetime, ground: Ground) -> datetime:
    return ground.days.close_of_business(ground.days.local(ground.days.next_start(start)).date())


def _next_start(_limit: Limit, start: datetime, ground: Ground) -> datetime:
    return ground.days.start_of_next_working_day(start)


def _lead(limit: Limit, start: datetime, ground: Ground) -> datetime:
    return _agreed(limit, start, ground) - limit.time


def _agreed(_limit: Limit, start: datetime, ground: Ground) -> datetime:
    return (ground.anchor_at or start).astimezone(UTC)


def _months(limit: Limit, start: datetime, ground: Ground) -> datetime:
    began = ground.days.local(start).date()
    years, month = divmod(began.month - 1 + limit.count, 12)
    year = began.year + years
    return ground.days.close_of_business(date(year, month + 1, min(began.day, monthrange(year, month + 1)[1])))


def _period(limit: Limit, start: datetime, ground: Ground) -> datetime:
    first, last = period_of(ground.days.local(start).date(), limit.count)
    day = last
    while day > first and not ground.days.is_working_day(day):
        day -= ONE_DAY
    closing = ground.days.close_of_business(day)
    return closing if closing > start else ground.days.at(last + ONE_DAY, time.min)


def period_of(day: date, months: int) -> tuple[date, date]:
    """First and last day of the calendar week (no months: Monday to Sunday), month, quarter, half-year or year a day lies in."""
    if not months:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    return day.replace(month=first_month, day=1), date(day.year, last_month, monthrange(day.year, last_month)[1])


_REACH: dict[Kind, Callable[[Limit, datetime, Ground], datetime]] = {
    Kind.INSTANT: _instant,
    Kind.TIME: _time,
    Kind.DAYS: _days,
    Kind.DAYS_INCLUSIVE: _days_inclusive,
    Kind.WORKING_DAYS: _working_days,
    Kind.CLOSE: _close,
    Kind.NEXT_START: _next_start,
    Kind.LEAD: _lead,
    Kind.RINGS: _rings,
    Kind.MONTHS: _months,
    Kind.PERIOD: _period,
    Kind.AGREED: _agreed,
}
