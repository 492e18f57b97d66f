"""A PostgreSQL and a Redis of a test run's own: free ports, data in a temporary folder, gone with the run."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import system_packages
from .steps import StepFailed

#: initdb refuses to work for root.
_ORDINARY_USERS = ("postgres", "nobody")


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """Both services, as the environment variables under which the tests find them."""
    user = _ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="pilotlight-test-"))
    if user:
        shutil.chown(folder, user)
    started: list[subprocess.Popen[bytes]] = []
    try:
        redis_port, postgres_port = _free_ports(2)
        started.append(_start_redis(folder, redis_port, user))
        started.append(_start_postgres(folder, postgres_port, user))
        _wait_until(lambda: _listens(redis_port), folder)
        _wait_until(lambda: _lets_in(postgres_port), folder)
        yield {
            "TEST_REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
            "TEST_POSTGRES_URL": f"postgresql://pilotlight@127.0.0.1:{postgres_port}/postgres",
        }
    finally:
        for process in started:
            process.send_signal(signal.SIGINT)  # PostgreSQL: stop now, without waiting for its clients
        for process in started:
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> str | None:
    """Whom to become; None when we are nobody special already."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _ORDINARY_USERS if name in known)


def _start_redis(folder: Path, port: int, user: str | None) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    return _start(command, folder, user)


def _start_postgres(folder: Path, port: int, user: str | None) -> subprocess.Popen[bytes]:
    programs, data = Path(system_packages.postgres_folder()), folder / "postgres"
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "pilotlight", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(initdb, cwd=folder, user=user, extra_groups=[] if user else None, capture_output=True, text=True, check=False)
    if made.returncode:
        raise StepFailed(f"initdb failed:\n{made.stderr}")
    # Nothing here outlives the run, and no statement of a test is worth compiling.
    unsafe = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": "0"}
    options = {"listen_addresses": "127.0.0.1", "max_connections": "200", "jit": "off", **unsafe}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    return _start([str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), *flags], folder, user)


def _start(command: Sequence[str], folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    with (folder / f"{Path(command[0]).name}.log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            user=user,
            extra_groups=[] if user else None,
            start_new_session=True,  # Ctrl-C is for the tests; the services stop last
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one thread
        )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT, 0, 0, 0)


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _lets_in(port: int) -> bool:
    """PostgreSQL listens a moment before it is ready."""
    program = Path(system_packages.postgres_folder()) / "pg_isready"
    return not subprocess.run([program, "--quiet", "--host", "127.0.0.1", "--port", str(port)], check=False).returncode


def _wait_until(is_up: Callable[[], bool], folder: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if is_up():
            return
        time.sleep(0.05)
    logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in folder.glob("*.log"))
    raise StepFailed(f"A service of the tests did not start.\n{logs}")
