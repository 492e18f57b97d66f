"""The papers a hall files: the report of a till and of a day."""

from datetime import date, datetime

from accounts.models import Hall, User

from .. import papers
from ..queries.hall_days import day_sheet
from ..queries.takings import shift_sheet


def shift_report(*, user: User, number: int, at: datetime) -> bytes:
    """A shift as PDF in the hall's language, for its clerk and those who sign. Raises ShiftNotFound."""
    sheet = shift_sheet(user, number, at=at)
    language = sheet.shift.counter.hall.language
    return papers.render_pdf("billing/pdf/shift.html", {"sheet": sheet}, language)


def day_report(*, hall: Hall, day: date) -> bytes:
    """A day of a hall as PDF in the hall's language: final when the day is closed, else marked as not yet final."""
    return papers.render_pdf("billing/pdf/hall_day.html", {"sheet": day_sheet(hall, day)}, hall.language)
