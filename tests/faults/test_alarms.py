"""Alarms fall due while everything that keeps time is killed again and again: each leads to one escalation, none early, none late."""

import os
import random
import signal
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.faults.conftest import World, kill, processes_of
from tests.faults.postgres import Postgres
from tests.services import new_port

pytestmark = pytest.mark.fault
#: Seconds in which what is due must be fired, told, and of a standstill the safety matters and all the rest. Of a quiet machine:
#: the long tests hold us to them, the others run beside whatever else the machine does and take six times as much for lost.
FIRED, TOLD_BY, SAFETY, CAUGHT_UP = 5, 10, 3, 60
BUSY = 6
#: Rungs, not their repetitions until somebody takes them up.
ALARMS = "FROM sla_alarm a LEFT JOIN sla_escalation e ON e.alarm_id = a.id WHERE a.rung NOT LIKE '%.%'"
UNFIRED = f"SELECT count(*) {ALARMS} AND a.fired_at IS NULL"
UNTOLD = f"SELECT count(*) {ALARMS} AND e.id IS NULL"
EARLY = f"SELECT count(*) {ALARMS} AND (a.fired_at < a.fires_at OR e.created_at < a.fires_at)"
TOLD = f"SELECT count(*) {ALARMS} AND e.overtaken_by_id IS NULL AND e.id IS NOT NULL"
OVERTAKEN = f"SELECT count(*) {ALARMS} AND e.overtaken_by_id IS NOT NULL"
#: Of each alarm that was told: its line in the inbox and its entry on the timeline, both exactly once.
ODD = """
SELECT count(*) FROM sla_alarm a JOIN sla_clock c ON c.id = a.clock_id
JOIN sla_escalation e ON e.alarm_id = a.id AND e.overtaken_by_id IS NULL
WHERE 1 <> (SELECT count(*) FROM notices_message m WHERE m.channel = 'inbox' AND m.key LIKE 'alarm:' || a.id || ':%')
   OR 1 <> (SELECT count(*) FROM casework_event v WHERE v.timeline_id = c.timeline_id AND v.verb = 'case.escalated')
"""
INBOX = "SELECT count(*) FROM notices_message WHERE kind = 'alarm' AND channel = 'inbox'"
EVENTS = "SELECT count(*) FROM casework_event WHERE verb = 'case.escalated'"
LEFT = "SELECT count(*) FROM casework_effect WHERE topic LIKE 'sla.escalate%' AND (done_at IS NULL OR dead_at IS NOT NULL)"
FAULTS = "SELECT count(*) FROM sla_fault"


def assert_each_once(world, told, overtaken=0):
    """Exactly as many as were seeded, each with its owed message before any grouping, none early, nothing at fault."""
    counts = {sql: world.number(sql) for sql in (UNTOLD, EARLY, TOLD, OVERTAKEN, INBOX, EVENTS, ODD, LEFT, FAULTS)}
    nothing = dict.fromkeys((UNTOLD, EARLY, ODD, LEFT, FAULTS), 0)
    assert counts == nothing | dict.fromkeys((TOLD, INBOX, EVENTS), told) | {OVERTAKEN: overtaken}, world.log()


def seed(world, verb, *arguments):
    world.run("-m", "tests.faults.alarms", verb, *(str(one) for one in arguments))


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    """A server that may be crashed, with the tables and one promise in the database ``founded``."""
    server = Postgres(new_port())
    try:
        world = World(tmp_path_factory.mktemp("founded"), DATABASE_URL=server.make_database("founded"))
        if migrated := os.environ.get("TEST_MIGRATED_DATABASE"):
            server.fill("founded", os.environ["TEST_POSTGRES_URL"].rsplit("/", 1)[0] + f"/{migrated}")
        else:
            world.prepare()
        seed(world, "found")
        yield server
    finally:
        server.close()


