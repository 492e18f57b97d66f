"""The business clock on PostgreSQL: the database's, looked at once in a while. Here with a database and a counter of our own."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import clock

pytestmark = pytest.mark.own_clock

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Database:
    """Stands in for the connection: a clock that can be set, and how often it was looked at."""

    vendor = "postgresql"

    def __init__(self):
        self.now, self.looks = NOON, 0

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def execute(self, sql):
        self.looks += 1

    def fetchone(self):
        return (self.now,)


@pytest.fixture
def database(monkeypatch):
    database = Database()
    monkeypatch.setattr(clock, "connection", database)
    monkeypatch.setattr(clock, "_anchor", None)
    monkeypatch.setattr(clock, "RENEW_AFTER", 30.0)
    return database


@pytest.fixture
def pass_by(monkeypatch, database):
    """Let seconds pass; ``straying`` is how much slower the database's clock goes."""
    counted = [1000.0]
    monkeypatch.setattr(clock, "_steady", lambda: counted[0])

    def _pass_by(seconds, straying=0.0):
        counted[0] += seconds
        database.now += timedelta(seconds=seconds - straying)

    return _pass_by


class TestOnPostgres:
    def test_the_database_is_asked_once_for_many_readings(self, database, pass_by):
        for _ in range(29):
            clock.business_now()
            pass_by(1)
        assert clock.business_now() == NOON + timedelta(seconds=29)
        assert database.looks == 1

    def test_the_database_is_asked_again_after_a_while(self, database, pass_by):
        clock.business_now()
        pass_by(30, straying=-7)
        assert clock.business_now() == database.now == NOON + timedelta(seconds=37)
        assert database.looks == 2

    def test_a_jump_of_the_hosts_clock_moves_nothing(self, database, time_machine):
        before = clock.business_now()
        time_machine.move_to(NOON + timedelta(days=400))
        assert timedelta() <= clock.business_now() - before < timedelta(seconds=5)
        assert database.looks == 1

    def test_a_small_straying_never_takes_it_back(self, pass_by):
        readings = []
        for _ in range(100):
            readings.append(clock.business_now())
            pass_by(10, straying=0.004)
        assert readings == sorted(readings)

    def test_a_database_clock_that_was_set_back_is_followed(self, database, pass_by):
        clock.business_now()
        pass_by(30, straying=3600)
        assert clock.business_now() == database.now

    def test_a_small_straying_does_not_add_up(self, database, pass_by):
        for _ in range(1000):
            clock.business_now()
            pass_by(30, straying=0.01)
        assert abs(clock.business_now() - database.now) <= timedelta(seconds=1.1)

    def test_another_process_counts_alike(self):
        """So an anchor dropped before a fork holds in the child."""
        asked = [sys.executable, "-c", f"import time; print(time.clock_gettime({clock._COUNTER}))"]
        before = clock._steady()
        there = float(subprocess.run(asked, capture_output=True, check=True).stdout)
        assert before < there < clock._steady()


class TestHere:
    """Whichever database the tests run on."""

    @pytest.mark.django_db
    def test_it_is_about_now_and_aware(self):
        assert abs(clock.business_now() - timezone.now()) < timedelta(seconds=10)

    @pytest.mark.django_db
    def test_a_reading_costs_no_statement(self, django_assert_num_queries):
        clock.business_now()
        with django_assert_num_queries(0):
            clock.business_now()

    def test_sqlite_has_no_clock_but_the_hosts(self, time_machine):
        if connection.vendor != "sqlite":
            pytest.skip("the database has a clock")
        time_machine.move_to(NOON, tick=False)
        assert clock.business_now() == NOON
