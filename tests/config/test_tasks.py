"""The seam between our tasks and the engines that run them."""

import pytest
from django.core.exceptions import ValidationError  # noqa: F401 - named by a forged message below
from django.db import transaction
from django.tasks.exceptions import InvalidTask

import casework.tasks
from config import tasks
from config.tasks import CeleryBackend, NotATask, Q2Backend, TaskFailed, run_task

FORGED = [
    "os.system",
    "casework.operations.drain",
    "tests.config.test_tasks.ValidationError",
    "casework.tasks.business_now",
    "tasks",
    "",
]


@pytest.mark.parametrize("path", FORGED)
def test_a_message_that_names_no_task_is_refused(path):
    with pytest.raises(NotATask):
        run_task(path, [], {})


def test_a_forged_message_imports_nothing(monkeypatch):
    monkeypatch.setattr(tasks, "import_string", lambda path: pytest.fail("imported"))
    with pytest.raises(NotATask):
        run_task("this.module", [], {})


def test_what_a_task_says_when_it_fails_stays_with_us(monkeypatch, caplog):
    def explode(at):
        raise ValueError("13800138000")

    monkeypatch.setattr(casework.tasks.operations, "drain", explode)
    with pytest.raises(TaskFailed) as failure:
        run_task("casework.tasks.drain", [], {})
    assert str(failure.value) == "casework.tasks.drain"
    assert failure.value.__suppress_context__


@pytest.mark.parametrize("engine", [CeleryBackend, Q2Backend])
class TestEnqueue:
    @pytest.fixture
    def pushed(self, monkeypatch):
        """What reached the broker."""
        results = []
        for engine in (CeleryBackend, Q2Backend):
            monkeypatch.setattr(engine, "push", lambda self, result: results.append(result.task.module_path))
        return results

    @pytest.mark.django_db
    def test_a_task_is_pushed_after_commit(self, engine, pushed, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            engine("default", {}).enqueue(casework.tasks.drain, [], {})
            assert pushed == []
        assert pushed == ["casework.tasks.drain"]

    @pytest.mark.django_db
    def test_after_rollback_it_is_not(self, engine, pushed, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            engine("default", {}).enqueue(casework.tasks.drain, [], {})
            transaction.set_rollback(True)
        assert pushed == []

    def test_deadlines_never_live_in_a_broker(self, engine, now):
        with pytest.raises(InvalidTask):
            engine("default", {}).validate_task(casework.tasks.drain.using(run_after=now))
