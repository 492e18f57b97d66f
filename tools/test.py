"""``./test``: every check there is, or only the tests that its arguments name. See --help."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import environment, keys, services, system_packages
from .migrated import Migrations
from .steps import ROOT, StepFailed, say

_HELP = """\
usage: ./test [--long] [pytest's arguments]

Without arguments: lint, formats, templates, types, import contracts, migrations, then all tests on SQLite (browser journeys
and fault tests among them) and those that touch the database once more on PostgreSQL: without the modules of pages, as one table
opens every page there, and with two rows of each table of parameters.
With arguments: only pytest with these, for example ./test tests/billing -k quote. --long adds the tests that take long.

What fails is asked once more, alone, when all is quiet (docs/decisions/0022); what passes only then is listed at the end.

PostgreSQL, Redis and Chromium are installed when this runs as root on Debian; else the line to type is printed.
"""
#: More failures than these are no accident, and nobody need wait for them twice.
_MOST_ASKED_AGAIN = 5
_BIN = environment.HOME / "bin"
CHECKS: Mapping[str, Sequence[str]] = {
    "ruff check": ("ruff", "check", "--no-cache", "."),
    "ruff format": ("ruff", "format", "--no-cache", "--check", "."),
    "templates (djlint)": ("djlint", "--quiet", "--lint", "templates"),
    "types (mypy)": ("mypy", "."),
    "floors (import-linter)": ("lint-imports", "--no-cache"),
    "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "deployment settings": ("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    "diagrams of lifecycles": ("python", "manage.py", "lifecycle_diagrams", "--check"),
    "translations": ("python", "manage.py", "catalogs", "--check"),
}
#: A production's environment, for the deployment check only.
_PRODUCTION = {"SITE_URL": "https://gas.example", "ALLOWED_HOSTS": "gas.example"}


@dataclass
class Tally:
    """What passed and failed so far."""

    passed: int = 0
    failed: int = 0
    unsteady: list[str] = field(default_factory=list)

    def add(self, good: bool) -> None:
        self.passed += good
        self.failed += not good


def main(arguments: list[str]) -> int:
    """Returns the exit code: 0 if all passed."""
    if {"-h", "--help"} & set(arguments):
        say(_HELP)
        return 0
    long_too = "--long" in arguments
    chosen = [argument for argument in arguments if argument != "--long"]
    _prepare()
    start, tally = time.monotonic(), Tally()
    with services.running() as found, tempfile.TemporaryDirectory() as folder:
        variables = {**_environment(), **found}
        if not chosen:
            migrations = Migrations(Path(folder), variables)
            with ThreadPoolExecutor(2) as both_cores:
                for good in both_cores.map(_check, CHECKS, CHECKS.values()):
                    tally.add(good)
            variables |= migrations.wait()
        variables["PROPERTIES"] = "long" if long_too else "house"
        if chosen:
            return _pytest(chosen, variables, Tally(), marks="" if long_too else None)
        # Fault tests wait most of their time: a third worker works meanwhile.
        ask_all(["-n", "3", "--dist", "worksteal"], variables, tally, marks="" if long_too else "not long and not production")
        say("\nAgain on PostgreSQL, what touches the database:")
        variables["DATABASE_URL"] = found["TEST_POSTGRES_URL"]
        # The table of permissions opens every page there: what else pages say does not hang on the database.
        short = "" if long_too else " and not long and not repeated and not pages"
        ask_all(["-n", "2", "--dist", "worksteal"], variables, tally, marks=f"database and not journey and not fault{short}")
    for test in tally.unsteady:
        say(f"UNSTEADY, passed only when asked again, alone; find out why: {test}")
    say(f"\n{tally.passed} passed, {tally.failed} failed in {time.monotonic() - start:.0f} s")
    return 1 if tally.failed else 0


def _prepare() -> None:
    environment.prepare("requirements-dev.txt")
    keys.make_keys()
    missing = system_packages.missing_programs()
    if missing:
        system_packages.install(sorted(set(missing.values())), "Testing")
    if system_packages.missing_libraries():
        system_packages.install(system_packages.PDF_PACKAGES, "Making receipts as PDF")
    still = system_packages.missing_programs()
    if still:
        raise StepFailed(f"Still missing after the installation: {', '.join(still)}")


def _environment() -> dict[str, str]:
    """Ours with the environment's programs first, and none of a developer's own settings.

    What is compiled once is kept: a run starts hundreds of processes, and reads all tests again for PostgreSQL.
    """
    dropped = {"DATABASE_URL", "REDIS_URL", "SITE_URL", "SQLITE_PATH", "SMS_GATEWAY_URL", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PATH": f"{_BIN}{os.pathsep}{kept.get('PATH', os.defpath)}"}


def _check(name: str, command: Sequence[str]) -> bool:
    start = time.monotonic()
    variables = {**_environment(), **(_PRODUCTION if "--deploy" in command else {})}
    result = subprocess.run(
        [str(_BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(f"  {name}: {'ok' if not result.returncode else 'FAILED'}, {time.monotonic() - start:.1f} s")
    if result.returncode:
        say(result.stdout)
    return not result.returncode


def ask_all(arguments: Sequence[str], variables: Mapping[str, str], tally: Tally, marks: str) -> None:
    """Runs pytest, and what failed once more, if it is little."""
    with tempfile.TemporaryDirectory() as folder:
        failures = Path(folder) / "failures"
        _pytest(arguments, {**variables, "FAILED_TESTS": str(failures)}, tally, marks)
        tests = failures.read_text().splitlines() if failures.exists() else []
    if not 0 < len(tests) <= _MOST_ASKED_AGAIN:
        return
    say("\nAsked again, alone:")
    again = Tally()
    if _pytest(["-n", "0", *tests], variables, again, marks) == 0 and again.passed == len(tests):
        tally.passed, tally.failed = tally.passed + again.passed, tally.failed - len(tests)
        tally.unsteady += tests


def _pytest(arguments: Sequence[str], variables: Mapping[str, str], tally: Tally, marks: str | None) -> int:
    """Runs pytest, shows what it prints, and counts by its closing line."""
    selection = [] if marks is None else ["-m", marks]
    command = [str(_BIN / "python"), "-m", "pytest", *selection, *arguments]
    closing = ""
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            closing = line if re.search(r"\d+ (passed|failed|error)|no tests ran", line) else closing
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", closing)}
    bad = counts.get("failed", 0) + counts.get("error", 0)
    tally.passed += counts.get("passed", 0)
    tally.failed += bad or int(process.returncode != 0)
    return process.returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StepFailed as error:
        sys.stderr.write(f"\n{error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
