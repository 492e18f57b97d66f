import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework import queries
from casework.inclusion import Inclusion, fault_of
from casework.journal import Published
from casework.journal_keys import our_keys


class Command(BaseCommand):
    help = (
        "Prove the journal: every root, every hash of every event; name the first thing that was changed and exit 1. "
        "With --proof check one file of prove_timeline instead, without the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--published", type=Path, metavar="FILE", help="a copy of /journal/roots.json that was kept elsewhere")

        parser.add_argument("--proof", type=Path, metavar="FILE", help="a file of prove_timeline, to be checked by itself")
        parser.add_argument("--key", metavar="HEX", help="the public key trusted with --proof; left out: those of this installation")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["proof"]:
            self._check(options["proof"], options["key"], options["published"])
            return
        proof = queries.prove_journal(_copy(options["published"]) if options["published"] else ())
        if proof.fault:
            raise CommandError(f"{proof.fault} (after {proof.roots:,} good roots and {proof.events:,} good events)")
        self.stdout.write(f"{proof.timelines:,} timelines, {proof.events:,} events, {proof.roots:,} roots: everything holds.")

    def _check(self, path: Path, key: str | None, published: Path | None) -> None:
        keys = {key.strip().lower()} if key else our_keys()
        if not keys:
            raise CommandError("Say with --key whose signature counts: the public key as it was given to you on paper.")
        try:
            proof: Inclusion = json.loads(path.read_text(encoding="utf-8"))
            fault = fault_of(proof, keys=keys, published=_copy(published) if published else ())
            told = proof["root"]["statement"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise CommandError(f"{path} is no file of prove_timeline.") from None
        if fault:
            raise CommandError(f"{path}: {fault}.")
        events = f"timeline {proof['timeline']} had {proof['events']:,} events"
        self.stdout.write(f"{path}: {events} when root {told['number']} of {told['at'][:10]} was signed: holds.")


def _copy(path: Path) -> list[Published]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [{"statement": root["statement"], "key": root["key"], "signature": root["signature"]} for root in found["roots"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(f"{path} is no copy of /journal/roots.json.") from None
