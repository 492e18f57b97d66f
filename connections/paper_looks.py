"""Open a file that a stranger sent, in a process of its own with little memory, little time and nothing to reach: look, or make a picture.

Whatever a file does to the library that opens it happens there. What the process could not find out in time counts as readable: the
file is kept as it came, and is handed out only to be saved.
"""

import os
import subprocess
import sys
from enum import IntEnum
from pathlib import Path

_WORKER = Path(__file__).with_name("paper_worker.py")
#: Seconds by the clock on the wall; the worker's own limits of time and memory are tighter (paper_worker.py).
_PATIENCE = 20
#: Of a picture of a page; more is not a picture of ours.
_MOST_BYTES = 20_000_000


class Finding(IntEnum):
    """What a file is, as the worker says by how it ends."""

    READABLE = 0
    PROTECTED = 3
    BROKEN = 4
    TOO_MANY_POINTS = 5
    UNKNOWN = 9


def look(content: bytes, kind: str) -> Finding:
    """Whether a file of this content type can be read."""
    status, _picture = _run("look", content, kind)
    return Finding(status) if status in Finding else Finding.UNKNOWN


def picture_of(content: bytes, kind: str) -> bytes | None:
    """The first page, or the picture upright and small enough for a screen, as PNG; None where none can be made."""
    status, picture = _run("picture", content, kind)
    return picture if status == Finding.READABLE and picture.startswith(b"\x89PNG") and len(picture) <= _MOST_BYTES else None


def _run(task: str, content: bytes, kind: str) -> tuple[int, bytes]:
    # Isolated (-I): no site of the user, no folder of ours on the path, and none of our keys in its environment.
    command = [sys.executable, "-I", str(_WORKER), task, kind]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, env=environment, check=False)  # noqa: S603 - our own script
    except (OSError, subprocess.TimeoutExpired):
        return Finding.UNKNOWN, b""
    return done.returncode, done.stdout
