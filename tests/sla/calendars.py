"""Calendars the tests of time share: a hall with lunch, a week around a holiday and its made-up Saturday, zones with two changes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sla.calendars import Calendar, Window

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING, AFTERNOON = Window.parse("08:30", "12:00"), Window.parse("13:30", "17:30")
LUNCH_WEEK = dict.fromkeys(range(5), (MORNING, AFTERNOON))

# Wednesday 30 December 2026: a (made-up) holiday; Saturday 2 January 2027 is worked for it, Friday 1 January is New Year.
HOLIDAYS = {date(2026, 12, 30): (), date(2027, 1, 1): (), date(2027, 1, 2): (MORNING, AFTERNOON)}
NAMES = {date(2026, 12, 30): "Day of Gas", date(2027, 1, 1): "New Year", date(2027, 1, 2): "for Day of Gas"}

HALL = Calendar("hall", 1, "Asia/Shanghai", weekly=LUNCH_WEEK, days=HOLIDAYS, names=NAMES, known_until=date(2027, 12, 31))
HALL_2 = Calendar("hall", 2, "Asia/Shanghai", weekly=LUNCH_WEEK, days={**HOLIDAYS, date(2026, 12, 24): ()}, names=NAMES)
ALWAYS = Calendar("24x7", 1, "Asia/Shanghai", is_always=True)
NEW_YORK = Calendar("desk", 1, "America/New_York", weekly={day: (Window.parse("08:30", "17:00"),) for day in range(5)})
NEVER = Calendar("never", 1, "Asia/Shanghai")


def sh(text):
    """A moment by the clock of Shanghai, from "2026-12-24 16:58"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def ny(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"), fold=fold)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
