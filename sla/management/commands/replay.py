"""``manage.py replay``: a log, or what happened here, run through promises and calendars without writing a row."""

import csv
import gzip
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.clock import business_now

from ...books import PolicyBook
from ...calendars import Calendar
from ...draft_policies import as_if_always
from ...log_maps import BadMap, Dirty, LogMap, read_map, stories
from ...queries.policies import policies_at
from ...queries.stories import stories_between
from ...replay import Replay
from ...replay_report import CLOCK_COLUMNS, clock_row, report
from ...simulation import Story

_COLUMNS_OF_DIRT = ("line", "key", "reason", "detail")


class Command(BaseCommand):
    help = "Runs a log (FILE --map MAP), or what happened here (--days 90), through promises and calendars; touches no live data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="CSV, also gzipped")
        parser.add_argument("--map", type=Path, help="which column is which event (docs/replay.md)")
        parser.add_argument("--days", type=int, help="instead of a file: everything opened here in so many days")
        parser.add_argument("--policies", choices=["map", "current", "drafts"], help="whose promises; default: the map's own, else current")
        parser.add_argument("--until", type=datetime.fromisoformat, help="what happened later is not known yet; default: now")
        parser.add_argument("--csv", type=Path, metavar="OUT", help="one row for each clock, with who would have been told when")
        parser.add_argument("--dirty", type=Path, metavar="OUT", help="the rows that could not be used, and why")

    def handle(self, *args: Any, **options: Any) -> None:
        now = business_now()
        log = _opened(options, now)
        book = _book(log, options["policies"], now)
        until = _moment(options["until"], log) or now
        checks, zone = (log.map.checks, log.map.zone) if log.map and options["policies"] in {None, "map"} else ((), None)
        replay = Replay(book, until=until, checks=checks, zone=zone)
        with _writer(options["csv"], CLOCK_COLUMNS) as write:
            for row, story in tqdm(log.rows, unit=" rows", disable=None):
                for outcome in replay.take(row, story):
                    write(clock_row(outcome))
        with _writer(options["dirty"], _COLUMNS_OF_DIRT) as write:
            for dirt in replay.dirty:
                write([dirt.line, dirt.key, dirt.reason, dirt.detail])
        self.stdout.write("\n".join(report(replay, log.title)))


@dataclass(frozen=True)
class _Log:
    title: str
    rows: Iterator[tuple[Mapping[str, str], Story | Dirty]]
    map: LogMap | None = None


def _opened(options: Mapping[str, Any], now: datetime) -> _Log:
    if options["days"] and not options["file"]:
        since = now - timedelta(days=options["days"])
        return _Log(f"The last {options['days']} days here", (({}, story) for story in stories_between(since, now)))
    if not (options["file"] and options["map"]) or options["days"]:
        raise CommandError("Give a FILE with its --map, or --days.")
    log_map = _map(options["map"])
    return _Log(log_map.title or options["file"].name, stories(log_map, _rows(options["file"], log_map)), log_map)


def _map(path: Path) -> LogMap:
    try:
        return read_map(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as bad:
        raise CommandError(f"{path} cannot be read: {bad}") from bad
    except BadMap as bad:
        raise CommandError(f"{path}: {bad}") from bad


def _rows(path: Path, log_map: LogMap) -> Iterator[dict[str, str]]:
    try:
        with _text(path) as file:
            reader = csv.DictReader(file)
            if missing := sorted(log_map.columns() - set(reader.fieldnames or ())):
                raise CommandError(f"{path} has no column {', '.join(missing)}.")
            yield from reader
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as bad:
        raise CommandError(f"{path} cannot be read: {bad}") from bad


def _text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _book(log: _Log, whose: str | None, now: datetime) -> PolicyBook:
    """The promises asked for; the map's own calendars come before those of the house."""
    house, log_map = policies_at(now), log.map
    own = log_map.calendars if log_map else {}

    def calendar(key: str) -> Calendar:
        return own.get(key) or house.calendar(key)

    if whose == "map" and not (log_map and log_map.edition.promises):
        raise CommandError("The map brings no promises of its own.")
    if log_map and log_map.edition.promises and whose in {None, "map"}:
        return PolicyBook(log_map.edition, now, calendar)
    return replace(as_if_always(house, with_drafts=whose == "drafts"), calendar=calendar)


def _moment(until: datetime | None, log: _Log) -> datetime | None:
    if until is None or until.tzinfo:
        return until
    return until.replace(tzinfo=log.map.zone) if log.map else until.astimezone()


@contextmanager
def _writer(path: Path | None, columns: tuple[str, ...]) -> Iterator[Any]:
    """Writes rows of a CSV file, or nowhere."""
    with ExitStack() as stack:
        if path is None:
            yield lambda row: None
            return
        writer = csv.writer(stack.enter_context(path.open("w", encoding="utf-8", newline="")))
        writer.writerow(columns)
        yield writer.writerow
