"""The coming hours: what falls due, who is there, and what at the pace of the last weeks will be broken.

Note [The same hour of other weeks]
    A pace is read for each coming hour from the same hour of the week in up to ``WEEKS`` weeks before, as many as have been counted.
    Weeks are gone back by the clock on the wall. A fixed number of statements, whatever there is.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, zip_longest

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import Absence, Duty

from ..forecast import Expected, Known, forecast
from ..models import Clock, Forecast, HourlyPace
from .board import Looking
from .teams import people_of, teams_at

#: Hours looked ahead, weeks looked back, and how far ahead a forecast is kept to be judged.
HORIZON, WEEKS = 8, 4
LEAD = timedelta(hours=4)
#: Open clocks that are read at most; beyond that every number is "at least".
MOST = 20_000
_HOUR, _WEEK = timedelta(hours=1), timedelta(days=7)
type Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Judged:
    """The forecasts of the last weeks against what came: hours judged, those right within one, broken as said and as came."""

    hours: int
    near: int
    said: int
    came: int


@dataclass(frozen=True)
class Outlook:
    """The coming hours. ``weeks``: how many the pace is from; without any only what is open is known. ``is_capped``: at least so many."""

    hours: Sequence[Expected]
    weeks: int
    is_capped: bool
    has_roster: bool
    judged: Judged | None = None

    @property
    def due(self) -> int:
        """Open clocks that fall due in these hours."""
        return sum(one.known.due for one in self.hours)

    @property
    def more(self) -> int:
        """How many are to be expected besides."""
        return round(sum(one.more for one in self.hours))

    @property
    def broken(self) -> int:
        """How many of all that fall due are to be expected broken."""
        return round(sum(one.broken for one in self.hours))


@dataclass(frozen=True)
class _Pace:
    """Means over the weeks of one hour of the week."""

    in_time: float
    ahead: Sequence[float]


def hour_of(moment: datetime) -> datetime:
    """The beginning of the moment's hour by the operator's clock."""
    return timezone.localtime(moment).replace(minute=0, second=0, microsecond=0)


def outlook(looking: Looking, *, at: datetime) -> Outlook:
    """For a hall and a team as the board looks at them; of a person nothing is foretold."""
    people = people_of(looking.team, teams_at(at)) if looking.team else None
    begins, weeks = _coming(at), _weeks_known(at)
    due, is_capped = _due(looking, people, [at, *begins[1:], begins[-1] + _HOUR])
    paces = _paces(looking, begins, weeks)
    now, *then = _present(looking, people, begins, weeks)
    hours = [
        Known(
            begins=max(begin, at),
            ends=begin + _HOUR,
            part=(begin + _HOUR - max(begin, at)) / _HOUR,
            due=due[place],
            pace=paces[place].in_time,
            ahead=paces[place].ahead,
            people=now[place],
            people_then=sum(week[place] for week in then) / weeks if weeks else 0.0,
        )
        for place, begin in enumerate(begins)
    ]
    return Outlook(forecast(hours), weeks, is_capped, any(hour.people for hour in hours))


def judged(at: datetime) -> Judged | None:
    """How forecasts of the last ``WEEKS`` weeks came true; None before the first could be. Two statements."""
    over = hour_of(at) - _HOUR  # the last hour is counted with the next job
    said = dict(Forecast.objects.filter(hour__gte=at - WEEKS * _WEEK, hour__lt=over).values_list("hour", "broken"))
    if not said:
        return None
    rows = HourlyPace.objects.filter(hour__gte=min(said), hour__lt=over).values_list("hour").annotate(came=Sum("broken"))
    came: Mapping[datetime, int] = dict(rows.order_by())
    near = sum(abs(count - came.get(hour, 0)) <= 1 for hour, count in said.items())
    return Judged(len(said), near, sum(said.values()), sum(came.get(hour, 0) for hour in said))


def _coming(at: datetime) -> list[datetime]:
    """The beginnings of this hour and of those after it."""
    return [hour_of(at).astimezone(UTC) + place * _HOUR for place in range(HORIZON)]


def _weeks_known(at: datetime) -> int:
    first = HourlyPace.objects.order_by("hour").values_list("hour", flat=True).first()
    return 0 if first is None else min((at - first) // _WEEK, WEEKS)


def _due(looking: Looking, people: Sequence[int] | None, bounds: Sequence[datetime]) -> tuple[list[int], bool]:
    clocks = Clock.objects.filter(status=Clock.Status.RUNNING, due_at__gte=bounds[0], due_at__lt=bounds[-1])
    if looking.hall is not None:
        clocks = clocks.filter(hall=looking.hall)
    if people is not None:
        clocks = clocks.filter(owner__in=people)
    moments = [moment for moment in clocks.order_by("due_at").values_list("due_at", flat=True)[:MOST] if moment]
    places = [bisect_left(moments, bound) for bound in bounds]
    return [after - before for before, after in pairwise(places)], len(moments) == MOST


def _paces(looking: Looking, begins: Sequence[datetime], weeks: int) -> Sequence[_Pace]:
    places = {_before(begin, week): place for place, begin in enumerate(begins) for week in range(1, weeks + 1)}
    rows = HourlyPace.objects.filter(hour__in=list(places))
    if looking.hall is not None:
        rows = rows.filter(hall=looking.hall)
    if looking.team:
        rows = rows.filter(Q(team=looking.team) | Q(team__startswith=f"{looking.team}@"))
    in_time = [0] * len(begins)
    ahead = [[0] * HORIZON for _begin in begins]
    for hour, count, begun in rows.values_list("hour", "in_time", "ahead"):
        place = places[hour]
        in_time[place] += count
        ahead[place] = [one + other for one, other in zip_longest(ahead[place], begun[:HORIZON], fillvalue=0)]
    return [_Pace(count / (weeks or 1), [number / (weeks or 1) for number in begun]) for count, begun in zip(in_time, ahead, strict=True)]


def _before(moment: datetime, weeks: int) -> datetime:
    """The same hour on the wall so many weeks ago."""
    return (timezone.localtime(moment) - weeks * _WEEK).astimezone(UTC)


def _present(looking: Looking, people: Sequence[int] | None, begins: Sequence[datetime], weeks: int) -> list[list[float]]:
    """For these hours, then for those of each week before: how many people were on the roster and not away, as parts of hours."""
    sets = [[_before(begin, week) for begin in begins] for week in range(weeks + 1)]
    touching = Q()
    for hours in sets:
        touching |= Q(starts_at__lt=hours[-1] + _HOUR, ends_at__gt=hours[0])
    duties = Duty.objects.filter(touching)
    if looking.hall is not None:
        duties = duties.filter(hall=looking.hall)
    if people is not None:
        duties = duties.filter(staff__in=people)
    on, away = _by_person(duties), _by_person(Absence.objects.filter(touching))
    return [[sum(_worked(hour, spans, away.get(person, ())) for person, spans in on.items()) for hour in hours] for hours in sets]


def _by_person(rows: QuerySet[Duty] | QuerySet[Absence]) -> Mapping[int, Sequence[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for person, since, until in rows.values_list("staff", "starts_at", "ends_at"):
        found[person].append((since, until))
    return found


def _worked(hour: datetime, on: Sequence[Span], away: Sequence[Span]) -> float:
    """The part of an hour that somebody is on the roster and not away."""
    there = _cut([(hour, hour + _HOUR)], on)
    return max(min(_length(there), 1.0) - _length(_cut(there, away)), 0.0)


def _cut(parts: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """What of the parts lies in a span."""
    return [(max(a, b), min(c, d)) for a, c in parts for b, d in spans if max(a, b) < min(c, d)]


def _length(parts: Sequence[Span]) -> float:
    return sum((ends - begins) / _HOUR for begins, ends in parts)
