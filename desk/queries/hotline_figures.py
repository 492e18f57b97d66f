"""How well the hotline was answered on some days, for supervisors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.conf import settings
from django.db.models import Avg, Count, Q, QuerySet, Sum

from accounts.clock import business_midnight

from ..hotline_shares import Rang, Shares, shares
from ..models import Call
from ..states import CallStatus


@dataclass(frozen=True)
class Figures:
    """Of the days from ``since`` to ``until``, both counted. Seconds are means over answered calls, None without any."""

    since: date
    until: date
    shares: Shares
    talk_seconds: int | None
    hold_seconds: int | None
    holds_unasked: int
    solved: Fraction | None
    unwritten: int
    lapsed: int
    by_type: list[tuple[str, int]]
    by_agent: list[tuple[str, int, int | None]]


def figures(*, since: date, until: date) -> Figures:
    """A statement for the rings and four for the rest, whatever the number of calls."""
    calls = _between(business_midnight(since), business_midnight(until + timedelta(days=1)))
    rows = calls.exclude(status=CallStatus.RINGING).exclude(exchange_id="").order_by("pk")
    rang = [_rang(*row) for row in rows.values_list("rang_at", "answered_at", "ended_at")]
    answered = calls.filter(answered_at__isnull=False)
    said = answered.aggregate(
        hold=Avg("hold_seconds"),
        unasked=Sum("holds_unasked"),
        yes=Count("pk", filter=Q(is_solved=True)),
        told=Count("pk", filter=Q(is_solved__isnull=False)),
        unwritten=Count("pk", filter=Q(status=CallStatus.ENDED)),
        lapsed=Count("pk", filter=Q(order_outcome=Call.OrderOutcome.LAPSED)),
    )
    return Figures(
        since=since,
        until=until,
        shares=shares(rang, threshold=settings.RINGS_IN_TIME_SECONDS),
        talk_seconds=_mean(answered),
        hold_seconds=None if said["hold"] is None else round(said["hold"]),
        holds_unasked=said["unasked"] or 0,
        solved=Fraction(said["yes"], said["told"]) if said["told"] else None,
        unwritten=said["unwritten"],
        lapsed=said["lapsed"],
        by_type=_by_type(answered),
        by_agent=_by_agent(answered),
    )


def _between(start: datetime, end: datetime) -> QuerySet[Call]:
    return Call.objects.filter(rang_at__gte=start, rang_at__lt=end)


def _rang(rang_at: datetime, answered_at: datetime | None, ended_at: datetime | None) -> Rang:
    end = answered_at or ended_at or rang_at
    return Rang(int((end - rang_at).total_seconds()), answered_at is not None)


def _mean(answered: QuerySet[Call]) -> int | None:
    rows = answered.filter(ended_at__isnull=False).order_by("pk").values_list("answered_at", "ended_at", "hold_seconds")
    talked = [max(int((end - start).total_seconds()) - held, 0) for start, end, held in rows if start and end]
    return round(sum(talked) / len(talked)) if talked else None


def _by_type(answered: QuerySet[Call]) -> list[tuple[str, int]]:
    rows = answered.exclude(call_type="").values_list("call_type").annotate(count=Count("pk")).order_by("-count", "call_type")
    return [(str(Call.Type(kind).label), count) for kind, count in rows]


def _by_agent(answered: QuerySet[Call]) -> list[tuple[str, int, int | None]]:
    """Name, how many calls, and how many in a hundred were solved during the call."""
    told = Count("pk", filter=Q(is_solved__isnull=False))
    rows = (
        answered.filter(agent__isnull=False)
        .values_list("agent__name", "agent__number")
        .annotate(count=Count("pk"), yes=Count("pk", filter=Q(is_solved=True)), told=told)
        .order_by("-count", "agent__number")
    )
    return [(f"{name} ({number})", count, round(100 * yes / told) if told else None) for name, number, count, yes, told in rows]
