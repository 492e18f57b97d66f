"""A PostgreSQL of the benchmark's own: real durability (fsync on), data in a temporary folder, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.system_packages import postgres_folder

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "maintenance_work_mem": "512MB",
    "track_commit_timestamp": "on",  # bench.alarms asks when a row became visible
}


@dataclass(frozen=True)
class Server:
    """Where it listens, and its programs."""

    port: int
    programs: Path

    @property
    def url(self) -> str:
        return f"postgresql://pilotlight@127.0.0.1:{self.port}/postgres"

    def program(self, name: str) -> list[str]:
        """A client program, told where to go."""
        return [str(self.programs / name), "-h", "127.0.0.1", "-p", str(self.port), "-U", "pilotlight"]


@contextmanager
def running() -> Iterator[Server]:
    """Start, wait until it answers, hand over, stop, clean up."""
    user = next(name for name in ("postgres", "nobody") if name in {e.pw_name for e in pwd.getpwall()}) if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pilotlight-bench-"))
    if user:
        shutil.chown(folder, user)
    programs, port = Path(postgres_folder()), _free_port()
    groups: list[int] | None = [] if user else None
    initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "pilotlight", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(initdb, cwd=folder, user=user, extra_groups=groups, check=True, stdout=subprocess.DEVNULL)
    flags = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder), *flags]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, user=user, extra_groups=groups, stdout=log, stderr=log, start_new_session=True)
    try:
        server = Server(port, programs)
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server) -> None:
    for _ in range(100):
        if subprocess.run([*server.program("pg_isready"), "-q"], check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start")
