"""The supervisor with children that misbehave."""

import signal
import subprocess
import sys
import time

from tests.house.sources import ROOT

PROGRAM = """
import os, signal, sys, time
from config.supervisor import Child, Supervisor
said = []
def say(text):
    said.append(text)
    print(text, flush=True)
since = None
def tick():
    global since
    if since is None and eval(sys.argv[3]):
        since = time.monotonic()
    if since is not None and time.monotonic() > since + float(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGTERM)
child = Child("child", [sys.executable, "-c", sys.argv[2]])
Supervisor([child], dict(os.environ), say).run(tick)
"""


def supervise(code, seconds=3.0, wait=True, after="True"):
    """What was said until so many seconds after this was true: a busy machine needs its time to start a child."""
    command = [sys.executable, "-c", PROGRAM, str(seconds), code, after]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return process.communicate(timeout=200)[0] if wait else process


def processes_with(mark):
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in found.splitlines() if line.count(mark) and PROGRAM not in line and "supervisor" not in line]


def test_what_cannot_start_is_tried_again_ever_more_slowly():
    said = supervise("raise SystemExit(3)", seconds=0.5, after="any('in 1.0 s' in text for text in said)")
    assert "child ended (exit code 3); starting it again in 0.5 s" in said
    assert "in 1.0 s" in said
    assert said.count("ended") <= 3


def test_a_child_that_will_not_stop_is_killed(tmp_path):
    ready = str(tmp_path / "ready")
    stubborn = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({ready!r}, 'w').close(); time.sleep(600)"
    start = time.monotonic()
    assert "child did not stop within 10 s; killed" in supervise(stubborn, seconds=0, after=f"os.path.exists({ready!r})")
    assert time.monotonic() - start < 120
    assert processes_with("time.sleep(600)") == []


def test_strays_in_a_session_of_their_own_are_cleared_away():
    sleeper = "import time; time.sleep(601)"
    stray = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {sleeper!r}], start_new_session=True); time.sleep(1)"
    supervise(stray, seconds=2)
    assert processes_with("time.sleep(601)") == []


def test_a_child_outlives_no_supervisor_that_was_killed():
    process = supervise("import time; time.sleep(602)", seconds=60, wait=False)
    end = time.monotonic() + 60
    while not processes_with("time.sleep(602)") and time.monotonic() < end:
        time.sleep(0.1)
    assert processes_with("time.sleep(602)")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    end = time.monotonic() + 60
    while processes_with("time.sleep(602)") and time.monotonic() < end:
        time.sleep(0.1)
    assert processes_with("time.sleep(602)") == []
