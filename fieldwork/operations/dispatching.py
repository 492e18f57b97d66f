"""Who goes, where nobody has to decide: an emergency is offered at once, and what a crew does not take goes to the next best.

Note [Asked by itself]. Only crews on shift that have not been asked about this visit are asked by themselves (suggestions.py). When
none is left the dispatchers on duty are told; whatever a dispatcher did meanwhile stands, and we do nothing.

Note [Told again]. Of an emergency they are told again every REMIND_MINUTES until a crew is asked or nobody need go. Each time we look
first whether a crew has come on shift meanwhile. When the next time is due stands in the visit and is written with the event, so that
any number of runs tell each time once.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.actors import System
from casework.models import Case, Timeline, Urgency
from casework.operations import Step, amend, record

from .. import queries, suggestions
from ..forecast import Forecast
from ..models import Crew, Visit
from ..states import VisitStatus
from . import own_crews, steps
from .holding import hold_visits
from .offers import lapse, put_to

log = logging.getLogger(__name__)

_BY = System("dispatch")
#: Offers that one run of the job lets lapse; the next run goes on.
BATCH = 200


def send_first(*, visits: Collection[int], at: datetime) -> set[int]:
    """Emergencies were asked for: ask the best crews at once, and say now where nobody can be there in time.

    Joins the caller's transaction. Waits for nobody: returns those that somebody else holds, to be looked at again.
    """
    wanted = Visit.objects.filter(pk__in=visits, urgency=Urgency.EMERGENCY)
    return _send(wanted, at)


def ask_next(*, visits: Collection[int], at: datetime) -> set[int]:
    """The crews that were asked do not come: ask the next best. As ``send_first`` otherwise."""
    return _send(Visit.objects.filter(pk__in=visits), at)


def lapse_offers(*, at: datetime, limit: int = BATCH) -> int:
    """Let offers lapse that no crew has answered in time; how many were looked at. The next crew is owed in the same transaction.

    Any number may run at once: each visit is claimed under its lock, and one that fails holds up no other.
    """
    waiting = Visit.objects.filter(status=VisitStatus.OFFERED, offers__answer="", offers__lapses_at__lte=at)
    first = waiting.order_by("rank", "offers__lapses_at", "pk")
    return _one_by_one(first, lambda visit: lapse(visit=visit, by=_BY, at=at), limit)


def remind_dispatchers(*, at: datetime, limit: int = BATCH) -> int:
    """Look again at emergencies that nobody goes to; how many. See Note [Told again]. Any number may run at once."""
    waiting = Visit.objects.filter(status=VisitStatus.ASKED, urgency=Urgency.EMERGENCY, remind_at__lte=at)
    return _one_by_one(waiting.order_by("rank", "remind_at", "pk"), lambda visit: send_first(visits={visit.pk}, at=at), limit)


def _one_by_one(found: QuerySet[Visit], act: Callable[[Visit], object], limit: int) -> int:
    seen: list[int] = []
    while len(seen) < limit and _next_one(found, act, seen):
        pass
    return len(seen)


@transaction.atomic
def _next_one(found: QuerySet[Visit], act: Callable[[Visit], object], seen: list[int]) -> bool:
    """Whether there was one that had not been seen in this run, and that nobody holds."""
    visit = found.exclude(pk__in=seen).select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
    if visit is None:
        return False
    seen.append(visit.pk)
    try:
        with transaction.atomic():
            act(visit)
    except Exception as error:  # noqa: BLE001 - whatever ails one visit, somebody must be sent to the next one
        log.error("visit was not looked at", extra={"visit": visit.pk, "error": type(error).__name__})
    return True


def follow_case(*, case: Case, at: datetime) -> None:
    """A case is taken for something else now: its open visits with it, and what has become an emergency is offered at once."""
    for visit in hold_visits(Visit.objects.open().filter(case=case)):
        rank = steps.rank_of(case, case.urgency)
        if (visit.urgency, visit.rank) == (case.urgency, rank):
            continue
        amend(visit, fields={"urgency": case.urgency, "rank": rank}, steps=[], by=_BY, at=at)
        # We hold it already, having just written to it.
        send_first(visits={visit.pk}, at=at)


def _send(wanted: QuerySet[Visit], at: datetime) -> set[int]:
    """Of those that nobody has. Who was asked a moment ago is busier for the next one: the crews are read once and counted on."""
    waiting = set(wanted.filter(status=VisitStatus.ASKED).values_list("pk", flat=True))
    ready = _hold(waiting)
    own_crews.form_missing(visits=ready, at=at)
    jobs = queries.jobs_of(ready, at)
    crews = {one.crew: one for one in queries.candidates(at, also=[crew for job in jobs for crew in job.theirs or ()])} if ready else {}
    rows = Crew.objects.in_bulk(crews)
    for visit, job in zip(ready, jobs, strict=True):
        found = suggestions.suggest(job, crews.values(), speed_kmh=settings.CREW_SPEED_KMH)
        foreseen = queries.foreseen(job, found)
        if foreseen is not None and foreseen.is_late and visit.late_foreseen_at is None:
            _foretell(visit, foreseen, at)
        best = suggestions.next_best(found)
        if best is None:
            _find_nobody_left(visit, at)
            continue
        put_to(visit=visit, crew=rows[best.crew], reasons=[str(reason) for reason in best.reasons], by=_BY, at=at)
        crews[best.crew] = crews[best.crew].with_one_more(job)
    return waiting - {visit.pk for visit in ready}


def _hold(visits: Collection[int]) -> list[Visit]:
    """Those that still wait and nobody holds, who goes first on top; locked with their timelines, the visit before, like every step."""
    waiting = Visit.objects.filter(pk__in=visits, status=VisitStatus.ASKED).select_related("territory")
    rows = list(waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("rank", "asked_at", "pk"))
    held = Timeline.objects.filter(pk__in={visit.timeline_id for visit in rows}).select_for_update(skip_locked=True, no_key=True)
    timelines = {timeline.pk: timeline for timeline in held.order_by("pk")}
    ready = [visit for visit in rows if visit.timeline_id in timelines]
    for visit in ready:
        visit.timeline = timelines[visit.timeline_id]
    return ready


def _find_nobody_left(visit: Visit, at: datetime) -> None:
    """Told once; of an emergency again and again. Its version stays: a dispatcher who looks at it is not looking at an old page."""
    facts: dict[str, Any] = {"visit": visit.pk, "purpose": str(visit.purpose)}
    verb = "visit.nobody_left"
    if visit.remind_at is not None:
        verb, facts["minutes"] = "visit.still_nobody", int((at - visit.asked_at).total_seconds() // 60)
    if visit.is_emergency:
        Visit.objects.filter(pk=visit.pk).update(remind_at=at + timedelta(minutes=settings.REMIND_MINUTES))
    record(timeline_id=visit.timeline_id, steps=[Step(verb, facts)], by=_BY, at=at, known=visit.timeline)


def _foretell(visit: Visit, forecast: Forecast, at: datetime) -> None:
    ways: list[dict[str, Any]] = [{"option": str(way.option), "crew": way.crew, "minutes": way.minutes} for way in forecast.ways]
    facts = {"visit": visit.pk, "purpose": str(visit.purpose), "minutes": forecast.minutes, "ways": ways}
    amend(visit, fields={"late_foreseen_at": at}, steps=[Step("visit.late_foreseen", facts)], by=_BY, at=at)
