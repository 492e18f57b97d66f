"""Finding a Python that really runs, or saying what to type."""

import os
import stat
import subprocess
import sys

import pytest

from tests.house.sources import ROOT


def find(**variables):
    return subprocess.run(["/bin/sh", "tools/find_python"], cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


@pytest.fixture
def folder_with(tmp_path):
    """A folder of programs called as given, each of which is the same script."""

    def make(script, *names):
        for name in names:
            path = tmp_path / name
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(path.stat().st_mode | stat.S_IEXEC)
        return str(tmp_path)

    return make


def test_a_python_that_is_named_is_taken():
    found = find(PILOTLIGHT_PYTHON=sys.executable, PATH="/usr/bin:/bin")
    assert found.returncode == 0
    assert subprocess.run([found.stdout.strip(), "-c", "import venv, sqlite3"], check=False).returncode == 0


def test_the_environment_s_own_python_is_not_taken_to_make_the_environment():
    assert ".venv" not in find(PILOTLIGHT_PYTHON=sys.executable, PATH="/usr/bin:/bin").stdout


def test_a_named_python_that_does_not_run_is_an_error_and_not_a_hint():
    found = find(PILOTLIGHT_PYTHON="/nowhere/python3.13", PATH="/usr/bin:/bin")
    assert found.returncode == 2
    assert "PILOTLIGHT_PYTHON names /nowhere/python3.13" in found.stderr


def test_a_shim_that_answers_nothing_is_passed_over(folder_with):
    shims = folder_with("echo 'pyenv: version is not installed' >&2; exit 127", "python3.13", "python3.14", "python3.12", "python3")
    found = find(PATH=shims, HOME="/nowhere")
    assert shims not in found.stdout


def test_without_any_python_it_says_what_to_type(folder_with):
    shims = folder_with("exit 127", "python3.13", "python3.14", "python3.12", "python3")
    found = find(PATH=f"{shims}:/usr/bin:/bin", HOME="/nowhere", PYENV_ROOT="/nowhere")
    if found.returncode == 0:  # a machine with one in /usr/local: that one, and it runs
        assert os.access(found.stdout.strip(), os.X_OK)
    else:
        assert found.returncode == 2
        assert "Type this, then ./run again" in found.stderr
