"""Who goes, where nobody has to decide: an emergency is offered at once, and what a crew does not take goes to the next best.

Note [Asked by itself]. Only crews on shift that have not been asked about this visit are asked by themselves (suggestions.py). When
none is left the dispatchers on duty are told; whatever a dispatcher did meanwhile stands, and we do nothing.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import System
from casework.models import Case
from casework.operations import StaleRow, Step, WrongMove, amend

from .. import queries, suggestions
from ..forecast import Forecast
from ..models import Crew, Visit
from ..states import VisitStatus
from ..suggestions import Suggestion
from . import steps
from .offers import lapse, offer

log = logging.getLogger(__name__)

_BY = System("dispatch")
#: Offers that one run of the job lets lapse; the next run goes on.
BATCH = 200


def send_first(*, visit: int, at: datetime) -> None:
    """An emergency was asked for: ask the best crew at once, and say now if nobody can be there in time. Joins the caller's transaction."""
    row = _waiting(visit)
    if row is not None and row.is_emergency:
        _send(row, at)


def ask_next(*, visit: int, at: datetime) -> None:
    """The crew that was asked does not come: ask the next best. Joins the caller's transaction."""
    row = _waiting(visit)
    if row is not None:
        _send(row, at)


def lapse_offers(*, at: datetime, limit: int = BATCH) -> int:
    """Let offers lapse that no crew has answered in time; how many were looked at. The next crew is owed in the same transaction.

    Any number may run at once: each visit is claimed under its lock, and one that fails holds up no other.
    """
    seen: list[int] = []
    while len(seen) < limit and _lapse_one(at, seen):
        pass
    return len(seen)


@transaction.atomic
def _lapse_one(at: datetime, seen: list[int]) -> bool:
    """Whether there was one that had not been seen in this run."""
    visit = _lapsing(at, seen)
    if visit is None:
        return False
    seen.append(visit.pk)
    try:
        with transaction.atomic():
            lapse(visit=visit, by=_BY, at=at)
    except Exception as error:  # noqa: BLE001 - whatever ails one visit, the next one must be offered on
        log.error("offer did not lapse", extra={"visit": visit.pk, "error": type(error).__name__})
    return True


def follow_case(*, case: Case, at: datetime) -> None:
    """A case is taken for something else now: its open visits with it, and what has become an emergency is offered at once."""
    for visit in Visit.objects.open().filter(case=case).order_by("pk"):
        rank = steps.rank_of(case, case.urgency)
        if (visit.urgency, visit.rank) == (case.urgency, rank):
            continue
        amend(visit, fields={"urgency": case.urgency, "rank": rank}, steps=[], by=_BY, at=at)
        send_first(visit=visit.pk, at=at)


def _lapsing(at: datetime, seen: Sequence[int]) -> Visit | None:
    waiting = Visit.objects.filter(status=VisitStatus.OFFERED, offers__answer="", offers__lapses_at__lte=at).exclude(pk__in=seen)
    locked = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return locked.order_by("rank", "offers__lapses_at", "pk").first()


def _waiting(visit: int) -> Visit | None:
    return Visit.objects.select_related("territory", "timeline").filter(pk=visit, status=VisitStatus.ASKED).first()


def _send(visit: Visit, at: datetime) -> None:
    try:
        seen = queries.outlook(visit, at)
        if seen.forecast is not None and seen.forecast.is_late and visit.late_foreseen_at is None:
            _foretell(visit, seen.forecast, at)
        _ask(visit, seen.suggestions, at)
    except (StaleRow, WrongMove):
        log.info("somebody else dispatched it", extra={"visit": visit.pk})


def _ask(visit: Visit, found: Sequence[Suggestion], at: datetime) -> None:
    best = suggestions.next_best(found)
    if best is not None:
        crew = Crew.objects.get(pk=best.crew)
        offer(visit=visit, crew=crew, reasons=[str(reason) for reason in best.reasons], by=_BY, at=at)
        return
    facts = {"visit": visit.pk, "purpose": str(visit.purpose)}
    amend(visit, fields={}, steps=[Step("visit.nobody_left", facts)], by=_BY, at=at)


def _foretell(visit: Visit, forecast: Forecast, at: datetime) -> None:
    ways: list[dict[str, Any]] = [{"option": str(way.option), "crew": way.crew, "minutes": way.minutes} for way in forecast.ways]
    facts = {"visit": visit.pk, "purpose": str(visit.purpose), "minutes": forecast.minutes, "ways": ways}
    amend(visit, fields={"late_foreseen_at": at}, steps=[Step("visit.late_foreseen", facts)], by=_BY, at=at)
