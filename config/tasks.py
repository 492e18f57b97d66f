"""``django.tasks`` over Celery or django-q2: one seam, so that app code never names an engine.

A task is pushed after COMMIT and never after ROLLBACK. Nothing is deferred and nothing is retried by the engine:
deadlines and retries are rows that the sentry looks at.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from celery import current_app, shared_task
from django.db import transaction
from django.tasks import Task
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import TaskResult, TaskResultStatus
from django.tasks.signals import task_enqueued
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from accounts.actors import System

log = logging.getLogger(__name__)


class NotATask(Exception):
    """A broker message named something that is not a ``django.tasks`` task."""


class TaskFailed(Exception):
    """A task raised; our own log says what and where."""


def run_task(path: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """What a worker of either engine executes. Raises TaskFailed, and NotATask for a forged message."""
    # Before importing anything: a message must not make us import whatever it names.
    if path.split(".")[-2:-1] != ["tasks"]:
        raise NotATask(path)
    task = import_string(path)
    if not isinstance(task, Task):
        raise NotATask(path)
    try:
        task.call(*args, **kwargs)
    except Exception as error:
        log.exception("task failed", extra={"task": path, "error": type(error).__name__})
        # Both engines print and keep what a task raised; its words may be about a person.
        raise TaskFailed(path) from None


celery_run = shared_task(name="django.tasks.run", ignore_result=True)(run_task)


@shared_task(name="sla.sweep", ignore_result=True, acks_late=False)
def sweep() -> None:
    """Beat's one entry: a look like the sentry's, so that deadlines hold when every sentry is dead."""
    from . import sentry

    for ring in sentry.sweep(System("beat")):
        sentry.answer(ring)


class _QueueBackend(BaseTaskBackend):
    supports_async_task = True
    supports_defer = False

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        self.validate_task(task)
        result: TaskResult[..., Any] = TaskResult(
            task=task,
            id=get_random_string(32),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        transaction.on_commit(lambda: self.push(result))
        task_enqueued.send(type(self), task_result=result)
        return result

    def push(self, result: "TaskResult[..., Any]") -> None:
        raise NotImplementedError


class CeleryBackend(_QueueBackend):
    """Production: Redis carries the message."""

    def push(self, result: "TaskResult[..., Any]") -> None:
        current_app.send_task(
            "django.tasks.run",
            args=[result.task.module_path, result.args, result.kwargs],
            task_id=result.id,
            ignore_result=True,
            retry=False,
        )


class Q2Backend(_QueueBackend):
    """Embedded: a row in the same database carries it."""

    def push(self, result: "TaskResult[..., Any]") -> None:
        from django_q.tasks import async_task

        async_task("config.tasks.run_task", result.task.module_path, result.args, result.kwargs, task_name=result.id)
