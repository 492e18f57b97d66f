"""The one business clock. Views, tasks and commands read it once and pass ``at=`` down.

Note [An anchored clock]
    On PostgreSQL the database's clock rules, so that several hosts agree. It is looked at once in a while and not for
    every reading: from one look to the next the host's steady counter is added, which no setting of the host's clock
    moves and which runs on while the machine sleeps. There is one counter for the whole machine, so an anchor dropped
    before a fork holds in the child. docs/decisions/0012 tells more.

Note [A demonstration clock]
    Where TIME_MACHINE allows it, one row (accounts.models.DemonstrationClock) may let business time begin elsewhere and run
    faster; every process looks at it once a second. What is about machines and strangers rather than about business stays on
    real time: codes, sessions, signatures, throttles, logs. What is written in business time but measures a machine's patience
    (a lease, a pause before the next try, a heartbeat) is converted here. docs/decisions/0013 lists which is which.
"""

import time
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.utils import timezone

#: Seconds until the next look at the database's clock; a steady counter strays by a few milliseconds at most in that time.
RENEW_AFTER = 30.0
#: Seconds until the next look at the demonstration clock, where there may be one.
LOOK_AGAIN_AFTER = 1.0
#: A look that says up to this much less than we reckoned is put down to straying: we do not step back for it.
_STRAYING = timedelta(seconds=1)
_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Course(NamedTuple):
    """How business time runs: at the real moment ``since`` it was ``shows``, and from then on it goes ``speed`` times as fast."""

    since: datetime
    shows: datetime
    speed: int

    def reckon(self, real: datetime) -> datetime:
        """Business time at a real moment."""
        return self.shows + (real - self.since) * self.speed


class _Anchor(NamedTuple):
    """What the database's clock said, and the steady counter just then."""

    moment: datetime
    counted: float

    def reckon(self, counted: float) -> datetime:
        return self.moment + timedelta(seconds=counted - self.counted)


class _Look(NamedTuple):
    """The course that was found, if any, and the steady counter just then."""

    course: Course | None
    counted: float


_anchor: _Anchor | None = None
_last_look: _Look | None = None


def business_now() -> datetime:
    """Now, by the clock that business goes by (aware, UTC): the real one unless a demonstration is on."""
    running, now = course(), real_now()
    return running.reckon(now) if running else now


def real_now() -> datetime:
    """Now, by the database's clock where it has one, so that several hosts agree (aware, UTC)."""
    global _anchor  # noqa: PLW0603 - one clock for a process; threads that renew at once each leave a whole anchor
    if connection.vendor != "postgresql":
        return timezone.now()
    anchor, counted = _anchor, _steady()
    if anchor is None or counted - anchor.counted >= RENEW_AFTER:
        anchor = _anchor = _look(anchor)
        counted = anchor.counted
    return anchor.reckon(counted)


def course() -> Course | None:
    """How business time runs if it is not the real one; None where no demonstration is on or none is allowed."""
    global _last_look  # noqa: PLW0603 - as above
    if not settings.TIME_MACHINE:
        return None
    look, counted = _last_look, _steady()
    if look is None or counted - look.counted >= LOOK_AGAIN_AFTER:
        look = _last_look = _Look(_stored_course(), counted)
    return look.course


def look_again() -> None:
    """Forget what was seen of the demonstration clock: it has just been set."""
    global _last_look  # noqa: PLW0603 - as above
    _last_look = None


def in_business_time(real: timedelta) -> timedelta:
    """How much business time passes in so much real time: for leases, pauses between tries, signs of life."""
    running = course()
    return real * running.speed if running else real


def in_real_seconds(business: timedelta) -> float:
    """How many real seconds so much business time takes: for whoever sleeps until something falls due."""
    running = course()
    return business.total_seconds() / (running.speed if running else 1)


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


def _stored_course() -> Course | None:
    from .models import DemonstrationClock  # not above: models are loaded after whoever only needs the time

    row = DemonstrationClock.objects.values_list("since", "shows", "speed").first()
    return Course(*row) if row else None


def _steady() -> float:
    return time.clock_gettime(_COUNTER)
