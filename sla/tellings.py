"""Facts for the trace of a computation: moments, days and the stretches of working time walked, as plain JSON."""

from datetime import date, datetime, timedelta

from .calendars import Calendar, WorkingTime
from .limits import Kind, Limit
from .terms import Json, Step

MOST_DAYS = 31  # told one by one; longer walks are told by their count


def moment_fact(moment: datetime, calendar: WorkingTime) -> str:
    """A moment as the calendar's own clock shows it, with its distance to UTC."""
    return calendar.local(moment).isoformat(timespec="seconds")


def walked(limit: Limit, span: tuple[datetime, datetime], counting: WorkingTime, days: WorkingTime) -> list[Step]:
    """What a limit walked over between its start and its end: hours day by day, or days and those left out."""
    if limit.kind in {Kind.TIME, Kind.INSTANT} and not _is_always(counting):
        return _hours(span, counting)
    if limit.kind in {Kind.WORKING_DAYS, Kind.CLOSE, Kind.NEXT_START, Kind.DAYS_INCLUSIVE, Kind.DAYS} and not _is_always(counting):
        return _days(span, days)
    return []


def _is_always(counting: WorkingTime) -> bool:
    return isinstance(counting, Calendar) and counting.is_always


def _hours(span: tuple[datetime, datetime], counting: WorkingTime) -> list[Step]:
    used: dict[date, list[tuple[datetime, datetime]]] = {}
    for start, end in counting.spans(*span):
        used.setdefault(counting.local(start).date(), []).append((start, end))
    rows: list[Json] = [_day_of_hours(day, spans, counting) for day, spans in list(used.items())[:MOST_DAYS]]
    facts: dict[str, Json] = {"days": rows, "more": max(0, len(used) - MOST_DAYS)}
    left_out = _days(span, counting)
    return [Step("hours", facts), *left_out] if rows else left_out


def _day_of_hours(day: date, spans: list[tuple[datetime, datetime]], counting: WorkingTime) -> dict[str, Json]:
    windows: list[Json] = [[f"{counting.local(start):%H:%M}", _closing(end, counting, day)] for start, end in spans]
    return {"day": day.isoformat(), "windows": windows, "seconds": seconds(sum((end - start for start, end in spans), timedelta(0)))}


def _closing(end: datetime, counting: WorkingTime, day: date) -> str:
    local = counting.local(end)
    return f"{local:%H:%M}" if local.date() == day else "24:00"


def _days(span: tuple[datetime, datetime], days: WorkingTime) -> list[Step]:
    first, last = (days.local(moment).date() for moment in span)
    return _left_out(first, last, days)


def _left_out(first: date, last: date, days: WorkingTime) -> list[Step]:
    """The closed days from the first to the last, with the names of holidays; made-up working days are told as well."""
    closed: list[Json] = []
    made_up: list[Json] = []
    for day in (first + timedelta(days=ahead) for ahead in range((last - first).days + 1)):
        name = days.name_of(day)
        if not days.is_working_day(day):
            closed.append({"day": day.isoformat(), "name": name})
        elif name and day.weekday() >= 5:
            made_up.append({"day": day.isoformat(), "name": name})
    steps = [Step("closed_days", {"days": closed[:MOST_DAYS], "count": len(closed)})] if closed else []
    return steps + ([Step("made_up_days", {"days": made_up[:MOST_DAYS]})] if made_up else [])


def seconds(amount: timedelta) -> int:
    return amount // timedelta(seconds=1)


def year_entered(missing: tuple[str, int], at: datetime, guessed: datetime | None, calendar: WorkingTime) -> Step:
    """A year that had to be guessed is known since; ``guessed`` is what the moment was taken to be."""
    facts: dict[str, Json] = {"calendar": missing[0], "year": missing[1], "at": moment_fact(at, calendar)}
    if guessed:
        facts["due"] = moment_fact(guessed, calendar)
    return Step("year_entered", facts)
