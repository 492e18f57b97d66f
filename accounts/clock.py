"""The one business clock. Views, tasks and commands read it once and pass ``at=`` down.

Note [An anchored clock]
    On PostgreSQL the database's clock rules, so that several hosts agree. It is looked at once in a while and not for
    every reading: from one look to the next the host's steady counter is added, which no setting of the host's clock
    moves and which runs on while the machine sleeps. There is one counter for the whole machine, so an anchor dropped
    before a fork holds in the child. docs/decisions/0012 tells more.
"""

import time
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

#: Seconds until the next look at the database's clock; a steady counter strays by a few milliseconds at most in that time.
RENEW_AFTER = 30.0
#: A look that says up to this much less than we reckoned is put down to straying: we do not step back for it.
_STRAYING = timedelta(seconds=1)
_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class _Anchor(NamedTuple):
    """What the database's clock said, and the steady counter just then."""

    moment: datetime
    counted: float

    def reckon(self, counted: float) -> datetime:
        return self.moment + timedelta(seconds=counted - self.counted)


_anchor: _Anchor | None = None


def business_now() -> datetime:
    """Now, by the database's clock where it has one, so that several hosts agree (aware, UTC)."""
    global _anchor  # noqa: PLW0603 - one clock for a process; threads that renew at once each leave a whole anchor
    if connection.vendor != "postgresql":
        return timezone.now()
    anchor, counted = _anchor, _steady()
    if anchor is None or counted - anchor.counted >= RENEW_AFTER:
        anchor = _anchor = _look(anchor)
        counted = anchor.counted
    return anchor.reckon(counted)


def business_date(at: datetime) -> date:
    """The calendar day of a moment in the operator's time zone."""
    return timezone.localdate(at)


def business_midnight(day: date) -> datetime:
    """The moment a day begins in the operator's time zone."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def _look(last: _Anchor | None) -> _Anchor:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    counted = _steady()
    if last is not None and timedelta() < last.reckon(counted) - moment <= _STRAYING:
        moment = last.reckon(counted)
    return _Anchor(moment, counted)


def _steady() -> float:
    return time.clock_gettime(_COUNTER)
