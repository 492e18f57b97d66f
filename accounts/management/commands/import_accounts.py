"""``manage.py import_accounts FILE``: accounts from another system, with a report of every line that cannot be taken."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from ...actors import System
from ...clock import business_now
from ...importing import COLUMNS, BadHeader, Fault, UnreadableFile, open_table
from ...operations.imports import Outcome, Plan, import_accounts


class Command(BaseCommand):
    help = "Import accounts from CSV (UTF-8, GB18030 or Windows-1251) or XLSX; docs/import.md describes the columns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="write nothing if a single line is bad")
        parser.add_argument("--known-places", action="store_true", help="refuse places that are not in the territory tree yet")
        parser.add_argument("--report", type=Path, help="where the bad lines are listed (default: FILE.faults.csv)")
        parser.add_argument("--template", action="store_true", help="print a file with all columns and one example")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["template"]:
                self._print_template()
            elif options["file"] is None:
                raise CommandError(_("Say which file."))
            else:
                self._import(options["file"], options)

    def _print_template(self) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow([column.name for column in COLUMNS])
        writer.writerow([column.example for column in COLUMNS])

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        plan = Plan(is_dry=options["dry_run"], all_or_nothing=options["all_or_nothing"], makes_places=not options["known_places"])
        report = options["report"] or path.with_name(f"{path.name}.faults.csv")
        try:
            table = open_table(path)
        except (OSError, UnreadableFile, BadHeader) as fault:
            raise CommandError(str(fault)) from fault
        began = monotonic()
        with report.open("w", encoding="utf-8-sig", newline="") as file:
            faults = csv.writer(file)
            faults.writerow(["line", "column", "reason"])

            def note(fault: Fault) -> None:
                faults.writerow([fault.line, fault.column, fault.reason])

            lines = tqdm(table.lines, total=table.size or None, unit=" lines", disable=not sys.stderr.isatty())
            try:
                outcome = import_accounts(lines=lines, plan=plan, report=note, by=System("import"), at=business_now())
            except UnreadableFile as fault:
                raise CommandError(str(fault)) from fault
        self._say(outcome, plan, report, monotonic() - began)

    def _say(self, outcome: Outcome, plan: Plan, report: Path, seconds: float) -> None:
        done = _("would be written") if plan.is_dry else _("written")
        self.stdout.write(
            _("%(read)d lines read: %(written)d %(done)s, %(unchanged)d there already, %(faulty)d bad; %(rate)d lines a second.")
            % {**vars(outcome), "done": done, "rate": outcome.read / max(seconds, 0.001)}
        )
        if not outcome.faulty:
            report.unlink()
            return
        message = ngettext("%(n)d bad line: see %(path)s", "%(n)d bad lines: see %(path)s", outcome.faulty)
        self.stdout.write(message % {"n": outcome.faulty, "path": report})
        if plan.all_or_nothing:
            raise CommandError(_("Nothing was written."))
