"""What bench.alarms measures, inside one process that knows the models."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import System
from accounts.clock import business_now
from accounts.models import Hall, RoleGrant, Staff, Territory, User
from accounts.roles import Role
from casework.operations import drain
from config import sentry
from sla.operations import sweep_alarms
from sla.operations.paces import pace_hours
from sla.views.board import board_ahead, board_live

from . import house as houses

_BY = System("bench")
_OVERDUE = """
WITH chosen AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM sla_clock WHERE id BETWEEN %(first)s AND %(last)s),
moved AS (
  UPDATE sla_clock c SET due_at = %(start)s + n * make_interval(secs => %(step)s) FROM chosen WHERE chosen.id = c.id
  RETURNING c.id, c.due_at
)
UPDATE sla_alarm a SET fires_at = moved.due_at FROM moved WHERE a.clock_id = moved.id AND a.rung = '100%%'
"""
_LATE = """
SELECT extract(epoch FROM pg_xact_commit_timestamp(a.xmin) - a.fires_at), extract(epoch FROM pg_xact_commit_timestamp(m.xmin) - a.fires_at)
FROM sla_alarm a LEFT JOIN notices_message m ON m.key = 'alarm:' || a.id || ':s' || %(told)s AND m.channel = 'inbox'
WHERE a.clock_id BETWEEN %(first)s AND %(last)s AND a.rung = '100%%'
"""
_UNTOLD = """
SELECT count(*) FROM sla_alarm a LEFT JOIN sla_escalation e ON e.alarm_id = a.id
WHERE a.clock_id BETWEEN %s AND %s AND a.rung = '100%%' AND e.id IS NULL
"""


class Clocks:
    """A company with so many open clocks; each measurement takes clocks that no other has touched."""

    def __init__(self, house: houses.House) -> None:
        self.house, self.count, self._used = house, 0, 0

    def found_company(self) -> None:
        """Three halls, and one supervisor who is told of everything."""
        place = Territory.objects.create(level=Territory.Level.COUNTY, name="兰陵县", area="urban")
        halls = [Hall.objects.create(code=f"B{number}", name=f"Hall {number}", territory=place) for number in range(3)]
        user = User.objects.create(username="bench", is_staff=True)
        self.staff = Staff.objects.create(user=user, number="001", name="Bench", hall=None)
        for role in (Role.SUPERVISOR, Role.HALL_HEAD):
            RoleGrant.objects.create(staff=self.staff, role=role, since=timezone.now() - timedelta(days=1))
        assert halls

    def grow_to(self, count: int) -> None:
        """More clocks, until there are so many."""
        self.house.psql("clocks.sql", first=self.count + 1, last=count)
        self.count = count

    def idle(self, looks: int) -> dict[str, float]:
        """Milliseconds of a sweep that finds nothing, and of all that a timekeeper does when it looks; the quickest tenth of them.

        The two sizes are measured minutes apart: a median would compare how busy the machine was.
        """
        return {
            "the sweep of alarms": _quiet_ms(lambda: sweep_alarms(at=business_now(), by=_BY), looks),
            "a sentry's whole look": _quiet_ms(lambda: (sentry.sweep(_BY), sentry._seconds_to_next(business_now())), looks),
        }

    def fire(self) -> dict[str, float]:
        """Milliseconds for 1,000 due alarms: claimed by one raw statement, swept, and told."""
        raw = (houses.ROOT / "bench" / "sql" / "sweep.sql").read_text()
        self._make_due(1000, start=business_now() - timedelta(seconds=2), seconds=1)
        with connection.cursor() as cursor:
            at = business_now()
            floor = _ms(lambda: cursor.execute(raw, [at] * 4))
        self._drain()
        self._make_due(1000, start=business_now() - timedelta(seconds=2), seconds=1)
        swept = _ms(lambda: sweep_alarms(at=business_now(), by=_BY))
        told = _ms(self._drain)
        return {"one raw SQL statement": floor, "the sweep": swept, "the drain": told, "sweep and drain": swept + told}

    @contextmanager
    def timekeepers(self) -> Iterator[None]:
        """Two sentries, beat and a worker, as production runs them."""
        celery = ["-m", "celery", "--app", "config", "--quiet"]
        schedule = f"{self.house.environment['PILOTLIGHT_VAR']}/beat"
        commands = [
            ["manage.py", "sla_sentry", "--name", "bench-1"],
            ["manage.py", "sla_sentry", "--name", "bench-2"],
            [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
            [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "WARNING"],
        ]
        if not self.house.environment["REDIS_URL"]:
            commands = [*commands[:2], ["manage.py", "qcluster"]]
        started = [subprocess.Popen([sys.executable, *one], cwd=houses.ROOT, env=self.house.environment) for one in commands]
        try:
            self.lateness(50, seconds=5)  # everybody is awake and has read the book
            yield
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(30)

    def lateness(self, count: int, *, seconds: float) -> dict[str, tuple[float, float, float]]:
        """Seconds from the due moment to the visible commit of firing and of telling: half, 99 of 100, the last."""
        start = business_now() + timedelta(seconds=5 + count / 4000)
        first, last = self._make_due(count, start=start, seconds=seconds)
        time.sleep((start - business_now()).total_seconds() + seconds)
        with connection.cursor() as cursor:
            while _number(cursor, _UNTOLD, [first, last]):
                time.sleep(0.5)
            cursor.execute(_LATE, {"first": first, "last": last, "told": self.staff.pk})
            fired, told = zip(*cursor.fetchall(), strict=True)
        return {"fired": _spread(fired), "told": _spread(told)}

    def board(self) -> dict[str, tuple[float, int]]:
        """Milliseconds of the board's live part and of what stands below it (the coming hours, today's teams), and their statements."""
        return {"live": self._page(board_live), "ahead": self._page(board_ahead)}

    def count_hours(self) -> float:
        """Seconds of the nightly job that counts five weeks by the hour; what is foretold on the board is read from that."""
        return _ms(lambda: pace_hours(days=35, at=business_now())) / 1000

    def _page(self, view: Callable[[HttpRequest], HttpResponse]) -> tuple[float, int]:
        request = RequestFactory().get("/staff/board/")
        request.user = self.staff.user
        view(request)  # the book of promises is read again now, if it is time to
        with CaptureQueriesContext(connection) as found:
            view(request)
        return _median_ms(lambda: view(request), 20), len(found)

    def _make_due(self, count: int, *, start: datetime, seconds: float) -> tuple[int, int]:
        first, self._used = self._used + 1, self._used + count
        if self._used > self.count:
            raise ValueError(f"{self._used} clocks wanted, {self.count} are there: more --clocks or fewer --minutes and --runs")
        with connection.cursor() as cursor:
            cursor.execute(_OVERDUE, {"first": first, "last": self._used, "start": start, "step": seconds / count})
        return first, self._used

    def _drain(self) -> None:
        while drain(business_now()):
            pass


def _number(cursor: object, sql: str, arguments: list[int]) -> int:
    cursor.execute(sql, arguments)
    return cursor.fetchone()[0]


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def _median_ms(act: Callable[[], object], times: int) -> float:
    act()
    return statistics.median(_ms(act) for _ in range(times))


def _quiet_ms(act: Callable[[], object], times: int) -> float:
    act()
    return sorted(_ms(act) for _ in range(times))[times // 10]


def _spread(values: tuple[float, ...]) -> tuple[float, float, float]:
    ordered = sorted(float(value) for value in values)
    return ordered[len(ordered) // 2], ordered[-(-99 * len(ordered) // 100) - 1], ordered[-1]
