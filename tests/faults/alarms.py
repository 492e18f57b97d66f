"""Clocks by the thousand for the fault tests, and a timekeeper that says when it is up: ``python -m tests.faults.alarms VERB``."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from accounts.clock import business_now  # noqa: E402
from accounts.roles import Role  # noqa: E402
from casework.models import Timeline  # noqa: E402
from sla.models import Alarm, Clock, PromiseVersion  # noqa: E402
from tests.factories.accounts import StaffFactory  # noqa: E402
from tests.factories.sla import PromiseVersionFactory  # noqa: E402

HOUR = timedelta(hours=1)


def found():
    """A company of one supervisor, and one promise."""
    StaffFactory(roles=[Role.SUPERVISOR])
    PromiseVersionFactory()


@transaction.atomic
def seed(count, ahead, over):
    """Clocks with one alarm each: the first due in so many seconds, the others over so many after it."""
    start = business_now() + timedelta(seconds=float(ahead))
    step = timedelta(seconds=float(over)) / int(count)
    _write([[("100%", start + number * step)] for number in range(int(count))])


@transaction.atomic
def seed_overdue(alarms):
    """So many alarms that fell due in the last two hours: three rungs of each clock, every twentieth clock a safety matter."""
    now, count = business_now(), int(alarms) // 3
    rungs = ("50%", "80%", "100%")
    step = 2 * HOUR / (3 * count)
    _write(
        [[(rung, now - 2 * HOUR + (3 * number + place) * step) for place, rung in enumerate(rungs)] for number in range(count)], safety=20
    )


def _write(ladders, safety=0):
    """A clock for each list of (rung, moment)."""
    version, now = PromiseVersion.objects.get(), business_now()
    timelines = Timeline.objects.bulk_create([Timeline(kind="general_request", opened_at=now - 3 * HOUR) for _ in ladders])
    facts = {"promise_id": version.promise_id, "version": version, "started_by": 1, "event": "case.opened", "started_at": now - 3 * HOUR}
    clocks = [
        Clock(timeline=timeline, due_at=ladder[-1][1], is_safety=bool(safety) and number % safety == 0, **facts)
        for number, (timeline, ladder) in enumerate(zip(timelines, ladders, strict=True))
    ]
    Clock.objects.bulk_create(clocks)
    Alarm.objects.bulk_create(
        [
            Alarm(clock=clock, epoch=1, rung=rung, fires_at=moment, is_safety=clock.is_safety)
            for clock, ladder in zip(clocks, ladders, strict=True)
            for rung, moment in ladder
        ]
    )


def keep_time():
    """The real sentry; a file says from when on it was up."""
    Path(os.environ["PILOTLIGHT_VAR"], f"up-{os.getpid()}").touch()
    call_command("sla_sentry", name=f"faults-{os.getpid()}")


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
