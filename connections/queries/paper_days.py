"""When an applicant is asked for a paper again."""

from datetime import date, datetime, timedelta

from accounts.clock import business_date

#: How long before its day we remind of a paper.
BEFORE = timedelta(days=2)


def is_due_for_reminder(due_at: datetime | None, reminded_at: datetime | None, at: datetime) -> bool:
    """Once in the days before, once on the day, once after it."""
    if due_at is None:
        return False
    due, today, reminded = day_of(due_at), business_date(at), reminded_at and business_date(reminded_at)
    if today < due - BEFORE:
        return False
    # The last reminder counts where it was one of the same sort.
    begins = due + timedelta(days=1) if today > due else due if today == due else due - BEFORE
    return reminded is None or reminded < begins


def day_of(moment: datetime | None) -> date:
    """The day of a paper that has one."""
    assert moment is not None
    return business_date(moment)
