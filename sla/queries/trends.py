"""How well promises were kept over time, from the daily scores: shares, lengths, reasons, cost, and in whose hands the time went.

Note [Rows without a team]
    Rows written before teams were counted say whose they were and not in which team. They count for the team in which that person
    is today, so that a trend does not begin on the day of an update.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Hall, Staff
from accounts.models.customer import Segment
from accounts.models.territory import Area

from .. import histograms, naming
from ..models import BreachReason, DailyScore, DailyShare
from . import teams
from .policies import policies_at

#: What lines can be told apart by, and the column for each.
GROUPS: Mapping[str, str] = {
    "promise": "promise",
    "area": "area",
    "segment": "segment",
    "hall": "hall",
    "team": "team",
    "person": "owner",
}
PERIODS = (1, 7, 28, 91)
_NOBODY: Mapping[str, str | Lazy] = {
    "area": _("unknown area"),
    "segment": _("no customer"),
    "hall": _("no hall"),
    "team": _("no team"),
    "person": _("nobody"),
}
_MOST = 40


@dataclass(frozen=True)
class Asked:
    """The days up to today, by what, and of which hall (its key), team (its code, or a role in every hall) and promise."""

    days: int = 28
    by: str = "promise"
    hall: int | None = None
    promise: str = ""
    team: str = ""


@dataclass
class Score:
    """Added up: kept (of them with more time), broken, what is owed for it, how long it took."""

    kept: int = 0
    extended: int = 0
    broken: int = 0
    cost: int = 0
    lengths: Counter[int] = field(default_factory=Counter)

    @property
    def ended(self) -> int:
        return self.kept + self.broken

    @property
    def share(self) -> float | None:
        """Kept of all that ended, in per cent; None where nothing did."""
        return 100 * self.kept / self.ended if self.ended else None

    def within(self, percent: int) -> int | None:
        """Seconds of working time within which so many per cent ended."""
        return histograms.percentile(self.lengths, percent)

    def add(self, other: "Score") -> "Score":
        """This and the other as one."""
        self.kept += other.kept
        self.extended += other.extended
        self.broken += other.broken
        self.cost += other.cost
        self.lengths.update(other.lengths)
        return self


@dataclass(frozen=True)
class Line:
    """One promise, area, segment, hall, team or person. ``code`` names it without personal data; ``change`` is in points against before."""

    code: str
    label: str
    score: Score
    change: float | None
    within: tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Hands:
    """Whose hands a share of the time went through: ``percent`` of all."""

    code: str
    label: str
    seconds: int
    spans: int
    percent: int


@dataclass(frozen=True)
class Trends:
    """Everything of the page; ``days`` are scores by day, oldest first, those without an ending left out."""

    total: Score
    lines: Sequence[Line]
    days: Sequence[tuple[date, Score]]
    reasons: Sequence[tuple[str, int]]
    hands: Sequence[Hands]


def trends(asked: Asked, *, at: datetime) -> Trends:
    """Of the last days and, for the change, of as many before; a fixed number of statements."""
    until = timezone.localdate(at)
    since = until - timedelta(days=asked.days - 1)
    members = teams.teams_at(at) if asked.team or asked.by == "team" else {}
    of = _of_those_asked(asked, members)
    before_since, before_until = since - timedelta(days=asked.days), since - timedelta(days=1)
    group = _Group(asked.by, members)
    groups, by_day, reasons = _add_up(DailyScore.objects.filter(of, day__gte=since, day__lte=until), group)
    before = _shares_before(DailyScore.objects.filter(of, day__gte=before_since, day__lte=before_until), group)
    total = _sum(groups.values())
    names = _names(asked.by, [key for key in groups if key], at)
    lines = [_line(key, score, names, asked.by, before.get(key)) for key, score in groups.items()]
    return Trends(
        total=total,
        lines=sorted(lines, key=lambda one: (-one.score.broken, -one.score.ended, one.code))[:_MOST],
        days=sorted(by_day.items()),
        reasons=[(_reason(code), count) for code, count in reasons.most_common()],
        hands=_hands(DailyShare.objects.filter(of, day__gte=since, day__lte=until)),
    )


@dataclass(frozen=True)
class _Group:
    """What rows are told apart by."""

    by: str
    members: Mapping[int, str]

    @property
    def column(self) -> str:
        return GROUPS[self.by]

    def key(self, found: object, owner: int | None) -> object:
        """The group of a row; see Note [Rows without a team]."""
        return self.members.get(owner or 0, "") if self.by == "team" and not found else found


def _of_those_asked(asked: Asked, members: Mapping[int, str]) -> Q:
    """Rows of the hall, the promise and the team."""
    of = Q() if asked.hall is None else Q(hall=asked.hall)
    if asked.promise:
        of &= Q(promise=asked.promise)
    if asked.team:
        unsaid = Q(team="", owner__in=teams.people_of(asked.team, members))
        of &= Q(team=asked.team) | Q(team__startswith=f"{asked.team}@") | unsaid
    return of


def _add_up(rows: QuerySet[DailyScore], group: _Group) -> tuple[dict[object, Score], dict[date, Score], Counter[str]]:
    groups: dict[object, Score] = {}
    days: dict[date, Score] = {}
    reasons: Counter[str] = Counter()
    columns = (group.column, "owner", "day", "kept", "extended", "broken", "cost", "lengths", "reasons")
    for key, owner, day, kept, extended, broken, cost, lengths, why in rows.values_list(*columns).iterator(chunk_size=2000):
        one = Score(kept, extended, broken, cost, histograms.merge([lengths]))
        groups.setdefault(group.key(key, owner), Score()).add(one)
        days.setdefault(day, Score()).add(one)
        reasons.update(why)
    return groups, days, reasons


def _sum(scores: Iterable[Score]) -> Score:
    total = Score()
    for one in scores:
        total.add(one)
    return total


def _shares_before(rows: QuerySet[DailyScore], group: _Group) -> Mapping[object, float | None]:
    """Group -> its share in the days before."""
    columns = (group.column, "owner") if group.by == "team" else (group.column,)
    found: dict[object, Score] = {}
    for *key, kept, broken in rows.values_list(*columns).order_by().annotate(all_kept=Sum("kept"), all_broken=Sum("broken")):
        found.setdefault(group.key(key[0], key[-1]), Score()).add(Score(kept=kept, broken=broken))
    return {key: score.share for key, score in found.items()}


def _line(key: object, score: Score, names: Mapping[object, tuple[str, str]], by: str, before: float | None) -> Line:
    code, label = names.get(key, (str(key or ""), str(_NOBODY.get(by, key))))
    change = score.share - before if score.share is not None and before is not None else None
    return Line(code, label, score, change, (score.within(50), score.within(90), score.within(99)))


def _names(by: str, keys: Sequence[Any], at: datetime) -> Mapping[object, tuple[str, str]]:
    """Key -> code and label."""
    return _NAMERS[by](keys, at)


def _promises(keys: Sequence[Any], at: datetime) -> Mapping[object, tuple[str, str]]:
    return {policy.key: (policy.key, naming.title(policy)) for policy in policies_at(at).policies() if policy.key in keys}


def _people(keys: Sequence[Any], at: datetime) -> Mapping[object, tuple[str, str]]:
    return {pk: (number, name) for pk, number, name in Staff.objects.filter(pk__in=keys).values_list("pk", "number", "name")}


def _halls(keys: Sequence[Any], at: datetime) -> Mapping[object, tuple[str, str]]:
    return {pk: (code, name) for pk, code, name in Hall.objects.filter(pk__in=keys).values_list("pk", "code", "name")}


_NAMERS: Mapping[str, Callable[[Sequence[Any], datetime], Mapping[object, tuple[str, str]]]] = {
    "promise": _promises,
    "area": lambda keys, at: {value: (value, str(label)) for value, label in Area.choices},
    "segment": lambda keys, at: {value: (value, str(label)) for value, label in Segment.choices},
    "hall": _halls,
    "team": lambda keys, at: {code: (code, name) for code, name in teams.names(keys).items()},
    "person": _people,
}


def _reason(code: str) -> str:
    return str(BreachReason(code).label) if code in BreachReason else str(_("not said yet"))


def _hands(rows: QuerySet[DailyShare]) -> Sequence[Hands]:
    sums = (
        rows.values_list("promise", "owner__number", "owner__name").order_by().annotate(all_seconds=Sum("seconds"), all_spans=Sum("spans"))
    )
    found = sorted(sums, key=lambda row: -row[3])
    total = sum(row[3] for row in found) or 1
    return [
        Hands(f"{promise} {number or ''}".strip(), f"{promise}: {name or _('nobody')}", seconds, spans, round(100 * seconds / total))
        for promise, number, name, seconds, spans in found[:20]
    ]
