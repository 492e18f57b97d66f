"""The crews as they are at a moment, and a visit as a job for them: what suggestions are made of, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count

from accounts.models import Territory
from casework.models import Urgency
from sla.models import Clock

from .. import forecast, suggestions
from ..distances import Point
from ..forecast import Forecast
from ..models import Crew, CrewShift, Offer, Visit
from ..suggestions import Candidate, Job, Suggestion
from .crews import present
from .in_person import crews_in_person

#: Older than this, where a crew was says nothing about where it is.
POSITION_IS_GOOD_FOR = timedelta(hours=2)
#: What an arrival is measured by where no promise says anything: the hour the sources name for danger.
EMERGENCY_MINUTES = 60


@dataclass(frozen=True)
class Outlook:
    """Who could go, the best first, and whether anybody will be there in time (None where no arrival is promised)."""

    suggestions: list[Suggestion]
    forecast: Forecast | None


def outlook(visit: Visit, at: datetime) -> Outlook:
    """For one visit, as of now."""
    [job] = jobs_of([visit], at)
    found = suggestions.suggest(job, candidates(at, besides=visit.pk, also=job.theirs or ()), speed_kmh=settings.CREW_SPEED_KMH)
    return Outlook(found, foreseen(job, found))


def foreseen(job: Job, found: Sequence[Suggestion]) -> Forecast | None:
    """Whether anybody will be there in time; None where no arrival is promised."""
    return forecast.foresee(found, within=job.within) if job.is_emergency and job.within is not None else None


def jobs_of(visits: Sequence[Visit], at: datetime) -> list[Job]:
    """What each visit asks of a crew; two statements for all of them, where their territories are at hand; six with a steward's."""
    if not visits:
        return []
    asked: dict[int, set[int]] = defaultdict(set)
    # A crew whose visit was put off for the customer's time did not refuse it.
    answered = Offer.objects.filter(visit__in=visits).exclude(answer__in=["", Offer.Answer.PUT_OFF])
    for visit, crew in answered.values_list("visit", "crew"):
        asked[visit].add(crew)
    due, theirs = _arrivals(visits), crews_in_person(visits, at)
    jobs = [_job(visit, asked[visit.pk], due.get(visit.timeline_id), at) for visit in visits]
    return [replace(job, theirs=theirs.get(visit.pk)) for visit, job in zip(visits, jobs, strict=True)]


def _job(visit: Visit, asked: Collection[int], due_at: datetime | None, at: datetime) -> Job:
    within = EMERGENCY_MINUTES if visit.is_emergency else None
    return Job(
        skill=visit.skill,
        urgency=visit.urgency,
        place=Point(visit.latitude, visit.longitude) if visit.latitude is not None and visit.longitude is not None else None,
        territories=_keys(visit.territory.path) if visit.territory else (),
        within=within if due_at is None else max(0, int((due_at - at).total_seconds() // 60)),
        asked=frozenset(asked),
    )


def candidates(at: datetime, *, besides: int | None = None, also: Collection[int] = ()) -> list[Candidate]:
    """Every crew that is out or on call at a moment and has somebody there; ``besides``: the visit that is no load, being the question.

    ``also``: crews that are asked whether or not they stand on the roster.
    """
    called = dict.fromkeys(also, False) | _on_shift(at)
    crews = list(
        Crew.objects.filter(pk__in=called, retired_at=None)
        .select_related("position", "hall__territory")
        .prefetch_related("territories")
        .order_by("code")
    )
    manned = set(present(at).filter(crew__in=called).values_list("crew", flat=True))
    loads, homes = _loads(called, besides), _coordinates(crews)
    return [_candidate(crew, called[crew.pk], loads[crew.pk], homes, at) for crew in crews if crew.pk in manned]


def _candidate(crew: Crew, is_on_call: bool, load: Counter[str], homes: Mapping[int, Point], at: datetime) -> Candidate:
    position = getattr(crew, "position", None)
    is_seen = position is not None and at - position.at <= POSITION_IS_GOOD_FOR and not is_on_call
    return Candidate(
        crew=crew.pk,
        code=crew.code,
        skills=crew.skills,
        territories=frozenset(one.pk for one in crew.territories.all()),
        place=Point(position.latitude, position.longitude) if is_seen and position else _home(crew, homes),
        is_seen=is_seen,
        emergencies=load[Urgency.EMERGENCY],
        others=load.total() - load[Urgency.EMERGENCY],
        is_on_call=is_on_call,
    )


def _on_shift(at: datetime) -> dict[int, bool]:
    """Crew -> whether it is only on call at home."""
    shifts = CrewShift.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("crew", "is_on_call")
    called: dict[int, bool] = {}
    for crew, is_on_call in shifts:
        called[crew] = called.get(crew, True) and is_on_call
    return called


def _loads(crews: Iterable[int], besides: int | None) -> Mapping[int, Counter[str]]:
    """Crew -> its open visits by urgency."""
    rows = Visit.objects.open().filter(crew__in=list(crews)).exclude(pk=besides or 0).values_list("crew", "urgency").annotate(n=Count("pk"))
    loads: dict[int, Counter[str]] = defaultdict(Counter)
    for crew, urgency, count in rows:
        loads[crew][urgency] += count
    return loads


def _home(crew: Crew, homes: Mapping[int, Point]) -> Point | None:
    """Where its hall stands, else a place it works in."""
    places = ([crew.hall.territory] if crew.hall else []) + sorted(crew.territories.all(), key=lambda one: one.pk)
    return next((homes[one.pk] for one in places if one.pk in homes), None)


def _coordinates(crews: Collection[Crew]) -> Mapping[int, Point]:
    """Territory -> its coordinates or those of the nearest place around it; one statement."""
    places = {one.pk: one.path for crew in crews for one in crew.territories.all()}
    places |= {crew.hall.territory.pk: crew.hall.territory.path for crew in crews if crew.hall}
    around = Territory.objects.filter(pk__in={key for path in places.values() for key in _keys(path)}, latitude__isnull=False)
    rows = around.values_list("pk", "latitude", "longitude")
    known = {pk: Point(north, east) for pk, north, east in rows if north is not None and east is not None}
    found = {pk: next((known[key] for key in reversed(_keys(path)) if key in known), None) for pk, path in places.items()}
    return {pk: point for pk, point in found.items() if point is not None}


def _keys(path: str) -> list[int]:
    return [int(key) for key in path.strip("/").split("/")]


def _arrivals(visits: Sequence[Visit]) -> Mapping[int, datetime]:
    """Timeline -> by when somebody must have arrived, of the promises whose clocks an arrival stops."""
    clocks = Clock.objects.open().filter(timeline__in={visit.timeline_id for visit in visits}, version__family="arrival")
    found = clocks.filter(due_at__isnull=False).order_by("-due_at").values_list("timeline", "due_at")
    return {timeline: due_at for timeline, due_at in found if due_at is not None}
