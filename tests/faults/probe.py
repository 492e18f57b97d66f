"""What runs inside the processes that the fault tests start and kill: ``python -m tests.faults.probe VERB [ARGUMENT]``."""

import os
import signal
import sys
import threading
import time
from datetime import timedelta

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

import casework.operations  # noqa: E402
import notices.operations  # noqa: E402
from accounts.actors import System  # noqa: E402
from accounts.clock import business_now  # noqa: E402
from accounts.models import Staff, User  # noqa: E402
from casework import registry  # noqa: E402
from casework.models import Effect, Timeline  # noqa: E402
from casework.operations import Answer, Step  # noqa: E402
from config import preparation  # noqa: E402
from config import sentry as sentry_module  # noqa: E402
from config.tasks import run_task  # noqa: E402
from notices import registry as letters  # noqa: E402
from notices.letter import Letter  # noqa: E402
from notices.models import Channel  # noqa: E402
from notices.queries import Lane  # noqa: E402
from sla.models import Heartbeat  # noqa: E402
from tests.faults.tasks import leave_mark  # noqa: E402

LATER = timedelta(days=1)
_PAUSES = [0.005]


def leave_a_trace(event, at):
    """Two rows with time between them, so that a kill finds it half done."""
    Timeline.objects.create(kind=f"a {event.timeline_id}:{event.seq}", opened_at=at)
    time.sleep(_PAUSES[-1])
    Timeline.objects.create(kind=f"b {event.timeline_id}:{event.seq}", opened_at=at)


_STORM = Letter("notices", (Channel.INBOX, Channel.SMS), "alarm")
_KNOWN = dict(letters.letters())
letters.letters = lambda: {**_KNOWN, "webhook_disabled": _STORM}
registry.reactions = lambda: {"probe": (leave_a_trace,)}


def prepare():
    preparation.migrate()


def owe(count):
    """So many effects."""
    casework.operations.open_timeline(kind="probe", steps=[Step("probe")] * int(count), by=System("tests"), at=business_now())


def drain(pause="0.005"):
    """All that is due now; with a longer pause in each effect, a kill finds most of them still to be done."""
    _PAUSES.append(float(pause))
    while casework.operations.drain(business_now()):
        pass


def drain_later():
    """All that is due by tomorrow: what was interrupted waits for its pause."""
    while casework.operations.drain(business_now() + LATER):
        pass


def drain_poison(count):
    """So many effects of one topic, the seventh of which kills whatever process carries it out; a new process for each that died."""
    now = business_now()
    Effect.objects.bulk_create(Effect(topic="many", key=str(key), created_at=now, next_attempt_at=now) for key in range(int(count)))
    registry.batches = lambda: {"many": _carry_out_or_die}
    for round_ in range(100):
        connection.close()
        if not (child := os.fork()):
            casework.operations.drain(now + round_ * 7 * timedelta(hours=1))
            os._exit(0)
        os.waitpid(child, 0)
        if not Effect.objects.owed().exists():
            break


def _carry_out_or_die(effects, at):
    for effect in effects:
        Timeline.objects.create(kind=f"b {effect.key}", opened_at=at)
        if effect.key == "7":
            os.kill(os.getpid(), signal.SIGKILL)
    return ()


def deliver(later="", lane="people"):
    at = business_now() + (LATER if later == "later" else timedelta())
    notices.operations.deliver(at, lane=Lane(lane))


def deliver_all(rounds=200):
    """What is due, and what falls due in the minute after; several of us at once."""
    for second in range(0, 61, 10):
        for _ in range(int(rounds)):
            if not notices.operations.deliver(business_now() + timedelta(seconds=second)):
                break


def storm(count):
    """So many alarms to each of three people, owed at once by two drains that overlap."""
    people = [_alarmed(number) for number in range(3)]
    letters = [
        notices.operations.Notice(kind="webhook_disabled", key=f"storm:{number}", to=one, context={"name": "x", "reason": "y"})
        for number in range(int(count))
        for one in people
    ]
    notices.operations.owe_grouped(letters=letters, group="storm", at=business_now())


def _alarmed(number):
    user, _created = User.objects.get_or_create(username=f"p{number}", defaults={"is_staff": True, "phone": f"+861380013900{number}"})
    return Staff.objects.get_or_create(user=user, defaults={"number": f"90{number}", "name": "Probe"})[0]


def sentry(patience):
    """The real one, with less patience."""
    sentry_module.PATIENCE = timedelta(seconds=float(patience))
    call_command("sla_sentry", name=f"probe-{os.getpid()}")


def enqueue():
    """One task in a transaction that is undone, one in a transaction that is not."""
    for name, is_undone in (("undone", True), ("done", False)):
        with transaction.atomic():
            Heartbeat.objects.create(name=f"before {name}", beat_at=business_now())
            leave_mark.enqueue(name)
            time.sleep(0.3)
            transaction.set_rollback(is_undone)


def forge(path):
    """A message as a stranger at the broker would write it, and an honest one behind it."""
    arguments = ("os.system", [f"touch {path}"], {})
    if settings.REDIS_URL:
        from celery import current_app

        current_app.send_task("django.tasks.run", args=arguments, ignore_result=True)
    else:
        from django_q.tasks import async_task

        async_task("config.tasks.run_task", *arguments)
    enqueue()


def answer_at_once(count):
    """The same request from many threads in the same instant."""
    start, answers = threading.Barrier(int(count)), []

    def act():
        Timeline.objects.create(kind="act", opened_at=business_now())
        time.sleep(0.2)
        return Answer(201, {"number": Timeline.objects.filter(kind="act").count()})

    def ask():
        try:
            start.wait()
            answer = casework.operations.answer_once(caller="user:1", key="k", fingerprint="same", at=business_now(), act=act)
            answers.append((answer.status_code, answer.body["number"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(int(count))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(201, 1)] * int(count), answers


if __name__ == "__main__":
    assert run_task  # celery and django-q2 find the runner under this module's settings
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
