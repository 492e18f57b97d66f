"""Counting by the hour what happened to clocks, and keeping what the forecast said so that it can be held against what came."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Clock, Forecast, HourlyPace, Promise
from ..queries.board import Looking
from ..queries.outlook import HORIZON, LEAD, hour_of, outlook
from ..queries.teams import teams_at

_COLUMNS = ("started_at", "stopped_at", "due_at", "hall_id", "owner_id")
type Key = tuple[datetime, int | None, str]
type Row = tuple[datetime, datetime | None, datetime | None, int | None, int | None]


@dataclass
class _Count:
    ended: int = 0
    in_time: int = 0
    broken: int = 0
    ahead: list[int] = field(default_factory=lambda: [0] * HORIZON)


@transaction.atomic
def pace_hours(*, days: int, at: datetime) -> None:
    """Count the hours of today and the days before it anew; what stood there is replaced. People count for the team they are in now."""
    since = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    counts: dict[Key, _Count] = {}
    teams = teams_at(at)
    for *moments, hall, owner in _rows(since, at):
        _count(counts, moments, (hall, teams.get(owner, "") if owner else ""), (since, at))
    HourlyPace.objects.filter(hour__gte=since).delete()
    rows = [
        HourlyPace(hour=hour, hall_id=hall, team=team, ended=one.ended, in_time=one.in_time, broken=one.broken, ahead=_trimmed(one.ahead))
        for (hour, hall, team), one in counts.items()
    ]
    HourlyPace.objects.bulk_create(rows, batch_size=500)


def foretell(*, at: datetime) -> None:
    """Keep what the forecast for all halls says about the hour that begins ``LEAD`` from now; the first word about an hour stays."""
    found = outlook(Looking(), at=at)
    if not found.weeks:
        return
    hour = hour_of(at) + LEAD
    expected = next((one for one in found.hours if one.known.begins == hour), None)
    if expected is not None:
        said = {"made_at": at, "due": expected.known.due, "broken": round(expected.broken)}
        Forecast.objects.get_or_create(hour=hour, defaults=said)


def _rows(since: datetime, at: datetime) -> Iterator[Row]:
    """Clocks that ended since, and those that run and fell due since or will soon: one that began since and fell due soon is among them."""
    promises = list(Promise.objects.values_list("pk", flat=True))
    ended = Clock.objects.filter(promise__in=promises, status=Clock.Status.STOPPED, stopped_at__gte=since, stopped_at__lt=at)
    soon = at + timedelta(hours=HORIZON)
    running = Clock.objects.filter(status=Clock.Status.RUNNING, due_at__gte=since, due_at__lt=soon)
    for clocks in (ended, running):
        yield from clocks.values_list(*_COLUMNS).iterator(chunk_size=2000)


def _count(
    counts: dict[Key, _Count],
    moments: list[datetime | None],
    whose: tuple[int | None, str],
    span: tuple[datetime, datetime],
) -> None:
    started_at, stopped_at, due_at = moments
    since, until = span

    def of(moment: datetime) -> _Count:
        return counts.setdefault((hour_of(moment), *whose), _Count())

    if stopped_at is not None:
        ended = of(stopped_at)
        ended.ended += 1
        ended.in_time += due_at is None or stopped_at <= due_at
    if due_at is None:
        return
    if since <= due_at < until and (stopped_at is None or stopped_at > due_at):
        of(due_at).broken += 1
    if started_at is not None and since <= started_at < until:
        distance = (hour_of(due_at) - hour_of(started_at)) // timedelta(hours=1)
        if 0 <= distance < HORIZON:
            of(started_at).ahead[distance] += 1


def _trimmed(numbers: list[int]) -> list[int]:
    """Without the noughts at the end."""
    while numbers and not numbers[-1]:
        numbers = numbers[:-1]
    return numbers