class Production(World):
    """Celery over a Redis, on a PostgreSQL: whatever is killed is started again, as a supervisor would."""

    slack = BUSY

    def __init__(self, folder, postgres, redis):
        name = f"alarms_{random.randrange(10**9)}"
        super().__init__(folder, DATABASE_URL=postgres.make_database(name, "founded"), REDIS_URL=redis.url)
        self.postgres, self.redis, self.crew = postgres, redis, {}

    def post(self, *names):
        """Start these, and wait until the sentries among them are up."""
        self.crew |= {name: self._start(name) for name in names}
        self.wait_until(lambda: all(self.is_up(name) for name in names if name.startswith("sentry")))

    def is_up(self, name):
        return (self.folder / f"up-{self.crew[name].pid}").exists()

    def up_at(self, name):
        return datetime.fromtimestamp((self.folder / f"up-{self.crew[name].pid}").stat().st_mtime, UTC)

    def kill(self, *names):
        for name in names:
            kill(self.crew[name])
        self.crew |= {name: self._start(name) for name in names}

    def _start(self, name):
        if name.startswith("sentry"):
            return self.start("-m", "tests.faults.alarms", "keep_time")
        if name.startswith("worker"):
            return self.start_worker()
        schedule = ["--schedule", str(self.folder / name), "--pidfile", "", "--loglevel", "WARNING"]
        return self.start("-m", "celery", "--app", "config", "--quiet", "beat", *schedule)

    def assert_catches_up(self):
        """What is due by now is fired and told in time: PostgreSQL and a timekeeper are there."""
        back, began = datetime.now(UTC), time.monotonic()
        for sql, seconds in ((UNFIRED, FIRED * self.slack), (UNTOLD, TOLD_BY * self.slack)):
            due = f"{sql} AND a.fires_at <= '{back.isoformat()}'"
            while left := self.number(due):
                assert time.monotonic() - began < seconds, f"{left} left: {due}\n{self.log()}"
                time.sleep(0.05)


@pytest.fixture
def production(tmp_path, postgres, redis):
    made = Production(tmp_path, postgres, redis)
    yield made
    made.close()


