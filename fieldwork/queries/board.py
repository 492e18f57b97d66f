"""The dispatch board: what waits and what is under way, where, and how the crews stand; each with a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Avg, Count, F, Max, Min, Prefetch, Q
from django.db.models.functions import Floor

from sla.models import Clock

from ..distances import Point
from ..models import Crew, CrewMember, CrewShift, Offer, Visit, VisitQuerySet
from ..states import VisitStatus

#: Rows on a page of the list.
PAGE = 50
#: Nobody has it, or nobody has answered yet: somebody must act.
WAITING = (VisitStatus.ASKED, VisitStatus.OFFERED)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to show; empty: everything open. ``territory`` is a path (all below it), ``late``: known to come too late and not taken on."""

    territory: str = ""
    skill: str = ""
    urgency: str = ""
    purpose: str = ""
    status: str = ""
    crew: int | None = None
    late: bool = False


@dataclass(frozen=True)
class Line:
    """One open visit: when somebody must have arrived (None: not promised by a number), and until when its crew has to answer."""

    visit: Visit
    arrive_by: datetime | None
    answer_by: datetime | None

    @property
    def is_late_foreseen(self) -> bool:
        """Known to come too late, and nobody has taken it on."""
        return self.visit.late_foreseen_at is not None and self.visit.status in WAITING


@dataclass(frozen=True)
class Board:
    """One page of the list, and of everything that fits the filter: how many by status, dangerous, and known to come too late."""

    lines: Sequence[Line]
    by_status: Mapping[str, int]
    emergencies: int
    late: int

    @property
    def visits(self) -> Sequence[Visit]:
        """Those of this page."""
        return [line.visit for line in self.lines]

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return sum(self.by_status.values())

    def has_more(self, page: int) -> bool:
        """Whether a page follows this one (counted from 1)."""
        return page * PAGE < self.total


@dataclass(frozen=True)
class CrewLine:
    """A crew on the roster now: its people who are in it, its open visits by status, whether it is only on call at home."""

    crew: Crew
    people: Sequence[CrewMember]
    is_on_call: bool
    until: datetime
    visits: Mapping[str, int] = field(default_factory=dict)

    @property
    def load(self) -> int:
        """Visits it was asked to take or has."""
        return sum(self.visits.values())

    @property
    def place(self) -> Point | None:
        """Where it was last."""
        position = getattr(self.crew, "position", None)
        return Point(position.latitude, position.longitude) if position else None


