import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework import queries, references
from casework.models import Timeline


class Command(BaseCommand):
    help = "Prove that what happened on one timeline was sealed: writes a file that verify_journal --proof checks without a database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="of a case (G4K-7QX-2MP), or the number of a timeline")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument("--head-only", action="store_true", help="leave the events out: only that there were so many, and their hash")

    def handle(self, *args: Any, **options: Any) -> None:
        timeline = _timeline(options["reference"])
        try:
            proof = queries.prove_inclusion(timeline, with_events=not options["head_only"])
        except queries.NotSealed:
            raise CommandError(f"Timeline {timeline.pk} is not sealed yet; the next root is made shortly after midnight.") from None
        options["out"].write_text(json.dumps(proof, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        number = proof["root"]["statement"]["number"]
        self.stdout.write(f"Timeline {timeline.pk}: {proof['events']} events under root {number}, written to {options['out']}.")


def _timeline(reference: str) -> Timeline:
    asked = Timeline.objects.filter(case__reference=references.tidy(reference))
    found = asked.first() or (Timeline.objects.filter(pk=reference).first() if reference.isdecimal() else None)
    if found is None:
        raise CommandError(f"There is no case and no timeline {reference}.")
    return found
