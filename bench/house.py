"""The product on a PostgreSQL of the benchmark's own, with a small city, made ready for one measuring process."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from . import postgres, servers

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class House:
    """Its environment for child processes, and its PostgreSQL."""

    environment: dict[str, str]
    server: postgres.Server

    def manage(self, *arguments: str) -> None:
        """Run a management command to its end."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def psql(self, file: str, **variables: object) -> None:
        """Run a file of bench/sql."""
        given = [part for name, value in {"ON_ERROR_STOP": 1, **variables}.items() for part in ("-v", f"{name}={value}")]
        subprocess.run([*self.server.program("psql"), "-q", *given, "-f", str(ROOT / "bench" / "sql" / file), "postgres"], check=True)


@contextmanager
def standing() -> Iterator[House]:
    """Database, Redis, keys and tables; this process may use the models from here on."""
    with postgres.running() as server, servers.redis() as redis, tempfile.TemporaryDirectory(prefix="pilotlight-bench-") as var:
        environment = {
            **os.environ,
            "DATABASE_URL": server.url,
            "REDIS_URL": redis,
            "PILOTLIGHT_VAR": var,
            "SECRET_KEY": secrets.token_hex(40),
            "FIELD_KEY": Fernet.generate_key().decode(),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            # The brake on callers is not what is measured; a window of one second keeps its list short.
            "API_RATE_USER": "100000/sec",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore:No directory at",
        }
        os.environ.update(environment)
        house = House(environment, server)
        house.manage("migrate", "-v0")
        house.manage("createcachetable")
        import django

        django.setup()
        yield house
