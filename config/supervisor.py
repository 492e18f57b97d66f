"""Keeps a handful of processes alive: starts them, restarts what dies, stops all, leaves nothing behind.

Why not signal a whole process group: django-q2 hangs for ever if its children get SIGTERM together with it, so each
process leads a session of its own and only its main process is asked to stop. What a killed process leaves behind comes
to us (we are the subreaper) and is cleared away before its successor starts.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

_SET_PARENT_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36
_GRACE = 10.0  # seconds between asking to stop and killing
_STEADY = 30.0  # alive this long, a process counts as well again
_LONGEST_PAUSE = 15.0


@dataclass
class Child:
    """One process to keep alive. ``pid`` is 0 while it is down, ``starts_at`` the monotonic moment of its next start."""

    name: str
    command: Sequence[str]
    pid: int = 0
    born: float = 0.0
    starts_at: float = 0.0
    pause: float = 0.25


@dataclass
class Supervisor:
    """Runs until SIGTERM, SIGINT or SIGHUP. ``say`` gets one line for each thing worth knowing."""

    children: Sequence[Child]
    environment: Mapping[str, str]
    say: Callable[[str], None]
    _stopping: bool = field(default=False, init=False)

    def run(self, tick: Callable[[], None] = lambda: None) -> None:
        """Blocks. ``tick`` is called about five times a second while all is running."""
        _call_prctl(_SET_CHILD_SUBREAPER, 1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            while not self._stopping:
                self._start_due()
                tick()
                time.sleep(0.2)
                self._reap()
        finally:
            self._stop_all()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _start_due(self) -> None:
        for child in self.children:
            if not child.pid and time.monotonic() >= child.starts_at:
                process = subprocess.Popen(  # noqa: S603 - our own commands
                    child.command,
                    env=dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                    preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread
                )
                process.returncode = 0  # we reap; without this Popen would complain or reap by itself
                child.pid, child.born = process.pid, time.monotonic()

    def _reap(self) -> None:
        for pid, status in _finished():
            child = next((child for child in self.children if child.pid == pid), None)
            if child:
                self._schedule_restart(child, os.waitstatus_to_exitcode(status))

    def _schedule_restart(self, child: Child, code: int) -> None:
        _kill_session(child.pid)
        now = time.monotonic()
        child.pause = 0.25 if now - child.born > _STEADY else min(child.pause * 2, _LONGEST_PAUSE)
        child.pid, child.starts_at = 0, now + child.pause
        if not self._stopping:
            self.say(f"{child.name} ended ({_explain(code)}); starting it again in {child.pause:.1f} s")

    def _stop_all(self) -> None:
        for child in self.children:
            if child.pid:
                _send(os.kill, child.pid, signal.SIGTERM)
        end = time.monotonic() + _GRACE
        while any(child.pid for child in self.children) and time.monotonic() < end:
            time.sleep(0.05)
            self._reap()
        for child in self.children:
            if child.pid:
                self.say(f"{child.name} did not stop within {_GRACE:.0f} s; killed")
                _kill_session(child.pid)
        _clear_orphans()


def _die_with_parent() -> None:
    """In the child, before its program starts: a killed supervisor must not leave a web server behind."""
    _call_prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _call_prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _finished() -> list[tuple[int, int]]:
    """Every child or adopted orphan that has ended, with its wait status."""
    ended = []
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append(found)
    return ended


def _kill_session(leader: int) -> None:
    _send(os.killpg, leader, signal.SIGKILL)


def _send(how: Callable[[int, int], None], pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        how(pid, number)


def _clear_orphans() -> None:
    """Kills what still hangs on us, whatever session it made for itself, until nothing is left."""
    for _ in range(40):
        _finished()
        left = _children_of(os.getpid())
        if not left:
            return
        for pid in left:
            _send(os.kill, pid, signal.SIGKILL)
        time.sleep(0.05)


def _children_of(parent: int) -> list[int]:
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in path.read_text().split()] if path.exists() else []


def _explain(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
