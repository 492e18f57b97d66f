"""How old the open applications are, by status, stage, steward and area; and where their time went.

Note [Four statements]
    Moments are read as tuples and counted here: medians are no matter for SQL that both databases speak, and thousands of tuples are
    read faster than one page is drawn. No statement is asked per application.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import Area
from sla.models import Clock

from ..heaps import NOTHING, Heap, Spent
from ..models import Application, Ball, Stage
from ..states import CONNECTION, ConnectionStatus, StageStatus
from .papers import in_words
from .third_parties import Turn, third_party_turns

#: Where time went is counted over stages that run, or ended within this.
PERIOD = timedelta(days=30)
_STAGE = "H05"


class _Open(NamedTuple):
    status: str
    opened_at: datetime
    owner: int | None
    name: str | None
    area: str


class _Step(NamedTuple):
    key: str
    names: dict[str, str]
    ball: str
    status: str
    begun_at: datetime | None
    ended_at: datetime | None
    until: datetime | None
    timeline: int
    owner: int | None
    area: str


@dataclass(frozen=True)
class Ageing:
    """What a supervisor sees."""

    statuses: Sequence[Heap]
    stages: Sequence[Heap]
    stewards: Sequence[Heap]
    areas: Sequence[Heap]
    spent: Sequence[Spent]

    @property
    def count(self) -> int:
        """Open applications."""
        return sum(heap.count for heap in self.statuses)

    @property
    def total(self) -> Spent:
        """Where all of the time went."""
        whole = Spent("", "")
        for one in self.spent:
            whole.add(one)
        return whole


def ageing(at: datetime, *, steward: int | None = None, area: str = "") -> Ageing:
    """All open applications, or those of a steward, or of an area. See Note [Four statements]."""
    begun = _begun(at, steward, area)
    rows, steps = _open(steward, area), _steps(begun)
    running = [step for step in steps if step.status == StageStatus.RUNNING]
    late = {(step.timeline, step.key) for step in running if step.until and step.until <= at and step.ball != Ball.APPLICANT}
    stages = _heaped(running, lambda step: (step.key, in_words(step.names)), lambda step: at - (step.begun_at or at))
    for step in running:
        stages[step.key].late += (step.timeline, step.key) in late
    owners = _heaped(rows, lambda row: (str(row.owner or ""), row.name or ""), lambda row: at - row.opened_at)
    areas = _heaped(rows, lambda row: (row.area, dict(Area.choices).get(row.area, "")), lambda row: at - row.opened_at)
    for step in running:
        if (step.timeline, step.key) in late:
            _count_late(owners, str(step.owner or ""))
            _count_late(areas, step.area)
    return Ageing(_by_status(rows, at), _most(stages), _most(owners), _most(areas), _spent(steps, third_party_turns(begun), at))


def _by_status(rows: Sequence[_Open], at: datetime) -> list[Heap]:
    found = _heaped(rows, lambda row: (row.status, CONNECTION.label_of(row.status)), lambda row: at - row.opened_at)
    order = {status: place for place, status in enumerate(ConnectionStatus.values)}
    return sorted(found.values(), key=lambda heap: order.get(heap.code, len(order)))


def _heaped(rows: Iterable[Any], name: Callable[[Any], tuple[str, Any]], age: Callable[[Any], timedelta]) -> dict[str, Heap]:
    found: dict[str, Heap] = {}
    for row in rows:
        code, label = name(row)
        found.setdefault(code, Heap(code, str(label))).ages.append(age(row))
    return found


def _count_late(heaps: Mapping[str, Heap], code: str) -> None:
    if code in heaps:
        heaps[code].late += 1


def _most(heaps: Mapping[str, Heap]) -> list[Heap]:
    return sorted(heaps.values(), key=lambda heap: (-heap.late, -heap.count, heap.label))


def _spent(steps: Sequence[_Step], outside: Mapping[tuple[int, str], Sequence[Turn]], at: datetime) -> list[Spent]:
    waited, found = _waited(at), dict[str, Spent]()
    for step in steps:
        if step.begun_at is None:
            continue
        one = found.setdefault(step.key, Spent(step.key, in_words(step.names)))
        whole = max((step.ended_at or at) - step.begun_at, NOTHING)
        theirs = min(waited.get((step.timeline, step.key), whole if step.ball == Ball.APPLICANT else NOTHING), whole)
        one.count += 1
        one.applicants += theirs
        others = min(_with_others(step, outside, at, whole), whole - theirs)
        one.others += others
        one.ours += whole - theirs - others
    return sorted(found.values(), key=lambda one: -one.whole)


def _with_others(step: _Step, outside: Mapping[tuple[int, str], Sequence[Turn]], at: datetime, whole: timedelta) -> timedelta:
    """How long a third party had it, of this beginning of the stage. Of stages from before that was told only the present turn is known."""
    turns = outside.get((step.timeline, step.key))
    if turns is None:
        return whole if step.ball == Ball.AUTHORITY else NOTHING
    first, last = step.begun_at or at, step.ended_at or at
    return sum((max(min(until or last, last) - max(since, first), NOTHING) for since, until in turns), NOTHING)


def _open(steward: int | None, area: str) -> list[_Open]:
    rows = Application.objects.filter(_chosen("case__", steward, area), case__closed_at=None)
    columns = ("case__status", "case__opened_at", "case__owner", "case__owner__name", "case__area")
    return [_Open(*row) for row in rows.values_list(*columns)]


def _begun(at: datetime, steward: int | None, area: str) -> QuerySet[Stage]:
    """Those whose time is counted."""
    rows = Stage.objects.filter(_chosen("application__case__", steward, area)).order_by()
    running = Q(status=StageStatus.RUNNING, application__case__closed_at=None)
    return rows.filter(running | Q(status=StageStatus.DONE, ended_at__gt=at - PERIOD))


def _steps(rows: QuerySet[Stage]) -> list[_Step]:
    columns = ("key", "row__names", "ball", "status", "begun_at", "ended_at", "promised_until")
    case = ("application__case__timeline", "application__case__owner", "application__case__area")
    return [_Step(*row) for row in rows.values_list(*columns, *case)]


def _chosen(prefix: str, steward: int | None, area: str) -> Q:
    chosen = Q()
    if steward is not None:
        chosen &= Q(**{f"{prefix}owner": steward})
    if area:
        chosen &= Q(**{f"{prefix}area": area})
    return chosen


def _waited(at: datetime) -> Mapping[tuple[int, str], timedelta]:
    """Timeline and stage -> how long it waited for the applicant, by the clock of the stage."""
    clocks = Clock.objects.filter(promise=_STAGE).exclude(pauses=[])
    recent = clocks.filter(Q(stopped_at=None) | Q(stopped_at__gt=at - PERIOD))
    found: dict[tuple[int, str], timedelta] = defaultdict(timedelta)
    for timeline, about, pauses, stopped_at in recent.values_list("timeline", "about", "pauses", "stopped_at"):
        for began, ended in pauses:
            until = datetime.fromisoformat(ended) if ended else stopped_at or at
            found[timeline, about] += max(until - datetime.fromisoformat(began), NOTHING)
    return found
