"""Write down what a crew built in and how long it worked, at the prices of that day."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Staff
from casework.operations import Step, record

from ..models import Part, Visit, WorkLine
from ..work_prices import MOST_MILLI, MOST_MINUTES


class UnknownPart(Exception):
    """No part that is still built in has this code."""

    def __init__(self) -> None:
        super().__init__(_("There is no part with this code. Choose one from the list."))


class NothingDone(Exception):
    """Neither a part nor minutes, or an amount that cannot be."""

    def __init__(self) -> None:
        super().__init__(_("Say which part and how many of it, or how many minutes of work."))


class VisitEnded(Exception):
    """What was built in is written down before the visit is finished."""

    def __init__(self) -> None:
        super().__init__(_("This visit has ended; its work can no longer be changed."))


@dataclass(frozen=True, kw_only=True)
class NewWork:
    """A part by its code with thousandths of its unit, or minutes of labour."""

    part: str = ""
    quantity_milli: int = 0
    minutes: int = 0
    note: str = ""


@transaction.atomic
def add_work(*, visit: Visit, work: NewWork, by: Staff, at: datetime, happened_at: datetime | None = None) -> WorkLine:
    """A line of work, with the part's price or the labour's as they are now. Raises UnknownPart, NothingDone, VisitEnded."""
    moment = happened_at or at
    if visit.ended_at is not None and moment > visit.ended_at:
        raise VisitEnded
    row = _part_line(work) if work.part else _labour_line(work)
    row.visit, row.note, row.at, row.by = visit, work.note.strip()[:200], moment, by.user.actor_label
    row.save(force_insert=True)
    _tell(visit, "visit.work_added", row, by, at)
    return row


@transaction.atomic
def strike_work(*, visit: Visit, line: int, by: Staff, at: datetime) -> None:
    """Take a line back that was written down by mistake. Raises VisitEnded; a line that is gone already is no mistake."""
    if visit.ended_at is not None:
        raise VisitEnded
    row = WorkLine.objects.filter(pk=line, visit=visit).first()
    if row is not None:
        _tell(visit, "visit.work_struck", row, by, at)
        row.delete()


def _part_line(work: NewWork) -> WorkLine:
    part = Part.objects.filter(code=work.part.strip().upper(), retired_at=None).first()
    if part is None:
        raise UnknownPart
    if not 0 < work.quantity_milli <= MOST_MILLI or work.minutes:
        raise NothingDone
    return WorkLine(kind=WorkLine.Kind.PART, part=part, quantity_milli=work.quantity_milli, price=part.price)


def _labour_line(work: NewWork) -> WorkLine:
    if not 0 < work.minutes <= MOST_MINUTES or work.quantity_milli:
        raise NothingDone
    return WorkLine(kind=WorkLine.Kind.LABOUR, minutes=work.minutes, price=settings.LABOUR_HOUR_PRICE)


def _tell(visit: Visit, verb: str, row: WorkLine, by: Staff, at: datetime) -> None:
    step = Step(verb, {"visit": visit.pk, "line": row.pk, "kind": str(row.kind)})
    record(timeline_id=visit.timeline_id, steps=[step], by=by.user, at=at, known=visit._state.fields_cache.get("timeline"))
