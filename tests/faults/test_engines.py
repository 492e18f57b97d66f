"""Both engines keep the same promises: after COMMIT and only then, and never what a stranger names."""

import time

import pytest

pytestmark = pytest.mark.fault
MARKS = "SELECT name FROM sla_heartbeat WHERE name IN ('done', 'undone', 'blind done', 'blind undone')"


@pytest.fixture(params=["world", "redis_world"], ids=["django-q2", "celery"])
def engine(request):
    """A world with its worker running."""
    world = request.getfixturevalue(request.param)
    world.start_worker()
    return world


def test_a_task_runs_after_commit_and_never_after_rollback(engine):
    engine.run_probe("enqueue")
    engine.wait_until(lambda: engine.rows(MARKS) != [])
    time.sleep(1)
    assert engine.rows(MARKS) == [("done",)]


def test_a_forged_message_is_refused_and_the_worker_goes_on(engine, tmp_path):
    engine.run_probe("forge", str(tmp_path / "broken-in"))
    engine.wait_until(lambda: engine.rows(MARKS) == [("done",)])
    assert not (tmp_path / "broken-in").exists()
