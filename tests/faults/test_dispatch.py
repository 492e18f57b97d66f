"""A worker is killed while it assigns crews: every leak is offered to one crew, once, and nothing is left half done."""

import time

import pytest

from tests.faults.conftest import kill

pytestmark = pytest.mark.fault
LEAKS = 30
BOOKED = "SELECT count(*) FROM casework_effect WHERE topic = 'fieldwork.reactions.send_first' AND attempts > 0 AND done_at IS NULL"
OFFERS = "SELECT count(*) FROM casework_event WHERE verb = 'visit.offer'"
OPEN = "SELECT count(*) FROM fieldwork_offer WHERE answer = ''"
HALVES = """
    SELECT count(*) FROM fieldwork_visit v WHERE (v.status = 'offered') <>
    EXISTS (SELECT 1 FROM fieldwork_offer o WHERE o.visit_id = v.id AND o.answer = '' AND o.crew_id = v.crew_id)
"""
LAPSED = "SELECT count(*) FROM fieldwork_offer WHERE answer = 'lapsed'"


def run(world, verb, *arguments):
    world.run("-m", "tests.faults.dispatch", verb, *arguments)


def start(world, *words):
    return world.start("-m", "tests.faults.dispatch", *words)


def killed_while_assigning(world):
    run(world, "report", str(LEAKS))
    for _ in range(2):
        process = start(world, "assign")
        world.wait_until(lambda: world.number(BOOKED))
        time.sleep(0.5)
        kill(process)
        assert world.number(HALVES) == 0
    run(world, "finish_later")
    assert (world.number(OFFERS), world.number(OPEN), world.number(HALVES)) == (LEAKS, LEAKS, 0)
    assert world.number("SELECT count(*) FROM notices_message WHERE kind = 'visit_offered'") == LEAKS


def killed_at_work(world):
    """The worker that the doorbell wakes, as it runs in production; the next one finds what it had booked."""
    run(world, "report", str(LEAKS))
    worker = start(world, "work")
    world.wait_until(lambda: world.number(BOOKED))
    time.sleep(0.5)
    kill(worker)
    assert (world.number(HALVES), world.number(OPEN) < LEAKS) == (0, True)
    run(world, "finish_later")
    assert (world.number(OFFERS), world.number(OPEN), world.number(HALVES)) == (LEAKS, LEAKS, 0)
    assert world.number("SELECT count(*) FROM notices_message WHERE kind = 'visit_offered'") == LEAKS


def killed_while_offers_lapse(world):
    run(world, "report", str(LEAKS))
    run(world, "finish")
    process = start(world, "lapse", "0.3")
    world.wait_until(lambda: world.number(LAPSED) > 3)
    kill(process)
    assert 0 < world.number(LAPSED) < LEAKS
    run(world, "lapse")
    run(world, "finish_later")
    assert (world.number(LAPSED), world.number(OPEN), world.number(HALVES)) == (LEAKS, LEAKS, 0)
    assert world.number(OFFERS) == 2 * LEAKS


def test_a_killed_worker_assigns_nothing_twice(world):
    killed_while_assigning(world)


def test_the_worker_itself_is_killed_at_work(world):
    killed_at_work(world)


def test_a_killed_job_lets_nothing_lapse_twice(world):
    killed_while_offers_lapse(world)


@pytest.mark.long
class TestOnPostgreSQL:
    def test_a_killed_worker_assigns_nothing_twice(self, postgres_world):
        killed_while_assigning(postgres_world)

    def test_a_killed_job_lets_nothing_lapse_twice(self, postgres_world):
        killed_while_offers_lapse(postgres_world)
