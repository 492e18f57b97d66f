from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework import queries


class Command(BaseCommand):
    help = "Prove the journal: recompute the hash of every event; name the first that was changed and exit 1."

    def handle(self, *args: Any, **options: Any) -> None:
        proof = queries.prove_journal()
        if proof.fault:
            raise CommandError(f"{proof.fault} (after {proof.events:,} good events)")
        self.stdout.write(f"{proof.timelines:,} timelines, {proof.events:,} events: every link holds.")
