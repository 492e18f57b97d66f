"""Is anybody keeping time? Asked by every staff page, so the answer is kept for some seconds in each process."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.clock import in_business_time

from ..models import Heartbeat
from .timekeeping import alarm_lateness

#: Seconds an answer is good for.
LOOK_AGAIN = 5.0
#: A timekeeper beats every two seconds; after so long it counts as dead.
OLDEST_HEARTBEAT = timedelta(seconds=10)
#: An alarm unfired for so long means that nobody sweeps, or that something stands in the way.
LATEST_ALARM = timedelta(seconds=5)


@dataclass(frozen=True)
class Watch:
    """Who is alive and who has gone silent (by name), and whether alarms are late."""

    alive: Sequence[str] = ()
    silent: Sequence[str] = ()
    is_late: bool = False

    @property
    def is_dead(self) -> bool:
        """Nobody keeps time: alarms do not ring."""
        return not self.alive

    @property
    def is_well(self) -> bool:
        return bool(self.alive) and not self.silent and not self.is_late


@dataclass
class _Kept:
    watch: Watch
    looked: float


_kept: _Kept | None = None


def watch(at: datetime) -> Watch:
    """As of a few seconds ago at most."""
    global _kept  # noqa: PLW0603 - one answer for a process
    now = time.monotonic()
    if _kept is None or now - _kept.looked >= LOOK_AGAIN:
        _kept = _Kept(look(at), now)
    return _kept.watch


def look(at: datetime) -> Watch:
    """As of now: two statements. Who has not beaten for a day was taken out of service."""
    oldest = at - in_business_time(OLDEST_HEARTBEAT)
    beats = dict(Heartbeat.objects.filter(beat_at__gte=at - timedelta(days=1)).order_by("name").values_list("name", "beat_at"))
    return Watch(
        alive=[name for name, beat_at in beats.items() if beat_at >= oldest],
        silent=[name for name, beat_at in beats.items() if beat_at < oldest],
        is_late=alarm_lateness(at) > in_business_time(LATEST_ALARM),
    )


def assume_well() -> None:
    """Take it that somebody keeps time, without asking: what tests begin with, in whose databases nobody does."""
    global _kept  # noqa: PLW0603 - as above
    _kept = _Kept(Watch(alive=("tests",)), looked=float("inf"))


def forget() -> None:
    """Look again when asked next."""
    global _kept  # noqa: PLW0603 - as above
    _kept = None
