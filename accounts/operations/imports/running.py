"""The run: batches of lines, each read, held against the file so far and the database, and written."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from ...importing import Fault, Row, read_row
from .known import Known
from .places import Places
from .writing import write

_BATCH = 2000
_UNIQUE = ("account_number", "card_number", "meter_serial")

type Lines = Iterable[tuple[int, dict[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to take them: try only; all or nothing; whether places below the county are made as they come."""

    is_dry: bool = False
    all_or_nothing: bool = False
    makes_places: bool = True


@dataclass
class Outcome:
    """How many lines were read, written, there already and the same, and faulty."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    faulty: int = 0


def import_accounts(*, lines: Lines, plan: Plan, report: Callable[[Fault], None], by: Actor, at: datetime) -> Outcome:
    """Take over every good line, a batch a transaction, or with ``all_or_nothing`` all of them or none.

    ``report`` hears every fault as it is found. Lines that are in the database just as they stand are skipped, so that a
    broken run is simply started again. Nothing is raised for a bad line.
    """
    run = _Run(plan, report, by, at)
    with _without_collector(), _whole(plan):
        for batch in batched(lines, _BATCH, strict=False):
            run.take(batch)
        if plan.is_dry or (plan.all_or_nothing and run.outcome.faulty):
            _undo(plan, run.outcome)
    return run.outcome


def _whole(plan: Plan) -> AbstractContextManager[None]:
    return transaction.atomic() if plan.all_or_nothing else nullcontext()


@contextmanager
def _without_collector() -> Iterator[None]:
    # A batch dies by its reference counts; looking for circles among its rows, of which there are none, took a quarter of the run.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _undo(plan: Plan, outcome: Outcome) -> None:
    if plan.all_or_nothing:
        transaction.set_rollback(True)
    if not plan.is_dry:
        outcome.written = 0


class _Run:
    def __init__(self, plan: Plan, report: Callable[[Fault], None], by: Actor, at: datetime) -> None:
        self.plan, self.report, self.by, self.at = plan, report, by, at
        self.outcome = Outcome()
        self.places = Places(makes=plan.makes_places)
        self.seen: dict[tuple[str, object], int] = {}
        self.names: dict[str, str] = {}

    def take(self, batch: Sequence[tuple[int, dict[str, str]]]) -> None:
        self.outcome.read += len(batch)
        rows = [row for line, cells in batch if (row := self._read(line, cells))]
        rows = [row for row in rows if not self._refuse(row, self._repeats(row) or self.places.fault(row))]
        known = Known(rows, self.places)
        fresh = []
        for row in rows:
            if known.is_same(row):
                self.outcome.unchanged += 1
            elif not self._refuse(row, known.fault(row) or self._other_name(row, known.digests.get(row.line))):
                fresh.append(row)
        self.outcome.written += len(fresh)
        spoiled = self.plan.all_or_nothing and self.outcome.faulty
        if fresh and not self.plan.is_dry and not spoiled:
            with transaction.atomic():
                self.places.make(fresh, by=self.by, at=self.at)
                write(fresh, self.places, known, by=self.by, at=self.at)

    def _read(self, line: int, cells: dict[str, str]) -> Row | None:
        row, faults = read_row(line, cells)
        if row is None:
            self.outcome.faulty += 1
            for fault in faults:
                self.report(fault)
        return row

    def _refuse(self, row: Row, why: tuple[str, str] | None) -> bool:
        if why is None:
            return False
        self.outcome.faulty += 1
        self.report(Fault(row.line, *why))
        return True

    def _other_name(self, row: Row, digest: str | None) -> tuple[str, str] | None:
        # Of a customer whom this run brings in; Known compares with those in the database.
        if digest and self.names.setdefault(digest, row["customer_name"]) != row["customer_name"]:
            return "identity_number", _("belongs to a customer with another name")
        return None

    def _repeats(self, row: Row) -> tuple[str, str] | None:
        keys: list[tuple[str, object]] = [(column, row[column]) for column in _UNIQUE if row[column]]
        keys.append(("door", (row.places, row["door"])))
        for key in keys:
            first = self.seen.setdefault(key, row.line)
            if first != row.line:
                return key[0], _("stands in line %(line)d already") % {"line": first}
        return None
