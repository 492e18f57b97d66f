"""``./run``: from a fresh clone to a page in the browser. See --help."""

import argparse
import fcntl
import os
import shutil
import socket
import subprocess
import sys
from typing import NoReturn

from . import environment, keys, system_packages
from .steps import StepFailed, carry_out, say

_EPILOG = """\
Data lives in var/ and survives; Ctrl-C stops everything. With DATABASE_URL (postgresql://...) and REDIS_URL (redis://...)
in the environment the same command runs on PostgreSQL and Celery. docs/operate.md lists every variable.
"""


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="Starts Pilotlight with a demo city.", epilog=_EPILOG)
    parser.add_argument("--fresh", action="store_true", help="throw away the data in var/ (not the keys) and begin anew")
    parser.add_argument("--port", type=_port, help="where to listen; default: 8000, or the next free one")
    parser.add_argument("--accounts", type=_count, default=2000, metavar="N", help="size of the demo city; 0 for none; default: 2000")
    parser.add_argument("--codes", action="store_true", help="only print the demo's sign-ins with fresh second-factor codes")
    parser.add_argument("--clock", metavar="MOMENT", help="let it be 2026-12-24T16:58; a later ./run goes on; “real” ends it")
    parser.add_argument("--speed", type=_speed, metavar="N", help="let its time go N times as fast: 60 shows a day in 24 minutes")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _speed(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 3600:
        raise argparse.ArgumentTypeError("a whole number from 1 to 3600")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError("a whole number, 0 or more")
    return int(text)


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    if options.codes:
        environment.become("manage.py", "demo_sign_ins", "--codes")
    say("Pilotlight")
    lock_var()
    port = _choose_port(options.port)
    fresh_install = environment.prepare("requirements.txt")
    _check_pdf_libraries(fresh_install)
    if options.fresh:
        _throw_data_away()
    keys.make_keys()
    # Taken by whatever has to name itself in a link; a real address comes from the operator's environment.
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    environment.become("manage.py", "serve", "--prepare", "--accounts", str(options.accounts), "--port", str(port), *_clock(options))


def _clock(options: argparse.Namespace) -> list[str]:
    """Nobody has to allow a demo its own clock; with a database or an address of the operator's, TIME_MACHINE must."""
    is_ours = not os.environ.get("DATABASE_URL") and not os.environ["SITE_URL"].startswith("https://")
    os.environ.setdefault("TIME_MACHINE", "demo" if is_ours else "no")
    given = {"--clock": options.clock, "--speed": options.speed}
    return [f"{name}={value}" for name, value in given.items() if value is not None]


def lock_var() -> None:
    """One Pilotlight for each var/: the lock lives as long as the process that this one becomes."""
    keys.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.VAR.chmod(0o700)
    lock = os.open(keys.VAR / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StepFailed(f"Pilotlight already runs on {keys.VAR} (process {os.read(lock, 20).decode().strip()}).") from None
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    os.set_inheritable(lock, True)


def _choose_port(wanted: int | None) -> int:
    if wanted is not None:
        if not _is_free(wanted):
            raise StepFailed(f"Port {wanted} is taken. Choose another: ./run --port {wanted + 1}")
        return wanted
    port = next((port for port in range(8000, 8100) if _is_free(port)), None)
    if port is None:
        raise StepFailed("No port from 8000 to 8099 is free. Choose one: ./run --port N")
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _check_pdf_libraries(fresh_install: bool) -> None:
    """Loads what WeasyPrint loads; the last word has WeasyPrint itself, which knows other systems' names for it."""
    missing = system_packages.missing_libraries()
    if missing and (_weasyprint_fails() or (os.geteuid() == 0 and shutil.which("apt-get"))):
        system_packages.install(system_packages.PDF_PACKAGES, "Making receipts as PDF")
    if fresh_install or missing:
        carry_out([environment.PYTHON, "-W", "ignore", "-c", "import weasyprint"], advice="WeasyPrint cannot load its libraries.")


def _weasyprint_fails() -> bool:
    return subprocess.run([environment.PYTHON, "-W", "ignore", "-c", "import weasyprint"], capture_output=True, check=False).returncode != 0


def _throw_data_away() -> None:
    """Deletes what the demo wrote, by name: PILOTLIGHT_VAR may point to a folder that holds other things."""
    if os.environ.get("DATABASE_URL") or os.environ.get("SQLITE_PATH"):
        raise StepFailed("--fresh throws away the files in var/ only. Empty the database that your environment names yourself.")
    for name in ("files", "static"):
        shutil.rmtree(keys.VAR / name, ignore_errors=True)
    for path in keys.VAR.glob("pilotlight.sqlite3*"):
        path.unlink()


def _stop(error: StepFailed) -> NoReturn:
    sys.stderr.write(f"\n{error}\n")
    sys.exit(2)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except StepFailed as error:
        _stop(error)
    except KeyboardInterrupt:
        sys.exit(130)
