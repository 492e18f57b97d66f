from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from callbacks.models import Sample
from callbacks.queries.samples import check


class Command(BaseCommand):
    help = (
        "Draw samples again by their published seeds and compare: seed, frame, who was drawn, who replaced whom. "
        "Names what differs and exits 1. A seed that was drawn at random is told and forgiven with --random-is-fine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("promise", nargs="?", help="of one promise only: T72, T76, T77")
        parser.add_argument("label", nargs="?", help="and of one turn: 2026-W47")
        parser.add_argument("--random-is-fine", action="store_true", help="forgive samples older than the first root of the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        named = {name: options[name] for name in ("promise", "label") if options[name]}
        found = list(Sample.objects.filter(**named).order_by("drawn_at", "promise", "label"))
        if not found:
            raise CommandError("There is no such sample.")
        bad = 0
        for sample in found:
            faults = check(sample, random_is_fine=options["random_is_fine"]).faults
            bad += bool(faults)
            self.stdout.write(f"{sample} seed {sample.seed[:16]}… digest {sample.digest[:16]}…: {'; '.join(faults) or 'holds'}")
        if bad:
            raise CommandError(f"{bad} of {len(found)} samples are not what their seeds say.")
