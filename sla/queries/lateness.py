"""How late we are ourselves: from the moment an alarm was for to the moment it fired, and to the moment somebody was owed a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from ..models import Escalation, Fault


@dataclass(frozen=True)
class Lateness:
    """Over the last alarms: ``fired`` and ``told``, each as (half of them within, 99 % within)."""

    count: int
    fired: tuple[timedelta, timedelta]
    told: tuple[timedelta, timedelta]


def lateness(since: datetime, *, most: int = 1000) -> Lateness:
    """Of the latest alarms (at most ``most``) that led to an escalation after ``since``."""
    # The latest first and then those of the time: a search for the time would walk back through all there ever were.
    latest = Escalation.objects.order_by("-pk").values_list("alarm__fires_at", "alarm__fired_at", "created_at")[:most]
    moments = [row for row in latest if row[2] >= since]
    fired = sorted(fired_at - fires_at for fires_at, fired_at, _told_at in moments if fires_at and fired_at)
    told = sorted(told_at - fires_at for fires_at, _fired_at, told_at in moments if fires_at)
    return Lateness(len(moments), _halves(fired), _halves(told))


def open_faults() -> int:
    """How many faults of the engine wait for a person."""
    return Fault.objects.open().count()


def faults() -> Sequence[Fault]:
    """For the operator: what waits, newest first."""
    return list(Fault.objects.open().annotate(case=F("timeline__case__reference")).order_by("-at")[:200])


def _halves(sorted_delays: Sequence[timedelta]) -> tuple[timedelta, timedelta]:
    if not sorted_delays:
        return timedelta(), timedelta()
    last = len(sorted_delays) - 1
    return sorted_delays[last // 2], sorted_delays[-(-last * 99 // 100)]
