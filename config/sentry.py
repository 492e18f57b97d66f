"""The process that keeps time: it sleeps to the next moment something falls due, and rings for whoever does the work.

Any number of sentries may run, and beat's sweep beside them: all claims are rows. The loop itself only touches the database;
the bell rings on a thread of its own, because a dead broker takes seconds to say so.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.tasks import Task

import casework.queries
import casework.tasks
import notices.queries
import notices.queries.announcements
import notices.tasks
import sla.operations
import sla.queries
import sla.tasks
from accounts.actors import System
from accounts.clock import business_now, in_business_time, in_real_seconds
from notices.queries import Lane

log = logging.getLogger(__name__)

TICK = 1.0
FLOOR = 0.05  # at most twenty looks a second; what falls due meanwhile is swept together
#: A doorbell nobody has answered for so long is answered by ourselves.
PATIENCE = timedelta(seconds=5)
_LONGEST_BACK_OFF = 2.0
_JUMP_SECONDS = 2.0


@dataclass(frozen=True)
class Ring:
    """One task to be done, by a worker if the broker takes it, by ourselves if not (or if it has waited too long already)."""

    task: "Task[..., Any]"
    arguments: tuple[str, ...] = ()
    is_overdue: bool = False


def rings_for(claimed: Sequence[sla.operations.Claimed], at: datetime) -> list[Ring]:
    """What to ring for: the jobs just claimed, effects and messages that are due."""
    rings = [Ring(sla.tasks.run_job, (claim.name, claim.due.isoformat())) for claim in claimed]
    for oldest, task in (
        (casework.queries.oldest_effect_due(at), casework.tasks.drain),
        (notices.queries.oldest_message_due(at, Lane.PEOPLE), notices.tasks.deliver),
        (notices.queries.announcements.oldest_to_send(at), notices.tasks.tell_crowd),
        (notices.queries.oldest_message_due(at, Lane.MACHINES), notices.tasks.call_subscribers),
    ):
        if oldest:
            rings.append(Ring(task, is_overdue=at - oldest > in_business_time(PATIENCE)))
    return rings


def sweep(by: System) -> list[Ring]:
    """Fire the alarms that are due, then claim the jobs; what to ring for now. Beat calls this too."""
    sla.operations.sweep_alarms(at=business_now(), by=by)
    claimed = sla.operations.sweep(at=business_now(), by=by)
    # The clock is read again: what the sweep has just owed is due by now.
    return rings_for(claimed, business_now())


class Bell(threading.Thread):
    """Rings off the loop's thread. A ring that still waits is not queued twice."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="bell")
        self._waiting: dict[Ring, None] = {}
        self._changed = threading.Condition()

    def ring(self, rings: Sequence[Ring]) -> None:
        with self._changed:
            self._waiting.update(dict.fromkeys(rings))
            self._changed.notify()

    def run(self) -> None:
        while True:
            ring = self._next()
            close_old_connections()
            answer(ring)

    def _next(self) -> Ring:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting)
            ring = next(iter(self._waiting))
            del self._waiting[ring]
            return ring


def answer(ring: Ring) -> None:
    """Enqueue the task; do it here when nobody can or does."""
    if not ring.is_overdue:
        try:
            ring.task.enqueue(*ring.arguments)
            return
        except Exception as error:  # noqa: BLE001 - whatever ails the broker, the work is ours then
            log.warning("broker away", extra={"error": type(error).__name__})
    try:
        ring.task.call(*ring.arguments)
    except Exception as error:  # noqa: BLE001 - the row is still owed; the next ring tries again
        log.error("could not do it here either", extra={"task": ring.task.name, "error": type(error).__name__})


@dataclass
class Sentry:
    """``by`` names it in its heartbeat. ``run`` blocks until the event is set."""

    by: System
    bell: Bell
    back_off: float = 0.2
    _wall: float = field(default_factory=time.time)
    _steady: float = field(default_factory=time.monotonic)

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.watch_the_clock()
            stop.wait(self.look())

    def look(self) -> float:
        """One look: sweep, ring, and how long to sleep."""
        try:
            self.bell.ring(sweep(self.by))
            wait = _seconds_to_next(business_now())
        except (OperationalError, InterfaceError) as error:
            return self._wait_for_database(error)
        self.back_off = 0.2
        return max(wait, FLOOR)

    def watch_the_clock(self) -> None:
        """Says so when the host's clock jumps: with SQLite everything then falls due early or late by as much."""
        steady, wall = time.monotonic(), time.time()
        jump = (wall - self._wall) - (steady - self._steady)
        self._steady, self._wall = steady, wall
        if abs(jump) > _JUMP_SECONDS:
            log.error("wall clock jumped", extra={"seconds": round(jump, 1)})

    def _wait_for_database(self, error: Exception) -> float:
        log.warning("database away", extra={"error": type(error).__name__})
        connections.close_all()
        wait, self.back_off = self.back_off, min(self.back_off * 2, _LONGEST_BACK_OFF)
        return wait


def _seconds_to_next(at: datetime) -> float:
    """To the nearest moment anything falls due; a tick at most, since something new may fall due sooner."""
    asks: tuple[Callable[[datetime], datetime | None], ...] = (
        sla.queries.next_job_at,
        casework.queries.next_effect_at,
        notices.queries.next_message_at,
    )
    moments = [moment for moment in (sla.queries.next_alarm_at(), *(ask(at) for ask in asks)) if moment]
    return min([TICK, *(in_real_seconds(moment - at) for moment in moments)])
