"""One command runs the house: what dies is started again, and stopping leaves nothing."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.faults.conftest import PATIENCE, processes_of
from tests.house.sources import ROOT

pytestmark = pytest.mark.fault
KEYS = {"SECRET_KEY": "faults-" + "x" * 50, "FIELD_KEY": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=", "SMS_GATEWAY_KEY": "k" * 40}


class House:
    """``manage.py serve`` in a folder of its own."""

    def __init__(self, folder, port, *arguments, **variables):
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}}
        self.port, self.log = port, folder / "log"
        self.environment = {**kept, **KEYS, "PILOTLIGHT_VAR": str(folder), "SITE_URL": f"http://127.0.0.1:{port}", **variables}
        command = [sys.executable, "manage.py", "serve", "--prepare", "--port", str(port), *arguments]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def processes(self):
        """Name of each of our processes -> pids."""
        return processes_of(self.log.parent)

    def answers(self):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def wait_until(self, condition, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, self.log.read_text()[-3000:]
            time.sleep(0.1)

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def prepared(migrated, tmp_path_factory):
    """A folder with database and static files, made once: what these tests look at comes after."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copy(migrated, folder / "pilotlight.sqlite3")
    environment = {**os.environ, "PILOTLIGHT_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", **KEYS}
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture
def house(tmp_path, free_port, prepared):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    with_sqlite = House(tmp_path, free_port)
    yield with_sqlite
    if with_sqlite.process.poll() is None:
        with_sqlite.stop(signal.SIGKILL)


def running(house, *names):
    return lambda: house.answers() and all(house.processes().get(name) for name in names)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_has_to_kill_nobody_and_leaves_nothing(house, number):
    house.wait_until(running(house, "gunicorn", "sla_sentry", "qcluster", "sms_stand_in"))
    house.stop(number)
    assert house.process.returncode == 0
    assert "did not stop within" not in house.log.read_text()
    assert house.processes() == {}


@pytest.mark.parametrize("name", ["gunicorn", "sla_sentry", "qcluster"])
def test_what_is_killed_comes_back_and_leaves_no_strays(house, name):
    house.wait_until(running(house, "gunicorn", "sla_sentry", "qcluster"))
    killed = set(house.processes()[name])
    os.kill(min(killed), signal.SIGKILL)
    house.wait_until(lambda: house.answers() and set(house.processes().get(name, killed)).isdisjoint(killed))
    assert f"{signal.SIGKILL.name}" in house.log.read_text()


def test_a_killed_supervisor_takes_the_house_along(house):
    house.wait_until(running(house, "gunicorn", "sla_sentry", "qcluster"))
    house.stop(signal.SIGKILL)
    house.wait_until(lambda: house.processes() == {})


def test_a_quiet_run_has_nothing_to_say(house):
    house.wait_until(running(house, "gunicorn", "sla_sentry", "qcluster"))
    house.stop()
    assert "starting it again" not in house.log.read_text()


def test_production_s_engines_serve_and_stop_as_well(tmp_path, free_port, redis_url, own_database):
    house = House(tmp_path, free_port, DATABASE_URL=own_database, REDIS_URL=redis_url.replace("/0", "/5"))
    try:
        house.wait_until(running(house, "gunicorn", "sla_sentry", "worker", "beat"))
        os.kill(min(house.processes()["worker"]), signal.SIGKILL)
        house.wait_until(lambda: "SIGKILL" in house.log.read_text() and house.processes().get("worker"))
        house.stop()
        assert house.processes() == {}
    finally:
        house.process.kill()


@pytest.fixture
def own_database(postgres_url):
    """A database of its own, beside those of the other tests."""
    import psycopg

    name = f"serve_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {os.environ.get('TEST_MIGRATED_DATABASE', 'template1')}")
        yield postgres_url.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class TestDemonstrationClock:
    """All processes of a house live by the one stored clock, and it stands still while the house is down."""

    BEGAN = datetime(2031, 12, 24, 8, 58, tzinfo=UTC)

    @pytest.fixture
    def start(self, tmp_path, free_port, prepared):
        shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
        started = []

        def make(*arguments):
            started.append(House(tmp_path, free_port, *arguments, TIME_MACHINE="demo"))
            started[-1].wait_until(running(started[-1], "gunicorn", "sla_sentry"))
            return started[-1]

        yield make
        for house in started:
            if house.process.poll() is None:
                house.stop()

    def shown(self, house):
        with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/halls/", timeout=10) as answer:
            found = re.search(r'<time datetime="([^"]+)" data-speed="60"', answer.read().decode())
        return datetime.fromisoformat(found[1])

    def beat(self, folder):
        with closing(sqlite3.connect(folder / "pilotlight.sqlite3")) as database:
            newest = database.execute("SELECT max(beat_at) FROM sla_heartbeat").fetchone()[0]
        return datetime.fromisoformat(newest).replace(tzinfo=UTC) if newest else self.BEGAN

    def test_it_is_shared_and_goes_on_where_the_house_stopped(self, tmp_path, start):
        first = start("--clock=2031-12-24T16:58", "--speed=60")
        first.wait_until(lambda: self.beat(tmp_path) > self.BEGAN)
        assert self.BEGAN < self.shown(first) < self.BEGAN + timedelta(hours=3)
        first.stop()
        stopped = self.beat(tmp_path)
        time.sleep(3)
        second = start()
        assert f"Demonstration clock: {stopped.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}" in second.log.read_text()
        assert self.shown(second) >= stopped
