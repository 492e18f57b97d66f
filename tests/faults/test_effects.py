"""Effects happen exactly once in the database, whatever is killed."""

import time

import pytest

from tests.faults.conftest import kill

pytestmark = pytest.mark.fault
OWED = "SELECT count(*) FROM casework_effect WHERE done_at IS NULL"
TRACES = "SELECT count(*) FROM casework_timeline WHERE kind LIKE 'b %'"
TWICE = "SELECT kind FROM casework_timeline WHERE kind LIKE '_ %' GROUP BY kind HAVING count(*) > 1"
HALVES = "SELECT count(*) FROM casework_timeline WHERE kind LIKE 'a %'"


def assert_each_once(world, count):
    assert world.number(OWED) == 0
    assert world.rows(TWICE) == []
    assert world.number(TRACES) == world.number(HALVES) == count


def kill_in_the_middle(world, times):
    """Start a drain, wait until it is at work, kill it; again."""
    for _ in range(times):
        before, process = world.number(TRACES), world.probe("drain", "0.1")
        world.wait_until(lambda before=before: world.number(TRACES) > before + 5)
        kill(process)


def test_a_drain_that_is_killed_loses_and_doubles_nothing(world):
    world.run_probe("owe", "150")
    kill_in_the_middle(world, times=3)
    assert 0 < world.number(TRACES) < 150
    world.run_probe("drain_later")
    assert_each_once(world, 150)


def test_two_drains_at_once_share_the_work(world):
    world.run_probe("owe", "150")
    for process in [world.probe("drain") for _ in range(2)]:
        world.done(process)
    assert_each_once(world, 150)


def test_an_effect_that_kills_its_process_in_a_batch_is_given_up_and_its_neighbours_are_not(world):
    world.run_probe("drain_poison", "300")
    assert world.rows("SELECT key, attempts, last_error FROM casework_effect WHERE done_at IS NULL") == [("7", 10, "Interrupted")]
    assert world.number("SELECT count(*) FROM casework_effect WHERE dead_at IS NOT NULL") == 1
    assert (
        world.number("SELECT count(DISTINCT kind) FROM casework_timeline") == world.number("SELECT count(*) FROM casework_timeline") == 299
    )


def test_a_request_repeated_in_the_same_instant_is_done_once(world):
    world.run_probe("answer_at_once", "6")
    assert world.number("SELECT count(*) FROM casework_timeline WHERE kind = 'act'") == 1


@pytest.mark.long
class TestOnPostgreSQL:
    def test_kills_and_competition_lose_and_double_nothing(self, postgres_world):
        postgres_world.run_probe("owe", "400")
        rival = postgres_world.probe("drain")
        kill_in_the_middle(postgres_world, times=3)
        postgres_world.done(rival)
        postgres_world.run_probe("drain_later")
        assert_each_once(postgres_world, 400)

    def test_a_request_repeated_in_the_same_instant_is_done_once(self, postgres_world):
        postgres_world.run_probe("answer_at_once", "8")
        assert postgres_world.number("SELECT count(*) FROM casework_timeline WHERE kind = 'act'") == 1

    def test_its_sentry_keeps_time_under_its_own_timeouts(self, postgres_world):
        postgres_world.run_probe("owe", "5")
        postgres_world.probe("sentry", "0")
        postgres_world.wait_until(lambda: postgres_world.number(TRACES) == 5)
        held = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()"
        time.sleep(1)
        assert postgres_world.number(held) == 0
