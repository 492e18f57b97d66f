"""The supervisors' board: what is due next, what is late, what nobody has taken up, and how late we are ourselves.

Note [As cheap with a million cases as with ten]. The number of statements is fixed. Each of them walks a partial index from its
beginning: clocks by due moment (of a hall), open escalations, ended clocks of a promise by day; counts stop at ``COUNTED``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.clock import in_real_seconds
from accounts.models import Staff
from accounts.models.territory import Area
from casework.subjects import subjects_of

from .. import naming
from ..books import PolicyBook, UnknownVersion
from ..models import Clock, ClockQuerySet, Escalation
from .lateness import Lateness, lateness
from .policies import policies_at
from .teams import people_of, teams_at
from .timekeeping import alarm_lateness, heartbeat_age

#: Lines shown, and the number at which counting stops.
MOST, COUNTED = 50, 1000
#: Of open escalations only the latest are looked at.
_RINGS = 2000
SOON = timedelta(hours=1)
_AREAS = dict(Area.choices)
_COLUMNS = {
    "clock": "pk",
    "version": "version_id",
    "key": "promise_id",
    "due_at": "due_at",
    "target_at": "target_at",
    "is_safety": "is_safety",
    "area": "area",
    "hall": "hall__name",
    "person": "owner__name",
    "number": "owner__number",
    "reference": "timeline__case__reference",
}


@dataclass(frozen=True)
class Looking:
    """What is looked at: a hall (its key), a team (its code, or a role in every hall), a person (staff number).

    ``lines``: "", soon, overdue, waiting.
    """

    hall: int | None = None
    team: str = ""
    person: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Scope:
    """The same by keys; None: any."""

    hall: int | None
    owners: list[int] | None


@dataclass(frozen=True)
class Line:
    """One running clock: what, where, whose, until when; ``escalation`` is what can be acknowledged (None: nothing)."""

    clock: int
    title: str
    key: str
    due_at: datetime
    target_at: datetime | None
    is_safety: bool
    area: str
    hall: str | None
    person: str | None
    number: str | None
    reference: str | None
    escalation: int | None
    link: str = ""


@dataclass(frozen=True)
class Board:
    """The four big numbers and the list; a number above ``COUNTED`` means at least so many. In a storm so does ``waiting``."""

    soon: int
    overdue: int
    waiting: int
    is_storm: bool
    behind: timedelta
    alive: timedelta | None
    recent: Lateness
    lines: tuple[Line, ...]


def board(looking: Looking, *, at: datetime) -> Board:
    """As things stand now; a fixed number of statements whatever there is."""
    scope = _scope(looking, at)
    running, age = _running(scope), heartbeat_age(at)
    return Board(
        soon=_count(running.filter(due_at__gte=at, due_at__lt=at + SOON)),
        overdue=_count(running.filter(due_at__lt=at)),
        waiting=_waiting(scope).aggregate(clocks=Count("alarm__clock", distinct=True))["clocks"],
        is_storm=_latest_rings().count() >= _RINGS,
        behind=_felt(alarm_lateness(at)),
        alive=None if age is None else _felt(age),
        recent=lateness(at - SOON, most=200),
        lines=_lines(_chosen(running, looking.lines, scope, at), at),
    )


def _felt(business: timedelta) -> timedelta:
    """How long that really was: our own lateness is no demonstration's."""
    return timedelta(seconds=in_real_seconds(business))


def count_overdue(looking: Looking, at: datetime) -> int:
    """How many promises are broken and still open; counting stops at ``COUNTED`` and one."""
    return _count(_running(_scope(looking, at)).filter(due_at__lt=at))


def _running(scope: Scope) -> ClockQuerySet:
    running: ClockQuerySet = Clock.objects.filter(_within(scope), status=Clock.Status.RUNNING, due_at__isnull=False)
    return running


def _waiting(scope: Scope) -> QuerySet[Escalation]:
    """What nobody has taken up, among the latest rings."""
    return Escalation.objects.waiting().filter(_within(scope, "alarm__clock__"), pk__in=_latest_rings()).order_by()


def _latest_rings() -> QuerySet[Escalation, Any]:
    return Escalation.objects.filter(acknowledged_at=None, overtaken_by=None, over_at=None).order_by("-created_at").values("pk")[:_RINGS]


def _scope(looking: Looking, at: datetime) -> Scope:
    """People are looked up first: told by their keys the database knows whether to walk by moment or by person."""
    owners = people_of(looking.team, teams_at(at)) if looking.team else None
    if looking.person:
        named = Staff.objects.filter(number=looking.person).values_list("pk", flat=True)
        owners = [one for one in named if owners is None or one in owners]
    return Scope(looking.hall, owners)


def _within(scope: Scope, prefix: str = "") -> Q:
    found = Q() if scope.hall is None else Q(**{f"{prefix}hall": scope.hall})
    return found if scope.owners is None else found & Q(**{f"{prefix}owner__in": scope.owners})


def _count(rows: QuerySet[Any, Any]) -> int:
    return rows[: COUNTED + 1].count()


def _chosen(running: ClockQuerySet, lines: str, scope: Scope, at: datetime) -> ClockQuerySet:
    match lines:
        case "soon":
            return running.filter(due_at__gte=at, due_at__lt=at + SOON)
        case "overdue":
            return running.filter(due_at__lt=at)
        case "waiting":
            return running.filter(pk__in=set(_waiting(scope).values_list("alarm__clock", flat=True)))
    return running


def _lines(clocks: ClockQuerySet, at: datetime) -> tuple[Line, ...]:
    rows = list(clocks.order_by("due_at", "pk").values("timeline_id", *_COLUMNS.values())[:MOST])
    book, waiting = policies_at(at), _newest([row["pk"] for row in rows])
    others = subjects_of({row["timeline_id"] for row in rows if row[_COLUMNS["reference"]] is None})
    for row in rows:
        if other := others.get(row["timeline_id"]):
            row[_COLUMNS["reference"]] = other.reference
    return tuple(
        Line(
            **{name: row[column] for name, column in _COLUMNS.items() if name not in {"version", "area"}},
            area=str(_AREAS.get(row["area"], row["area"])),
            title=_title(book, row),
            escalation=waiting.get(row["pk"]),
            link=others[row["timeline_id"]].link if row["timeline_id"] in others else "",
        )
        for row in rows
    )


def _title(book: PolicyBook, row: Mapping[str, Any]) -> str:
    try:
        return naming.title(book.version(row["version_id"]))
    except UnknownVersion:  # one that cannot be read must not take the board with it
        return str(row["promise_id"])


def _newest(clocks: Sequence[int]) -> Mapping[int, int]:
    """Clock -> its latest escalation that nobody has taken up."""
    rows = Escalation.objects.waiting().filter(alarm__clock__in=clocks).order_by("created_at", "pk")
    return dict(rows.values_list("alarm__clock", "pk"))
