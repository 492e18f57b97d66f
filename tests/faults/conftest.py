"""Processes of our own on a database of their own, which may be killed at any moment."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.house.sources import ROOT

_KEYS = {
    "SECRET_KEY": "faults-" + "x" * 50,
    "FIELD_KEY": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "SMS_GATEWAY_KEY": "the key of these tests",
}
#: Seconds in which on a quiet machine everything happens many times over: a busy one takes its time, and only what hangs must fail.
PATIENCE = 120
_FOREIGN = {"DATABASE_URL", "REDIS_URL", "SMS_GATEWAY_URL", "VOICE_GATEWAY_URL", "DJANGO_SETTINGS_MODULE"}


class World:
    """A database and an environment; ``run`` and ``start`` make processes in it, ``rows`` looks from outside."""

    def __init__(self, folder, **variables):
        kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        self.folder, self.processes = folder, []
        self.environment = {**kept, **_KEYS, "PILOTLIGHT_VAR": str(folder), **variables}

    def start(self, *command):
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    def run(self, *command):
        self.done(self.start(*command))

    def done(self, process):
        """Wait for one of ours that ends by itself, and ends well."""
        assert process.wait(PATIENCE) == 0, self.log()

    def prepare(self):
        """All tables, the cache's too, as ``./run`` makes them."""
        self.run_probe("prepare")

    def probe(self, *arguments):
        return self.start("-m", "tests.faults.probe", *arguments)

    def run_probe(self, *arguments):
        self.run("-m", "tests.faults.probe", *arguments)

    def start_worker(self):
        """The worker of whichever engine this world has."""
        if "REDIS_URL" in self.environment:
            options = ["--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
            return self.start("-m", "celery", "--app", "config", "--quiet", "worker", *options)
        return self.start("manage.py", "qcluster")

    def rows(self, sql):
        url = self.environment.get("DATABASE_URL")
        with closing(psycopg.connect(url) if url else sqlite3.connect(self.folder / "pilotlight.sqlite3", timeout=20)) as connection:
            return connection.execute(sql).fetchall()

    def write(self, sql):
        with closing(sqlite3.connect(self.folder / "pilotlight.sqlite3", timeout=20)) as connection:
            connection.execute(sql)
            connection.commit()

    def number(self, sql):
        return self.rows(sql)[0][0]

    def wait_until(self, condition, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, self.log()
            time.sleep(0.05)

    def log(self):
        return (self.folder / "log").read_text()[-3000:]

    def close(self):
        for process in self.processes:
            kill(process)


def processes_of(folder):
    """Name of each process that lives in this folder -> pids; by the variable that all of them carry."""
    mark, found = f"PILOTLIGHT_VAR={folder}".encode(), {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (path / "environ").read_bytes().split(b"\0"):
                found.setdefault(_name_of((path / "cmdline").read_text()), []).append(int(path.name))
        except OSError:
            continue
    return found


def _name_of(command_line):
    for name in ("gunicorn", "sla_sentry", "qcluster", "sms_stand_in", "worker", "beat", "serve"):
        if re.search(rf"\b{name}\b", command_line):
            return name
    return "other"


def kill(process):
    """-9, with all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An SQLite file with all tables, made once and copied for each test."""
    if file := os.environ.get("TEST_MIGRATED_FILE"):
        return Path(file)
    world = World(tmp_path_factory.mktemp("migrated"))
    world.prepare()
    world.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return world.folder / "pilotlight.sqlite3"


@pytest.fixture
def world(migrated, tmp_path):
    """SQLite and django-q2."""
    shutil.copy(migrated, tmp_path / "pilotlight.sqlite3")
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def postgres_world(postgres_url, tmp_path):
    """A database of its own on the run's PostgreSQL."""
    parts, name = urlsplit(postgres_url), f"faults_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {os.environ.get('TEST_MIGRATED_DATABASE', 'template1')}")
        made = World(tmp_path, DATABASE_URL=urlunsplit(parts._replace(path=f"/{name}")))
        if "TEST_MIGRATED_DATABASE" not in os.environ:
            made.prepare()
        yield made
        made.close()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Redis:
    """A server of our own, which may go down and come back empty."""

    def __init__(self, folder, port):
        self.folder, self.port, self.url = folder, port, f"redis://127.0.0.1:{port}/0"
        self.start()

    def start(self):
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL, start_new_session=True)
        while self.command("PING") != "PONG":
            time.sleep(0.02)

    def command(self, *words):
        return subprocess.run(["redis-cli", "-p", str(self.port), *words], capture_output=True, text=True, check=False).stdout.strip()

    def stop(self):
        kill(self.process)


@pytest.fixture
def redis(tmp_path, free_port):
    if not shutil.which("redis-server"):
        pytest.fail("redis-server is not installed: apt-get install redis-server")
    server = Redis(tmp_path, free_port)
    yield server
    server.stop()


@pytest.fixture
def redis_world(world, redis):
    """SQLite and Celery over a Redis of its own."""
    world.environment["REDIS_URL"] = redis.url
    return world
