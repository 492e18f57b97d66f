"""The supervisors' board: what is due next, what is late, what nobody has taken up, and how late we are ourselves.

Note [As cheap with a million cases as with ten]. The number of statements is fixed. Each of them walks a partial index from its
beginning: clocks by due moment (of a hall), open escalations, ended clocks of a promise by day; counts stop at ``COUNTED``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import RoleGrant
from accounts.models.territory import Area

from .. import naming
from ..books import PolicyBook, UnknownVersion
from ..models import Clock, ClockQuerySet, Escalation
from .lateness import Lateness, lateness
from .policies import policies_at
from .timekeeping import alarm_lateness, heartbeat_age

#: Lines shown, and the number at which counting stops.
MOST, COUNTED = 50, 1000
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
    """What is looked at: a hall (its key), a team (people of a role), a person (staff number); ``lines``: "", soon, overdue, waiting."""

    hall: int | None = None
    role: str = ""
    person: str = ""
    lines: str = ""


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


@dataclass(frozen=True)
class Board:
    """The four big numbers and the list; a number above ``COUNTED`` means at least so many."""

    soon: int
    overdue: int
    waiting: int
    behind: timedelta
    alive: timedelta | None
    recent: Lateness
    lines: tuple[Line, ...]


def board(looking: Looking, *, at: datetime) -> Board:
    """As things stand now; eight statements whatever there is."""
    running = running_clocks(looking, at)
    return Board(
        soon=_count(running.filter(due_at__gte=at, due_at__lt=at + SOON)),
        overdue=_count(running.filter(due_at__lt=at)),
        waiting=_count(_waiting(looking, at).values("alarm__clock").distinct()),
        behind=alarm_lateness(at),
        alive=heartbeat_age(at),
        recent=lateness(at - SOON, most=200),
        lines=_lines(_chosen(running, looking, at), at),
    )


def running_clocks(looking: Looking, at: datetime) -> ClockQuerySet:
    """Running clocks with a due moment."""
    running: ClockQuerySet = Clock.objects.filter(_scope(looking, at), status=Clock.Status.RUNNING, due_at__isnull=False)
    return running


def _waiting(looking: Looking, at: datetime) -> QuerySet[Escalation]:
    return Escalation.objects.waiting().filter(_scope(looking, at, "alarm__clock__")).order_by()


def _scope(looking: Looking, at: datetime, prefix: str = "") -> Q:
    found = Q()
    if looking.hall is not None:
        found &= Q(**{f"{prefix}hall": looking.hall})
    if looking.role:
        held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role=looking.role, since__lte=at)
        found &= Q(**{f"{prefix}owner__in": held.values("staff")})
    if looking.person:
        found &= Q(**{f"{prefix}owner__number": looking.person})
    return found


def _count(rows: QuerySet[Any, Any]) -> int:
    return rows[: COUNTED + 1].count()


def _chosen(running: ClockQuerySet, looking: Looking, at: datetime) -> ClockQuerySet:
    match looking.lines:
        case "soon":
            return running.filter(due_at__gte=at, due_at__lt=at + SOON)
        case "overdue":
            return running.filter(due_at__lt=at)
        case "waiting":
            return running.filter(pk__in=_waiting(looking, at).values("alarm__clock"))
    return running


def _lines(clocks: ClockQuerySet, at: datetime) -> tuple[Line, ...]:
    rows = list(clocks.order_by("due_at", "pk").values(*_COLUMNS.values())[:MOST])
    book, waiting = policies_at(at), _newest([row["pk"] for row in rows])
    return tuple(
        Line(
            **{name: row[column] for name, column in _COLUMNS.items() if name not in {"version", "area"}},
            area=str(_AREAS.get(row["area"], row["area"])),
            title=_title(book, row),
            escalation=waiting.get(row["pk"]),
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