class Trouble:
    """What can happen, in an order that a number stands for."""

    def __init__(self, production, number):
        self.production, self.random = production, random.Random(number)
        self.common = (self.lose_worker, self.lose_sentry, self.flush, self.lose_beat)
        self.rare = (self.crash, self.restart, self.lose_all_sentries)

    def happen(self, times):
        """So many things, the rare ones every third time, with a breath between them."""
        for number in range(times):
            kinds = self.rare if number % 3 == 2 else self.common
            kinds[number // 3 % len(kinds) if kinds is self.rare else self.random.randrange(len(kinds))]()
            time.sleep(self.random.uniform(0.5, 1.5))

    def lose_worker(self):
        self.production.kill("worker")

    def lose_sentry(self):
        """One of the two; the other goes on."""
        self.production.wait_until(lambda: self.production.is_up("sentry 1") and self.production.is_up("sentry 2"))
        self.production.kill(self.random.choice(("sentry 1", "sentry 2")))

    def lose_all_sentries(self):
        self.production.kill("sentry 1", "sentry 2")
        self.production.wait_until(lambda: self.production.is_up("sentry 1") or self.production.is_up("sentry 2"))
        self.production.assert_catches_up()

    def lose_beat(self):
        self.production.kill("beat 1")

    def flush(self):
        self.production.redis.command("FLUSHALL")

    def crash(self):
        self._restart(signal.SIGQUIT)

    def restart(self):
        self._restart(signal.SIGINT)

    def _restart(self, how):
        self.production.wait_until(lambda: self.production.is_up("sentry 1") or self.production.is_up("sentry 2"))
        self.production.postgres.restart(how)
        self.production.assert_catches_up()


@pytest.fixture
def prompt(production):
    """The same, held to the limits of a quiet machine."""
    production.slack = 1
    return production


def go_through_trouble(production, *, count, seconds, troubles):
    """So many alarms fall due over these seconds while so much happens; both schedulers run, and two of each."""
    production.post("worker", "sentry 1", "sentry 2", "beat 1", "beat 2")
    seed(production, "seed", count, 3, seconds)
    Trouble(production, count).happen(troubles)
    last = production.rows("SELECT max(fires_at) FROM sla_alarm WHERE rung NOT LIKE '%.%'")[0][0]
    time.sleep(max(0, (last - datetime.now(UTC)).total_seconds()))
    production.wait_until(lambda: production.is_up("sentry 1") or production.is_up("sentry 2"))
    production.assert_catches_up()
    time.sleep(2)
    assert_each_once(production, told=count)


def test_whatever_is_killed_each_alarm_leads_to_one_escalation(production):
    go_through_trouble(production, count=300, seconds=12, troubles=6)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_whatever_is_killed_ten_thousand_alarms_lead_to_ten_thousand_escalations(prompt):
    go_through_trouble(prompt, count=10_000, seconds=90, troubles=45)


def tell_without_a_worker(production):
    production.post("sentry 1")
    seed(production, "seed", 40, 0, 1)
    time.sleep(1)
    production.assert_catches_up()
    assert_each_once(production, told=40)


def test_with_every_worker_dead_the_sentry_tells_people_itself(production):
    tell_without_a_worker(production)


@pytest.mark.long
def test_with_every_worker_dead_the_sentry_tells_people_within_ten_seconds(prompt):
    tell_without_a_worker(prompt)


def stand_still_for_two_hours(production, alarms):
    """So many alarms fell due meanwhile; then the house is started, the timekeeper last."""
    seed(production, "seed_overdue", alarms)
    production.post("worker")
    production.wait_until(lambda: "brpop" in production.redis.command("CLIENT", "LIST"))
    production.post("sentry 1", "beat 1")
    clocks, up_at = alarms // 3, production.up_at("sentry 1")
    production.wait_until(lambda: not production.number(UNTOLD))
    latest = f"SELECT max(e.created_at) {ALARMS} AND e.overtaken_by_id IS NULL"
    assert (production.number(f"{latest} AND a.is_safety") - up_at).total_seconds() < SAFETY * production.slack
    assert (production.number(latest) - up_at).total_seconds() < CAUGHT_UP * production.slack
    assert_each_once(production, told=clocks, overtaken=2 * clocks)


def test_after_two_hours_of_standstill_each_clock_is_told_once_and_safety_first(production):
    stand_still_for_two_hours(production, 501)


@pytest.mark.long
def test_after_two_hours_of_standstill_ten_thousand_alarms_are_caught_up_within_a_minute(prompt):
    stand_still_for_two_hours(prompt, 9_999)


class TestEmbedded:
    """One command, SQLite, django-q2."""

    @pytest.fixture
    def serve(self, world, free_port):
        def start():
            world.start("manage.py", "serve", "--port", str(free_port))
            world.wait_until(lambda: {"sla_sentry", "qcluster"} <= processes_of(world.folder).keys())

        world.run("-m", "tests.faults.alarms", "found")
        yield start
        for pids in processes_of(world.folder).values():
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def go_through_kills(self, world, serve, *, count, seconds):
        serve()
        seed(world, "seed", count, 2, seconds)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for pid in processes_of(world.folder).get("qcluster", ()):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(3)
        world.wait_until(lambda: not world.number(UNTOLD))
        assert_each_once(world, told=count)

    def test_with_the_worker_killed_each_alarm_leads_to_one_escalation(self, world, serve):
        self.go_through_kills(world, serve, count=100, seconds=10)

    @pytest.mark.long
    def test_with_the_worker_killed_a_thousand_alarms_lead_to_a_thousand_escalations(self, world, serve):
        self.go_through_kills(world, serve, count=1_000, seconds=60)
