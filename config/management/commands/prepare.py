"""``manage.py prepare``: database, translations, static files and the demo city, each only when it is due."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser

from config import catalogs, preparation


class Command(BaseCommand):
    help = "Brings database, translations and static files up to date and builds the demo city if there is none."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", type=int, default=0, metavar="N", help="size of the demo city; 0 for none")

    def handle(self, *args: Any, **options: Any) -> None:
        if preparation.migrations_are_due():
            with self._step("Making the database"):
                preparation.migrate()
        catalogs.compile_all()
        if preparation.static_files_are_due():
            with self._step("Collecting static files"):
                preparation.collect_static_files()
        if options["accounts"] and "build_city" in get_commands():
            with self._step("Demo city"):
                call_command("build_city", accounts=options["accounts"])

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        self.stdout.write(f"  {name} ...")
        self.stdout.flush()
        yield
        self.stdout.write(f"  {name}: {time.monotonic() - start:.1f} s")
