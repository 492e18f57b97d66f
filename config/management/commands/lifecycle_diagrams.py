"""``manage.py lifecycle_diagrams``: draws docs/states; ``--check`` only compares."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import diagrams


class Command(BaseCommand):
    help = "Draws the lifecycles of all apps into docs/states."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a diagram is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            diagrams.write()
        elif wrong := diagrams.outdated():
            raise CommandError(f"Out of date: {', '.join(wrong)}. Type: manage.py lifecycle_diagrams")
