import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework import queries
from casework.journal import Published


class Command(BaseCommand):
    help = "Prove the journal: every root, every hash of every event; name the first thing that was changed and exit 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--published", type=Path, metavar="FILE", help="a copy of /journal/roots.json that was kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        proof = queries.prove_journal(_copy(options["published"]) if options["published"] else ())
        if proof.fault:
            raise CommandError(f"{proof.fault} (after {proof.roots:,} good roots and {proof.events:,} good events)")
        self.stdout.write(f"{proof.timelines:,} timelines, {proof.events:,} events, {proof.roots:,} roots: everything holds.")


def _copy(path: Path) -> list[Published]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [{"statement": root["statement"], "key": root["key"], "signature": root["signature"]} for root in found["roots"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(f"{path} is no copy of /journal/roots.json.") from None
