"""A database of each kind with all tables, migrated once for a whole run of tests and copied by whoever needs one."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from . import environment, system_packages
from .steps import ROOT, StepFailed

#: In the run's own PostgreSQL.
_NAME = "migrated"
#: As ``./run`` does it: the cache's table is no model's, and what a worker or a page writes there goes wrong without it.
_MIGRATE = [str(environment.PYTHON), "-m", "tools.narrow_states"]
_SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings"}


class Migrations:
    """Both begin at once, and run beside whatever is done until ``wait``."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        server = variables["TEST_POSTGRES_URL"]
        _create_database(server, variables)
        self._file = folder / "migrated.sqlite3"
        places = ({"SQLITE_PATH": str(self._file)}, {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{_NAME}"))})
        self._running = [_start({**variables, **place}) for place in places]

    def wait(self) -> dict[str, str]:
        """Where both are, as the environment variables under which the tests look. Raises StepFailed with what went wrong."""
        said = [process.communicate()[0] for process in self._running]
        if any(process.returncode for process in self._running):
            raise StepFailed("The migrations failed:\n" + "\n".join(text[-2000:] for text in said))
        return {"TEST_MIGRATED_FILE": str(self._file), "TEST_MIGRATED_DATABASE": _NAME}


def _create_database(server: str, variables: Mapping[str, str]) -> None:
    command = [str(Path(system_packages.postgres_folder()) / "createdb"), "--maintenance-db", server, _NAME]
    made = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if made.returncode:
        raise StepFailed(f"createdb failed:\n{made.stderr}")


def _start(variables: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(_MIGRATE, cwd=ROOT, env={**variables, **_SETTINGS}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
