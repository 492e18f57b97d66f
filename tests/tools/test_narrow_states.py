"""The short way in which the tests' databases are migrated leads where Django's own leads."""

import os
import re
import sqlite3
import subprocess
import sys

import pytest

pytestmark = pytest.mark.long
DJANGOS_WAY = ["-c", "import django; django.setup(); from config.preparation import migrate; migrate()"]


def contents(file, *way):
    """Each table with its definition, and its rows without the moments at which they were written."""
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables |= {"SQLITE_PATH": str(file), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, *way], env=variables, check=True)
    database = sqlite3.connect(file)
    try:
        return sorted(re.sub(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+'", "then", line) for line in database.iterdump())
    finally:
        database.close()


def test_both_ways_make_the_same_database(tmp_path):
    short = contents(tmp_path / "short.sqlite3", "-m", "tools.narrow_states")
    assert len(short) > 500
    assert short == contents(tmp_path / "long.sqlite3", *DJANGOS_WAY)
