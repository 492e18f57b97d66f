"""The real list of jobs."""

from django.tasks import Task
from django.utils.module_loading import import_string

from sla import registry


def test_every_listed_job_is_a_task_that_takes_nothing():
    for job in registry.jobs().values():
        task = import_string(job.task)
        assert isinstance(task, Task), job.name
        assert task.func.__code__.co_argcount == 0, job.name


def test_the_names_are_distinct(settings):
    assert len(registry.jobs()) == len(import_string(settings.JOBS))
