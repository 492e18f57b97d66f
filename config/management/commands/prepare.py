"""``manage.py prepare``: database, translations, static files and the demo city, each only when it is due."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import catalogs, demonstration, preparation


def add_clock_arguments(parser: CommandParser) -> None:
    """What `serve` takes too."""
    parser.add_argument("--clock", metavar="MOMENT", help="let business time begin at 2026-12-24T16:58; “real” ends that")
    parser.add_argument("--speed", type=int, metavar="N", help="let business time go N times as fast")


class Command(BaseCommand):
    help = "Brings database, translations and static files up to date and builds the demo city if there is none."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", type=int, default=0, metavar="N", help="size of the demo city; 0 for none")
        add_clock_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if preparation.migrations_are_due():
            with self._step("Making the database"):
                preparation.migrate()
        # Before the city is built: it ends on the day that the clock shows.
        self._wind(options["clock"], options["speed"])
        preparation.load_promises()
        preparation.load_plans()
        preparation.load_knowledge()
        catalogs.compile_all()
        if preparation.static_files_are_due():
            with self._step("Collecting static files"):
                preparation.collect_static_files()
        if options["accounts"] and "build_city" in get_commands():
            with self._step("Demo city"):
                call_command("build_city", accounts=options["accounts"])

    def _wind(self, clock: str | None, speed: int | None) -> None:
        try:
            running = demonstration.wind(demonstration.Wish.read(clock, speed))
        except demonstration.REFUSALS as refusal:
            raise CommandError(str(refusal)) from None
        if running:
            shows = timezone.localtime(running.shows)
            self.stdout.write(f"  Demonstration clock: {shows:%Y-%m-%d %H:%M}, {running.speed} times as fast; --clock real ends it")

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        start = time.monotonic()
        self.stdout.write(f"  {name} ...")
        self.stdout.flush()
        yield
        self.stdout.write(f"  {name}: {time.monotonic() - start:.1f} s")
