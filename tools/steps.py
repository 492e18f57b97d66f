"""One line for each step, with its seconds, so that nobody looks at a silent terminal."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class StepFailed(Exception):
    """A step could not be done; the message says what to do about it."""


@contextmanager
def step(name: str) -> Iterator[None]:
    """Shows the name at once, the seconds while it lasts (on a terminal) and at the end."""
    start = time.monotonic()
    over = threading.Event()
    ticking = threading.Thread(target=_tick, args=(name, start, over), daemon=True)
    if sys.stdout.isatty():
        ticking.start()
    try:
        yield
    except BaseException:
        _close(over, ticking)
        say(f"  {name}: failed after {time.monotonic() - start:.1f} s")
        raise
    _close(over, ticking)
    say(f"  {name}: {time.monotonic() - start:.1f} s")


def _tick(name: str, start: float, over: threading.Event) -> None:
    while not over.wait(0.5):
        sys.stdout.write(f"\r  {name} ... {time.monotonic() - start:.0f} s ")
        sys.stdout.flush()


def _close(over: threading.Event, ticking: threading.Thread) -> None:
    over.set()
    if ticking.ident:
        ticking.join()
        sys.stdout.write("\r\x1b[K")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def carry_out(command: Sequence[str | Path], *, advice: str = "", env: Mapping[str, str] | None = None) -> None:
    """Runs a quiet command; if it fails, raises StepFailed with what it printed last and the advice."""
    result = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-20:])
        raise StepFailed(f"{' '.join(map(str, command))}\n{tail}\n{advice}".rstrip())
