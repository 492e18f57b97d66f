"""The project's own Python environment in ``.venv``, made from hashed requirements."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager

from .steps import ROOT, carry_out, step

HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
_STAMP = HOME / "installed.json"


@contextmanager
def held() -> Iterator[None]:
    """Two starts in one checkout prepare one after the other. Without a lock file: the folder itself is locked."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(name: str) -> bool:
    """Makes ``.venv`` hold what the requirements file says; True if something had to be installed."""
    with held():
        if not _works():
            with step("Making .venv"):
                shutil.rmtree(HOME, ignore_errors=True)
                venv.create(HOME, with_pip=True)
        stamp = _read_stamp()
        if stamp.get(name) == _digest(name):
            return False
        with step(f"Installing {name} into .venv"):
            # pip compiles bytecode whatever PYTHONDONTWRITEBYTECODE says; without it each start takes seconds longer.
            pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "--compile", "-r", name]
            carry_out(pip, advice="The package index must be reachable, or the packages in pip's cache.")
        _STAMP.write_text(json.dumps({**stamp, **{part: _digest(part) for part in _covered_by(name)}}))
        return True


def _works() -> bool:
    """The interpreter in .venv runs, is new enough and has pip: a half-made or moved environment does not."""
    proof = "import pip, sys; sys.exit(sys.version_info[:2] < (3, 12))"
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-I", "-c", proof], stderr=subprocess.DEVNULL, check=False).returncode == 0


def _covered_by(name: str) -> tuple[str, ...]:
    """The development requirements hold the others at the same versions (a house test says so)."""
    return ("requirements.txt", name) if name == "requirements-dev.txt" else (name,)


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        return dict(json.loads(_STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def become(*arguments: str) -> None:
    """Replaces this process by the environment's Python, so that signals reach it directly."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])
