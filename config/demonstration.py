"""Wind the demonstration clock before the house starts: as asked on the command line, or on from where it stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

import accounts.operations
import casework.queries
import sla.queries
from accounts.clock import Course, course, real_now
from accounts.models import DemonstrationClock, Hall
from desk.city.sign_ins import NoSignIns, SignIns

#: What ``--clock`` takes to come back to real time.
REAL = "real"


class UnreadableClock(Exception):
    """``--clock`` got something that is no moment."""

    def __init__(self, text: str) -> None:
        super().__init__(_("“%(text)s” is no moment: write 2026-12-24T16:58, or “real”.") % {"text": text})


class NotADemo(Exception):
    """Somebody's own data would get a false date."""

    def __init__(self) -> None:
        super().__init__(_("This database holds no demo city: its clock is set only with TIME_MACHINE=yes in the environment."))


class StillOn(Exception):
    """A database that was demonstrated on came to where clocks are not set."""

    def __init__(self) -> None:
        words = _("This database runs on a demonstration clock, and TIME_MACHINE does not allow it.")
        super().__init__(f"{words} TIME_MACHINE=yes, --clock real")


@dataclass(frozen=True)
class Wish:
    """What was asked for: a moment (None: go on), the end of the demonstration, a speed (None: as before)."""

    shows: datetime | None = None
    ends: bool = False
    speed: int | None = None

    @classmethod
    def read(cls, clock: str | None, speed: int | None) -> Self:
        """From the command line; a moment without a zone is the operator's. Raises UnreadableClock."""
        if clock is None or clock == REAL:
            return cls(None, clock == REAL, speed)
        try:
            moment = parse_datetime(clock)
        except ValueError:
            moment = None
        if moment is None:
            raise UnreadableClock(clock)
        return cls(moment if timezone.is_aware(moment) else timezone.make_aware(moment), speed=speed)

    @property
    def is_empty(self) -> bool:
        return self.shows is None and not self.ends and self.speed is None


def wind(wish: Wish) -> Course | None:
    """Set the clock before anybody reads it; the course it takes, None for real time.

    Without a wish a demonstration goes on from the moment it stopped at: while the house is down its time stands still.
    Raises NotADemo, StillOn and what the operations raise.
    """
    running, now = DemonstrationClock.objects.first(), real_now()
    if wish.is_empty and running is None:
        return None
    lived_until = _lived_until(running, now)
    if wish.ends:
        accounts.operations.end_demonstration(lived_until=lived_until, at=now)
        return None
    if running is not None and not settings.TIME_MACHINE:
        raise StillOn
    if running is None and settings.TIME_MACHINE_DEMO_ONLY and Hall.objects.exists() and not _is_demo():
        raise NotADemo
    shows = wish.shows or lived_until or now
    speed = wish.speed or (running.speed if running else 1)
    accounts.operations.set_demonstration_clock(shows=shows, speed=speed, lived_until=lived_until, at=now)
    return course()


def _lived_until(running: DemonstrationClock | None, now: datetime) -> datetime | None:
    """The latest business moment of which this database bears a trace."""
    age = sla.queries.heartbeat_age(now)
    traces = (running.shows if running else None, now - age if age is not None else None, casework.queries.latest_moment())
    return max((trace for trace in traces if trace), default=None)


def _is_demo() -> bool:
    try:
        SignIns.read()
    except NoSignIns:
        return False
    return True


#: What is said to whoever asked, instead of a trace.
REFUSALS = (
    NotADemo,
    StillOn,
    UnreadableClock,
    accounts.operations.BadSpeed,
    accounts.operations.ClockNotAllowed,
    accounts.operations.TimeGoesBack,
)
