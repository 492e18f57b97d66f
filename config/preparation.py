"""What stands between an empty database and a running house. Each step looks first and does nothing if there is nothing to do."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_STAMP = "collected"


def migrations_are_due() -> bool:
    """Is there a migration that this database has not seen?"""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Brings the database up to date, the cache's table included."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable")


def load_promises() -> None:
    """Brings the book of promises, calendars and public holidays up to their files; writes only what changed."""
    call_command("load_promises", verbosity=0)


def load_plans() -> None:
    """Brings the plans of applications for gas up to their file; writes only what changed."""
    call_command("load_plans", verbosity=0)


def load_knowledge() -> None:
    """Brings the knowledge base up to its files; writes only what changed."""
    call_command("load_knowledge", verbosity=0)


def static_files_are_due() -> bool:
    """Has a static file, ours or a package's, changed since they were collected last?"""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    return not stamp.exists() or stamp.read_text() != _static_fingerprint()


def collect_static_files() -> None:
    """Collects, names by content and compresses. The stamp comes last, so that an interrupted run begins again."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["redoc"])
    (Path(settings.STATIC_ROOT) / _STAMP).write_text(_static_fingerprint())


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
