"""``manage.py catalogs``: compile the translations; ``--update`` takes new messages in, ``--check`` names what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import catalogs


class Command(BaseCommand):
    help = "Compiles the translations; with --update takes new messages in first; with --check names what lacks a translation."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="merge the messages of code and templates into locale/")
        parser.add_argument("--check", action="store_true", help="fail if a message has no translation")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            catalogs.update()
        if options["check"]:
            self._check()
        self.stdout.write(f"{catalogs.compile_all()} compiled")

    def _check(self) -> None:
        wrong = [f"{language}: {message}" for language in catalogs.languages() for message in catalogs.untranslated(language)]
        if wrong:
            raise CommandError("without a translation:\n" + "\n".join(wrong))
