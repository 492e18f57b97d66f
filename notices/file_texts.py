"""Read the words of a file that is to be published, in a process of its own with little memory, little time and nothing to reach.

A PDF, a document or a table of an office program: text, and what its program wrote about its author. Of a picture only what its camera
wrote: what it shows, a person must look at. So it is with whatever could not be read.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORKER = Path(__file__).with_name("file_text_worker.py")
#: Seconds by the clock on the wall; the worker's own limits of time and memory are tighter (file_text_worker.py).
_PATIENCE = 20
#: Why a person must look, in words.
WHY: Mapping[str, str | Promise] = {
    "picture": _("It is or holds a picture: no program sees what is on it."),
    "protected": _("It asks for a password."),
    "unreadable": _("It could not be read."),
    "hidden": _("It holds notes or files inside."),
    "author": _("It says who made it."),
    "long": _("It is too long to be read whole."),
}


@dataclass(frozen=True)
class FileText:
    """``texts``: place (text, metadata) -> words. ``why``: a key of WHY where a person must look at the file itself."""

    texts: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


def read(content: bytes) -> FileText:
    """The words of a file; never raises for what is in it."""
    try:
        said = json.loads(_run(content))
        why = str(said["why"])
        texts = {str(place): str(words) for place, words in said["texts"].items() if str(words).strip()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return FileText(why="unreadable")
    return FileText(texts, why if why in ("", *WHY) else "unreadable")


def points_of(content: bytes) -> bytes | None:
    """What a picture shows as PNG, upright, without what its camera wrote; None where it cannot be opened."""
    points = _run(content, "points")
    return points if points.startswith(b"\x89PNG") else None


def _run(content: bytes, *task: str) -> bytes:
    # Isolated (-I): no site of the user, no folder of ours on the path, and none of our keys in its environment.
    command = [sys.executable, "-I", str(_WORKER), *task]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE, env=environment, check=False)  # noqa: S603 - our own script
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout
