"""What ./run does before Django: keys, locks, ports, packages."""

import base64
import os
import socket
import subprocess
import sys

import pytest

from tests.house.sources import ROOT
from tools import environment, keys, migrated, run, services, system_packages
from tools.steps import StepFailed


@pytest.fixture
def var(tmp_path, monkeypatch):
    folder = tmp_path / "var"
    monkeypatch.setattr(keys, "VAR", folder)
    return folder


class TestKeys:
    def test_keys_are_readable_by_their_owner_only(self, var):
        keys.make_keys()
        assert (var / "keys.env").stat().st_mode & 0o777 == 0o600
        assert var.stat().st_mode & 0o777 == 0o700

    def test_a_key_that_exists_is_never_changed(self, var):
        keys.make_keys()
        before = (var / "keys.env").read_text()
        keys.make_keys()
        assert (var / "keys.env").read_text() == before

    def test_a_missing_key_is_added(self, var):
        var.mkdir()
        (var / "keys.env").write_text("SECRET_KEY=mine")
        keys.make_keys()
        lines = (var / "keys.env").read_text().splitlines()
        assert lines[0] == "SECRET_KEY=mine"
        assert {line.split("=")[0] for line in lines} == {"SECRET_KEY", "FIELD_KEY", "JOURNAL_KEY", "SMS_GATEWAY_KEY"}

    def test_the_field_key_is_one_that_seals(self, var):
        from cryptography.fernet import Fernet

        keys.make_keys()
        key = next(line for line in (var / "keys.env").read_text().splitlines() if line.startswith("FIELD_KEY="))
        assert Fernet(key.removeprefix("FIELD_KEY=")).encrypt(b"3713")

    def test_the_journal_key_is_one_that_signs(self, var):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        keys.make_keys()
        key = next(line for line in (var / "keys.env").read_text().splitlines() if line.startswith("JOURNAL_KEY="))
        secret = base64.urlsafe_b64decode(key.removeprefix("JOURNAL_KEY="))
        assert Ed25519PrivateKey.from_private_bytes(secret).sign(b"root")


class TestLock:
    def test_a_second_start_on_the_same_folder_is_refused(self, var):
        run.lock_var()
        with pytest.raises(StepFailed, match=f"already runs .* \\(process {os.getpid()}\\)"):
            run.lock_var()


class TestPorts:
    def test_a_taken_port_is_refused_with_advice(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(StepFailed, match=f"Port {port} is taken.*--port {port + 1}"):
                run._choose_port(port)

    def test_without_a_wish_the_next_free_one_is_taken(self):
        assert 8000 <= run._choose_port(None) < 8100


class TestFresh:
    def test_fresh_throws_away_data_and_keeps_keys(self, var, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        (var / "files").mkdir(parents=True)
        for name in ("keys.env", "pilotlight.sqlite3", "pilotlight.sqlite3-wal", "somebody-elses.txt"):
            (var / name).write_text("x")
        run._throw_data_away()
        assert sorted(path.name for path in var.iterdir()) == ["keys.env", "somebody-elses.txt"]

    @pytest.mark.parametrize("name", ["DATABASE_URL", "SQLITE_PATH"])
    def test_fresh_touches_no_database_outside_var(self, var, monkeypatch, name):
        monkeypatch.setenv(name, "postgresql://somewhere/else")
        with pytest.raises(StepFailed, match="Empty the database"):
            run._throw_data_away()


class TestSystemPackages:
    def test_who_may_not_install_is_told_what_to_type(self, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        with pytest.raises(StepFailed, match="sudo apt-get install -y --no-install-recommends chromium"):
            system_packages.install(["chromium"], "Testing")

    def test_what_cannot_be_loaded_is_missing(self, monkeypatch):
        monkeypatch.setattr(system_packages, "PDF_LIBRARIES", {"libnowhere.so.0": "libnowhere0", "libc.so.6": "libc6"})
        assert system_packages.missing_libraries() == ["libnowhere.so.0"]


class TestEnvironment:
    def test_requirements_that_changed_are_installed_again(self, monkeypatch, tmp_path):
        asked = []
        monkeypatch.setattr(environment, "_STAMP", tmp_path / "installed.json")
        monkeypatch.setattr(environment, "carry_out", lambda command, advice: asked.append(command[-1]))
        assert environment.prepare("requirements-dev.txt")
        assert not environment.prepare("requirements.txt")
        monkeypatch.setattr(environment, "_digest", lambda name: "another")
        assert environment.prepare("requirements.txt")
        assert asked == ["requirements-dev.txt", "requirements.txt"]


class TestCommandLine:
    @pytest.mark.parametrize(
        "arguments", [["--port", "0"], ["--port", "70000"], ["--accounts", "-1"], ["--accounts", "many"], ["--speed", "0"], ["--nonsense"]]
    )
    def test_what_makes_no_sense_is_refused(self, arguments):
        result = subprocess.run([sys.executable, "-m", "tools.run", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 2
        assert "usage: ./run" in result.stderr

    def test_help_names_every_option(self):
        result = subprocess.run([sys.executable, "-m", "tools.run", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
        assert all(
            option in result.stdout for option in ("--fresh", "--port", "--accounts", "--codes", "--clock", "--speed", "DATABASE_URL")
        )


class TestClock:
    @pytest.mark.parametrize(
        ("database", "site", "allowed"),
        [("", "http://127.0.0.1:8000", "demo"), ("postgresql://x/y", "http://127.0.0.1:8000", "no"), ("", "https://gas.example", "no")],
    )
    def test_only_a_demo_allows_itself_a_clock(self, monkeypatch, database, site, allowed):
        monkeypatch.setenv("DATABASE_URL", database)
        monkeypatch.setenv("SITE_URL", site)
        monkeypatch.setenv("TIME_MACHINE", "")
        monkeypatch.delenv("TIME_MACHINE")
        assert run._clock(run._options(["--clock", "2026-12-24T16:58", "--speed", "60"])) == ["--clock=2026-12-24T16:58", "--speed=60"]
        assert os.environ["TIME_MACHINE"] == allowed

    def test_what_the_operator_says_stands(self, monkeypatch):
        monkeypatch.setenv("SITE_URL", "http://127.0.0.1:8000")
        monkeypatch.setenv("TIME_MACHINE", "yes")
        assert run._clock(run._options([])) == []
        assert os.environ["TIME_MACHINE"] == "yes"


def test_services_of_a_test_run_come_and_go(monkeypatch):
    monkeypatch.setattr(services, "_start_postgres", services._start_redis)
    monkeypatch.setattr(services, "_lets_in", services._listens)
    with services.running() as found:
        port = int(found["TEST_REDIS_URL"].rsplit(":", 1)[1].split("/")[0])
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_migration_that_fails_ends_the_run_with_what_it_said(monkeypatch, tmp_path):
    complains = [sys.executable, "-c", "raise SystemExit('no such column')"]
    monkeypatch.setattr(migrated, "_create_database", lambda *places: None)
    monkeypatch.setattr(migrated, "_MIGRATE", complains)
    begun = migrated.Migrations(tmp_path, {"TEST_POSTGRES_URL": "postgresql://nobody@127.0.0.1:9/none"})
    with pytest.raises(StepFailed, match="no such column"):
        begun.wait()
