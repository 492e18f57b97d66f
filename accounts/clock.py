"""The one business clock. Views, tasks and commands read it once and pass ``at=`` down."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone


def business_now() -> datetime:
    """Now, by the database's clock where it has one, so that several hosts agree (aware, UTC)."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def business_date(at: datetime) -> date:
    """The calendar day of a moment in the operator's time zone."""
    return timezone.localdate(at)
