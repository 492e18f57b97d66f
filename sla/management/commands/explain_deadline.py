"""``manage.py explain_deadline``: when a promise would be due, and why; for one question or a CSV of many."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from ...queries.what_if import FIRST_YEAR, LAST_YEAR, Answer, OutOfReach, Question, UnknownHall, UnknownPromise, explain
from ...selection import DIMENSIONS

_COLUMNS = ("answered_by", "target_at", "due_at", "provisional", "error")


class BadRow(ValueError):
    """A question cannot be understood; the words say what is wrong with it."""


class Command(BaseCommand):
    help = "Says when a promise would be due and how that is computed; with --csv for every row of a file (promise, at, area ...)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--promise", help="a promise (T66) or a family of rivals")
        parser.add_argument("--at", help="when it would begin, 2026-09-30T17:05; without an offset by the operator's clock")
        parser.add_argument("--anchor-at", help="the agreed or planned moment, for promises that count from one")
        for name in DIMENSIONS:
            parser.add_argument(f"--{name}", default="", help="for whom or what; leave out what does not matter")
        parser.add_argument("--hall", default="", help="code of the hall whose hours count, for promises of hall hours")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="many questions, one a row; - for standard input")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            if options["csv"]:
                self._answer_many(options["csv"])
            else:
                self._answer_one(options)

    def _answer_one(self, options: Mapping[str, Any]) -> None:
        try:
            answer = explain(_question(options))
        except (BadRow, OutOfReach, UnknownHall, UnknownPromise) as fault:
            raise CommandError(_said(fault)) from fault
        self.stdout.write(f"{answer.policy.key} {answer.title}")
        for line in answer.for_staff:
            self.stdout.write(f"  {line}")

    def _answer_many(self, path: Path) -> None:
        if str(path) == "-":
            self._write(csv.DictReader(sys.stdin))
            return
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                self._write(csv.DictReader(file))
        except OSError as fault:
            raise CommandError(str(fault)) from fault

    def _write(self, rows: "csv.DictReader[str]") -> None:
        given = list(rows.fieldnames or ())
        if missing := {"promise", "at"} - set(given):
            raise CommandError(f"The file has no column {', '.join(sorted(missing))}.")
        writer = csv.DictWriter(
            self.stdout, [*given, *(name for name in _COLUMNS if name not in given)], lineterminator="\n", extrasaction="ignore"
        )
        writer.writeheader()
        faults = 0
        for row, answered in _answered(rows):
            writer.writerow({**row, **answered})
            faults += bool(answered["error"])
        if faults:
            self.stderr.write(f"{faults} rows could not be answered; their last column says why.")


def _answered(rows: Iterable[dict[str, str]]) -> Iterable[tuple[dict[str, str], dict[str, str]]]:
    for row in rows:
        try:
            yield row, _columns(explain(_question(row)))
        except (BadRow, OutOfReach, UnknownHall, UnknownPromise) as fault:
            yield row, {**dict.fromkeys(_COLUMNS, ""), "error": _said(fault)}


def _columns(answer: Answer) -> dict[str, str]:
    target, due = answer.deadline.target_at, answer.deadline.due_at
    return {
        "answered_by": answer.policy.key,
        "target_at": timezone.localtime(target).isoformat() if target else "",
        "due_at": timezone.localtime(due).isoformat() if due else "",
        "provisional": "yes" if answer.deadline.is_provisional else "",
        "error": "",
    }


def _question(given: Mapping[str, Any]) -> Question:
    if not given.get("promise"):
        raise BadRow("promise: say which")
    attributes = {name: str(given[name]) for name in DIMENSIONS if given.get(name)}
    anchor = _moment("anchor_at", given["anchor_at"]) if given.get("anchor_at") else None
    return Question(str(given["promise"]), _moment("at", given.get("at")), attributes, anchor, str(given.get("hall") or ""))


def _moment(name: str, text: Any) -> datetime:
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        moment = None
    if moment is None:
        raise BadRow(f"{name}: write a moment as 2026-09-30T17:05")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _said(fault: Exception) -> str:
    if isinstance(fault, UnknownHall):
        return f"hall: there is none with the code {fault}"
    if isinstance(fault, OutOfReach):
        return f"at: name a moment from {FIRST_YEAR} until before {LAST_YEAR}"
    return f"promise: there is none called {fault} for this" if isinstance(fault, UnknownPromise) else str(fault)
