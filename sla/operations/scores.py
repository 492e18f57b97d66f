"""Adding up ended clocks a day at a time, so that trends read rows and not clocks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from .. import histograms
from ..models import Clock, ClockQuerySet, Compensation, DailyScore, DailyShare, Promise, Span
from ..queries.teams import teams_at

_COLUMNS = (
    *("pk", "promise_id", "area", "segment", "hall_id", "owner_id"),
    *("stopped_at", "due_at", "consumed", "extensions", "breach_reason"),
)
type Key = tuple[str, str, str, int | None, int | None]
type Teams = Mapping[int, str]


@dataclass
class _Sum:
    kept: int = 0
    extended: int = 0
    broken: int = 0
    cost: int = 0
    lengths: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def score_days(*, days: int, at: datetime) -> None:
    """Score today and the days before it anew: what was recorded late, explained or compensated since is then right."""
    today = timezone.localdate(at)
    for back in range(days):
        score_day(day=today - timedelta(days=back))


@transaction.atomic
def score_day(*, day: date) -> None:
    """Add up the clocks that ended on a day; what stood there for it is replaced."""
    DailyScore.objects.filter(day=day).delete()
    DailyShare.objects.filter(day=day).delete()
    sums, teams = _sums(day), _teams(day)
    DailyScore.objects.bulk_create(
        [
            DailyScore(
                day=day,
                promise_id=promise,
                area=area,
                segment=segment,
                hall_id=hall,
                owner_id=owner,
                team=teams.get(owner, "") if owner else "",
                kept=one.kept,
                extended=one.extended,
                broken=one.broken,
                cost=one.cost,
                lengths=dict(one.lengths),
                reasons=dict(one.reasons),
            )
            for (promise, area, segment, hall, owner), one in sums.items()
        ],
        batch_size=500,
    )
    DailyShare.objects.bulk_create(list(_shares(day, teams)), batch_size=500)


def _sums(day: date) -> dict[Key, _Sum]:
    costs = _costs(day)
    sums: dict[Key, _Sum] = {}
    for pk, *key, stopped_at, due_at, consumed, extensions, reason in _ended(day).values_list(*_COLUMNS).iterator(chunk_size=2000):
        one = sums.setdefault(tuple(key), _Sum())
        one.lengths[histograms.bucket_of(consumed)] += 1
        one.cost += costs.get(pk, 0)
        if due_at is not None and stopped_at > due_at:
            one.broken += 1
            one.reasons[reason] += 1
        else:
            one.kept += 1
            one.extended += bool(extensions)
    return sums


def _ended(day: date) -> ClockQuerySet:
    # By promise, so that the index of ended clocks is walked and not all of them.
    promises = list(Promise.objects.values_list("pk", flat=True))
    since, until = _bounds(day)
    return Clock.objects.filter(promise__in=promises, status=Clock.Status.STOPPED, stopped_at__gte=since, stopped_at__lt=until)


def _costs(day: date) -> dict[int, int]:
    owed = Compensation.objects.filter(clock__in=_ended(day).values("pk")).exclude(status__in=Compensation.NOT_OWED)
    return {clock: paid or amount for clock, amount, paid in owed.values_list("clock", "amount", "paid")}


def _shares(day: date, teams: Teams) -> Iterator[DailyShare]:
    spans = Span.objects.filter(clock__in=_ended(day).values("pk")).values_list("clock__promise", "hall", "owner", "consumed")
    counts: Counter[tuple[str, int | None, int | None]] = Counter()
    seconds: Counter[tuple[str, int | None, int | None]] = Counter()
    for promise, hall, owner, consumed in spans.iterator(chunk_size=2000):
        counts[promise, hall, owner] += 1
        seconds[promise, hall, owner] += consumed
    for key, count in counts.items():
        whose = {"hall_id": key[1], "owner_id": key[2], "team": teams.get(key[2], "") if key[2] else ""}
        yield DailyShare(day=day, promise_id=key[0], **whose, spans=count, seconds=seconds[key])


def _teams(day: date) -> Teams:
    """The teams of that day: who joined in the course of it counts for the new one, who left for the old one."""
    since, until = _bounds(day)
    return {**teams_at(since), **teams_at(until)}


def _bounds(day: date) -> tuple[datetime, datetime]:
    """Local midnight to local midnight."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
