"""With Redis dead, empty or deaf, and with sentries killed, what is due still happens."""

import sqlite3
import time

import pytest

from sla import registry
from tests.faults.conftest import PATIENCE, kill

pytestmark = pytest.mark.fault
TRACES = "SELECT count(*) FROM casework_timeline WHERE kind LIKE 'b %'"
BEATS = "SELECT count(*) FROM sla_heartbeat"


def test_with_redis_down_the_sentry_does_the_work(redis_world, redis):
    redis.stop()
    redis_world.run_probe("owe", "20")
    redis_world.probe("sentry", "3600")
    redis_world.wait_until(lambda: redis_world.number(TRACES) == 20)


def test_with_redis_emptied_again_and_again_nothing_is_lost(redis_world, redis):
    redis_world.probe("sentry", "3")
    redis_world.run_probe("owe", "20")

    def flushed():
        redis.command("FLUSHALL")
        return redis_world.number(TRACES) == 20

    redis_world.wait_until(flushed)


def test_a_worker_answers_the_bell_over_redis_that_came_back(redis_world, redis):
    redis.stop()
    redis_world.probe("sentry", "3600")
    redis_world.wait_until(lambda: redis_world.number(BEATS) == 1)
    redis.start()
    redis_world.run_probe("owe", "20")
    redis_world.wait_until(lambda: int(redis.command("LLEN", "celery") or 0) > 0)


def test_two_sentries_ring_once_for_a_job(world):
    # The other jobs are far off: one of every minute may fall due while the sentries start, and is rung for as well.
    far = ", ".join(f"('{name}', '2099-01-01 00:00:00')" for name in registry.jobs() if name != "casework.prune_answers")
    world.write(f"INSERT INTO sla_job (name, next_run_at) VALUES ('casework.prune_answers', '2026-01-01 00:00:00'), {far}")
    for _ in range(2):
        world.probe("sentry", "3600")
    world.wait_until(lambda: world.number(BEATS) == 2)
    time.sleep(2)
    assert world.number("SELECT count(*) FROM django_q_ormq") == 1


def test_a_job_is_done_and_moved_on_by_the_worker(world):
    world.write("INSERT INTO sla_job (name, next_run_at) VALUES ('casework.prune_answers', '2026-01-01 00:00:00')")
    world.probe("sentry", "3600")
    world.start_worker()
    # Of this job: others fall due every ten seconds, and are done as well while we look.
    done = "last_run_at IS NOT NULL AND claimed_until IS NULL AND next_run_at > '2026-11'"
    world.wait_until(lambda: world.number(f"SELECT count(*) FROM sla_job WHERE name = 'casework.prune_answers' AND {done}"))


def test_a_sentry_outlives_a_locked_database(world):
    sentry = world.probe("sentry", "0")
    world.wait_until(lambda: world.number(BEATS) == 1)
    holder = sqlite3.connect(world.folder / "pilotlight.sqlite3", timeout=20, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    time.sleep(4)
    holder.close()
    world.run_probe("owe", "3")
    world.wait_until(lambda: world.number(TRACES) == 3)
    assert sentry.poll() is None


def test_a_killed_sentry_leaves_no_claim_that_stops_the_next(world):
    world.run_probe("owe", "30")
    first = world.probe("sentry", "-1")
    world.wait_until(lambda: world.number(TRACES) > 3)
    kill(first)
    world.probe("sentry", "-1")
    world.wait_until(lambda: world.number(TRACES) >= 29)
    assert world.rows("SELECT kind FROM casework_timeline WHERE kind LIKE '_ %' GROUP BY kind HAVING count(*) > 1") == []


def test_it_stops_at_once_when_asked(world):
    sentry = world.probe("sentry", "3600")
    world.wait_until(lambda: world.number(BEATS) == 1)
    start = time.monotonic()
    sentry.terminate()
    assert sentry.wait(PATIENCE) == 0
    assert time.monotonic() - start < PATIENCE  # of an hour's patience


@pytest.mark.long
def test_with_every_sentry_dead_beat_keeps_time(redis_world):
    redis_world.write("INSERT INTO sla_job (name, next_run_at) VALUES ('casework.prune_answers', '2026-01-01 00:00:00')")
    schedule = str(redis_world.folder / "beat")
    redis_world.start(
        "-m", "celery", "--app", "config", "--quiet", "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "WARNING"
    )
    redis_world.start_worker()
    done = "SELECT count(*) FROM sla_job WHERE name = 'casework.prune_answers' AND last_run_at IS NOT NULL"
    redis_world.wait_until(lambda: redis_world.number(done))
