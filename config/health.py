"""Is it alive, can it work, and how far behind is it: for load balancers, supervisors and Prometheus."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_address

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

import casework.queries
import notices.queries
import sla.queries.policies
from accounts.clock import business_now, in_business_time, in_real_seconds
from sla.queries import watchdog


class _Unwell(Exception):
    """A check failed; str() says how in a few words, without details that help an attacker."""


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that a dead database does not restart a healthy web server."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether requests should be sent here: 200 when all checks pass, else 503 and which one did not.

    Warnings are for people: a broken promise or one dead timekeeper of two is no reason to send nobody here.
    """
    checks = {name: _outcome(check) for name, check in _CHECKS.items()}
    is_well = all(outcome == "ok" for outcome in checks.values())
    warnings = {name: outcome for name, check in _WARNINGS.items() if (outcome := _outcome(check)) != "ok"}
    answer = {"status": "ok" if is_well else "unwell", "checks": checks, "warnings": warnings}
    return JsonResponse(answer, status=200 if is_well else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus: with METRICS_TOKEN as a bearer token; without one set, from this machine only. 404 to anybody else."""
    if not _may_measure(request):
        raise Http404
    registry = CollectorRegistry()
    for name, help_text, value in _figures():
        Gauge(f"pilotlight_{name}", help_text, registry=registry).set(value)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _outcome(check: Callable[[], None]) -> str:
    try:
        check()
    except _Unwell as reason:
        return str(reason)
    except (DatabaseError, redis.RedisError, OSError) as error:
        return type(error).__name__
    return "ok"


def _check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _check_migrations() -> None:
    if not _is_migrated():
        _is_migrated.cache_clear()
        raise _Unwell("migrations missing")


@cache
def _is_migrated() -> bool:
    """Cached once true: it reads every migration file, and a new version of the code is a new process."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _check_timekeeper() -> None:
    age = sla.queries.heartbeat_age(business_now())
    if age is None:
        raise _Unwell("never seen")
    if age > in_business_time(watchdog.OLDEST_HEARTBEAT):
        raise _Unwell("silent")


def _check_broker() -> None:
    if settings.REDIS_URL:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()


def _look_for_silence() -> None:
    if silent := watchdog.look(business_now()).silent:
        raise _Unwell(f"{len(silent)} silent")


def _look_for_late_alarms() -> None:
    if watchdog.look(business_now()).is_late:
        raise _Unwell("late")


def _look_for_faults() -> None:
    unreadable = len(sla.queries.policies.policies_at(business_now()).edition.unreadable)
    if count := sla.queries.open_faults() + unreadable:
        raise _Unwell(f"{count} at fault")


_WARNINGS = {"timekeepers": _look_for_silence, "alarms": _look_for_late_alarms, "promises": _look_for_faults}
_CHECKS = {"database": _check_database, "migrations": _check_migrations, "timekeeper": _check_timekeeper, "broker": _check_broker}


def _may_measure(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    # Behind a proxy everybody comes from this machine.
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not is_forwarded and ip_address(request.META["REMOTE_ADDR"] or "0.0.0.0").is_loopback  # noqa: S104 - not an address to bind


def _figures() -> list[tuple[str, str, float]]:
    at = business_now()
    owed_effects, dead_effects = casework.queries.count_effects()
    owed_messages, dead_messages = notices.queries.count_messages()
    age = sla.queries.heartbeat_age(at)
    late = sla.queries.lateness(at - timedelta(hours=1))
    silent = watchdog.look(at).silent
    return [
        ("alarms_overdue_seconds", "How long the earliest unfired alarm has been due", sla.queries.alarm_lateness(at).total_seconds()),
        ("alarm_fired_late_seconds_p50", "From due to fired, half of the last hour's alarms", late.fired[0].total_seconds()),
        ("alarm_fired_late_seconds_p99", "From due to fired, 99 % of the last hour's alarms", late.fired[1].total_seconds()),
        ("alarm_told_late_seconds_p50", "From due to the owed message, half of the last hour's alarms", late.told[0].total_seconds()),
        ("alarm_told_late_seconds_p99", "From due to the owed message, 99 % of the last hour's alarms", late.told[1].total_seconds()),
        ("calendar_known_days", "Days until some calendar does not know its holidays", sla.queries.known_days(at)),
        ("promise_faults", "Promises at fault; a person must look", sla.queries.open_faults()),
        (
            "timekeepers_silent",
            "Timekeepers that have gone silent",
            len(silent),
        ),
        ("effects_owed", "Effects waiting to be carried out", owed_effects),
        ("effects_dead", "Effects given up; a person must look", dead_effects),
        ("messages_owed", "Messages waiting to be sent", owed_messages),
        ("messages_dead", "Messages given up; a person must look", dead_messages),
        ("heartbeat_age_seconds", "Since any timekeeper was last alive", in_real_seconds(age) if age else float("inf")),
        ("job_lateness_seconds", "How long the latest periodic job has been due", in_real_seconds(sla.queries.job_lateness(at))),
        ("journal_root_age_seconds", "Since the journal was last sealed; more than a day is too long", _age_of_root(at)),
    ]


def _age_of_root(at: datetime) -> float:
    sealed = casework.queries.last_root_at()
    return in_real_seconds(at - sealed) if sealed else float("inf")
