"""Days of a plan are working days of the company's calendar; each ends when work ends."""

from datetime import datetime, time

from django.conf import settings

from sla.calendars import Calendar, NeverOpen, Window, WorkingTime
from sla.queries.calendars import UnknownCalendar
from sla.queries.policies import calendar_at

CALENDAR = "working_days"
#: Before the book is loaded: Monday to Friday.
_PLAIN = dict.fromkeys(range(5), (Window(time(8, 30), time(17, 30)),))


def calendar_of(at: datetime) -> WorkingTime:
    """The calendar that plans count by, as known at a moment; a year that nobody knows yet is guessed."""
    try:
        return calendar_at(CALENDAR, at).guessing()
    except UnknownCalendar:
        return Calendar(CALENDAR, zone=settings.TIME_ZONE, weekly=_PLAIN)


def end_after(moment: datetime, days: int, calendar: WorkingTime) -> datetime:
    """When work ends so many working days after the day of a moment; with none on that day itself, if it is one."""
    day = calendar.local(moment).date()
    try:
        last = calendar.working_day_after(day, days) if days else calendar.working_day_from(day)
    except NeverOpen:
        return moment
    return max(calendar.close_of_business(last), moment)
