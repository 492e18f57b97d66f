"""What bench.repairs measures, inside one process that knows the models."""

import itertools
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import accounts.operations.tokens
import repairs.operations.reporting
from accounts.actors import System
from accounts.clock import business_now
from accounts.models import Account, User
from fieldwork.models import Visit
from fieldwork.views.dispatch import dispatch, dispatch_live
from repairs.operations.reporting import Report

from . import house as houses
from .load import Caller

_BY = System("bench")
_CLIENTS = 16
_PATIENCE = 120
_TOLD = """
SELECT c.reference, extract(epoch FROM min(pg_xact_commit_timestamp(m.xmin)))
FROM casework_case c JOIN notices_message m ON m.kind = 'visit_offered' AND split_part(m.key, ':', 2)::bigint = c.timeline_id
WHERE c.reference = ANY(%s) GROUP BY c.reference
"""
_STEPS = ("accept", "set_off", "arrive", "made_safe", "finish")
_SYNCED = 10


@dataclass(frozen=True)
class Lateness:
    """How many reports were answered and led to a crew that was told, and after how many seconds."""

    answered: int
    told: int
    half: float
    most: float
    last: float


class Reports:
    """Whoever rings, over kept-alive connections of the hotline."""

    def __init__(self, house: houses.House, port: int) -> None:
        self.house = house
        token = token_of("xia")
        self._callers = [Caller(port, token) for _ in range(_CLIENTS)]
        self._homes = itertools.cycle(Account.objects.filter(status="open").order_by("number").values_list("number", flat=True)[:1500])

    @contextmanager
    def timekeepers(self) -> Iterator[None]:
        """Two sentries and a worker, as production runs them, awake."""
        celery = ["-m", "celery", "--app", "config", "--quiet", "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        worker = [*celery, "--loglevel", "WARNING"] if self.house.environment["REDIS_URL"] else ["manage.py", "qcluster"]
        commands = [worker, *(["manage.py", "sla_sentry", "--name", f"bench-{n}"] for n in range(2))]
        started = [subprocess.Popen([sys.executable, *one], cwd=houses.ROOT, env=self.house.environment) for one in commands]
        try:
            self.lateness(40, seconds=10)
            yield
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(30)

    def lateness(self, count: int, *, seconds: float) -> Lateness:
        """Report so many leaks over so many seconds, and wait until the crews are told."""
        planned: dict[str, float] = {}
        begins = time.time() + 1
        homes = [next(self._homes) for _ in range(count)]

        def call(client: int) -> None:
            for n in range(client, count, _CLIENTS):
                moment = begins + seconds * n / count
                time.sleep(max(0.0, moment - time.time()))
                planned[self._report(client, homes[n])] = moment

        threads = [threading.Thread(target=call, args=(client,)) for client in range(_CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return _lateness(planned)

    def _report(self, client: int, home: str) -> str:
        told = {"fault": "leak", "account": home, "answers": {"smell": "yes"}, "channel": "phone"}
        reference: str = self._callers[client].post("/api/v1/repairs/report/", told, Idempotency_Key=str(uuid.uuid4()))["reference"]
        return reference


def _lateness(planned: dict[str, float]) -> Lateness:
    until, found = time.time() + _PATIENCE, dict[str, float]()
    while time.time() < until and len(found) < len(planned):
        time.sleep(0.5)
        with connection.cursor() as cursor:
            cursor.execute(_TOLD, [list(planned)])
            found = {reference: float(moment) for reference, moment in cursor.fetchall()}
    late = sorted(found[reference] - planned[reference] for reference in found) or [0.0]
    return Lateness(len(planned), len(found), statistics.median(late), late[-(-99 * len(late) // 100) - 1], late[-1])


def sync_ms(port: int) -> float:
    """One crew's phone sends all that was done on ten visits."""
    visits = Visit.objects.filter(status=Visit.Status.OFFERED, crew__code="Q1").order_by("-pk").values_list("pk", flat=True)[:_SYNCED]
    now, caller = business_now(), Caller(port, token_of("jun"))
    moments = (now - timedelta(seconds=60 - n) for n in range(_SYNCED * len(_STEPS)))
    actions: list[dict[str, Any]] = [
        {"key": str(uuid.uuid4()), "visit": visit, "verb": verb, "device_at": next(moments).isoformat()}
        | ({"outcome": "done"} if verb == "finish" else {})
        for visit in visits
        for verb in _STEPS
    ]
    began = time.perf_counter()
    heard = caller.post("/api/v1/crew/sync/", {"device_now": now.isoformat(), "actions": actions}, Idempotency_Key=str(uuid.uuid4()))
    took = 1000 * (time.perf_counter() - began)
    outcomes = [one["outcome"] for one in heard["results"]]
    if outcomes != ["applied"] * _SYNCED * len(_STEPS):
        raise ValueError(outcomes)
    return took


def grow_to(count: int) -> None:
    """Leaks and lesser faults, until so many jobs are open."""
    homes = itertools.cycle(Account.objects.filter(status="open").select_related("customer", "premises__territory")[:1500])
    for n in range(count - Visit.objects.open().count()):
        fault = ("leak", "meter", "appliance", "no_gas")[n % 4]
        told = Report(fault=fault, channel="phone", account=next(homes))
        repairs.operations.reporting.report(report=told, by=_BY, at=business_now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def board_ms() -> dict[str, tuple[float, int]]:
    """Milliseconds of the whole page and of its live part, list and clustered map, and their statements."""
    return {"the page": _page(dispatch), "its live part": _page(dispatch_live)}


def _page(view: Callable[[HttpRequest], HttpResponse]) -> tuple[float, int]:
    request = RequestFactory().get("/staff/dispatch/")
    request.user = User.objects.get(username="gang")
    view(request)
    with CaptureQueriesContext(connection) as found:
        view(request)
    times = []
    for _ in range(20):
        began = time.perf_counter()
        view(request)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times), len(found)


def token_of(username: str) -> str:
    """A token of somebody of the city."""
    user = User.objects.get(username=username)
    _row, token = accounts.operations.tokens.open_token(user=user, device="bench", life=timedelta(hours=9), at=timezone.now())
    return token
