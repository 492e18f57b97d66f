"""gunicorn as production starts it, and a Redis for its cache and queue where there is one to start."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

WORKERS, THREADS = 2, 4


@contextmanager
def gunicorn(environment: Mapping[str, str], application: str = "config.wsgi", python: str = sys.executable) -> Iterator[int]:
    """Hands over the port once it answers; stops it afterwards."""
    port = free_port()
    command = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--keep-alive", "60", "--log-level", "warning", "--no-control-socket"]
    with _process(command, environment, port):
        yield port


@contextmanager
def redis() -> Iterator[str]:
    """Its address; empty where no Redis is installed (then the cache lies in the database)."""
    program = shutil.which("redis-server")
    if program is None:
        yield ""
        return
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"]
    with _process(command, None, port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _process(command: list[str], environment: Mapping[str, str] | None, port: int) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait_for(port)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