class Box(NamedTuple):
    """A part of the map, in degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True)
class Cell:
    """Open visits close to each other on the map: where their middle is, how many, and one of them (the one, where it is alone)."""

    latitude: float
    longitude: float
    count: int
    emergencies: int
    waiting: int
    visit: int


def open_visits(wanted: Wanted) -> VisitQuerySet:
    """Every open visit that fits, in no order."""
    exact = {name: value for name in ("skill", "urgency", "purpose", "status", "crew") if (value := getattr(wanted, name))}
    found = Visit.objects.open().filter(**exact)
    if wanted.territory:
        found = found.filter(territory__path__startswith=wanted.territory)
    return found.filter(late_foreseen_at__isnull=False, status__in=WAITING) if wanted.late else found


def board(wanted: Wanted, *, page: int = 1) -> Board:
    """A page of the list (from 1), who goes first on top: by rank, then by what falls due next. Five statements."""
    found = open_visits(wanted)
    order = ("rank", F("timeline__next_due_at").asc(nulls_last=True), "asked_at", "pk")
    # The keys first: sorting thousands of rows is quick as long as they are narrow.
    keys = list(found.order_by(*order).values_list("pk", flat=True)[(page - 1) * PAGE : page * PAGE])
    rows = (
        Visit.objects.with_agreed_time()
        .select_related("timeline", "crew", "territory", "case__premises", "case__account__premises", "case__account__customer")
        .in_bulk(keys)
    )
    visits = [rows[key] for key in keys if key in rows]
    by_status, emergencies, late = _counts(found)
    return Board(_lines(visits), by_status, emergencies, late)


def map_cells(wanted: Wanted, *, box: Box, columns: int) -> list[Cell]:
    """What is open within a box, gathered into square-ish cells, so many across. One statement however many there are."""
    width = max(box.east - box.west, 1e-6) / columns
    height = max(box.north - box.south, 1e-6) / columns
    inside = open_visits(wanted).filter(latitude__gte=box.south, latitude__lte=box.north, longitude__gte=box.west, longitude__lte=box.east)
    placed = inside.annotate(row=Floor((F("latitude") - box.south) / height), column=Floor((F("longitude") - box.west) / width))
    cells = placed.values("row", "column").annotate(
        middle_latitude=Avg("latitude"),
        middle_longitude=Avg("longitude"),
        count=Count("pk"),
        emergencies=Count("pk", filter=Q(urgency="emergency")),
        waiting=Count("pk", filter=Q(status__in=WAITING)),
        one=Min("pk"),
    )
    return [
        Cell(cell["middle_latitude"], cell["middle_longitude"], cell["count"], cell["emergencies"], cell["waiting"], cell["one"])
        for cell in cells.order_by("row", "column")
    ]


def bounds(wanted: Wanted) -> Box | None:
    """The smallest part of the map that holds everything that is open; None where nothing has a place. One statement."""
    found = open_visits(wanted).filter(latitude__isnull=False, longitude__isnull=False)
    edges = found.aggregate(south=Min("latitude"), west=Min("longitude"), north=Max("latitude"), east=Max("longitude"))
    return Box(**edges) if edges["south"] is not None else None


def crews_now(at: datetime) -> list[CrewLine]:
    """Every crew on the roster at a moment, those that are out first, then those on call. Four statements."""
    shifts = CrewShift.objects.filter(starts_at__lte=at, ends_at__gt=at, crew__retired_at=None).order_by("is_on_call", "-ends_at")
    best: dict[int, CrewShift] = {}
    for shift in shifts:
        best.setdefault(shift.crew_id, shift)
    inside = CrewMember.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at).select_related("staff").order_by("-is_leader", "pk")
    crews = (
        Crew.objects.filter(pk__in=best).select_related("position", "hall").prefetch_related(Prefetch("members", inside, to_attr="people"))
    )
    loads = _loads()
    lines = [
        CrewLine(crew, getattr(crew, "people"), best[crew.pk].is_on_call, best[crew.pk].ends_at, loads.get(crew.pk, {}))  # noqa: B009
        for crew in crews.order_by("code")
    ]
    return sorted(lines, key=lambda line: line.is_on_call)


def _counts(found: VisitQuerySet) -> tuple[Mapping[str, int], int, int]:
    rows = (
        found.order_by()
        .values_list("status")
        .annotate(
            count=Count("pk"),
            emergencies=Count("pk", filter=Q(urgency="emergency")),
            late=Count("pk", filter=Q(late_foreseen_at__isnull=False, status__in=WAITING)),
        )
    )
    found_so = list(rows)
    by_status = {status: count for status, count, _emergencies, _late in found_so}
    return by_status, sum(row[2] for row in found_so), sum(row[3] for row in found_so)


def _lines(visits: Sequence[Visit]) -> list[Line]:
    clocks = Clock.objects.open().filter(timeline__in=[visit.timeline_id for visit in visits], version__family="arrival")
    arrive_by = dict(clocks.filter(due_at__isnull=False).order_by("-due_at").values_list("timeline", "due_at"))
    offers = Offer.objects.filter(visit__in=[visit.pk for visit in visits], answer="")
    answer_by = dict(offers.values_list("visit", "lapses_at"))
    return [Line(visit, arrive_by.get(visit.timeline_id), answer_by.get(visit.pk)) for visit in visits]


def _loads() -> Mapping[int, Mapping[str, int]]:
    """Crew -> its open visits by status."""
    rows = Visit.objects.open().filter(crew__isnull=False).order_by().values_list("crew", "status").annotate(count=Count("pk"))
    loads: dict[int, dict[str, int]] = defaultdict(dict)
    for crew, status, count in rows:
        loads[crew][status] = count
    return loads
