"""What ./test does with a test that fails: it is asked once more, alone, and named when it passes only then."""

from pathlib import Path

import pytest

from tools import test as tool


@pytest.fixture
def asked(monkeypatch):
    """A pytest whose first run fails in these tests, and whose second in none but those named ``again``."""
    calls = []

    def run(arguments, variables, tally, marks):
        calls.append(arguments)
        failing = [name for name in failures if len(calls) == 1 or "again" in name]
        if "FAILED_TESTS" in variables:
            Path(variables["FAILED_TESTS"]).write_text("\n".join(failing))
        tally.passed, tally.failed = tally.passed + 10 * (len(calls) == 1) + len(failures) - len(failing), tally.failed + len(failing)
        return int(bool(failing))

    failures = []
    monkeypatch.setattr(tool, "_pytest", run)
    return lambda *names: failures.extend(names) or calls


def told():
    tally = tool.Tally()
    tool.ask_all(["-n", "2"], {}, tally, "not long")
    return tally


def test_what_passes_when_asked_again_is_named_as_unsteady(asked):
    calls = asked("tests/x.py::test_one")
    assert told() == tool.Tally(11, 0, ["tests/x.py::test_one"])
    assert calls[1] == ["-n", "0", "tests/x.py::test_one"]


def test_what_fails_again_has_failed(asked):
    asked("tests/x.py::test_fails_again", "tests/x.py::test_two")
    assert told() == tool.Tally(10, 2, [])


def test_nobody_asks_again_when_nothing_or_much_failed(asked):
    calls = asked()
    assert (told().failed, len(calls)) == (0, 1)
    calls = asked(*(f"tests/x.py::test_{number}" for number in range(6)))
    calls.clear()
    assert (told().failed, len(calls)) == (6, 1)
