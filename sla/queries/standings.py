"""How the promises on one timeline stand: kept, missed, running, waiting. Computed from the moments whenever it is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from casework.presenters import namers

from .. import naming
from ..extensions import Terms
from ..models import Clock, Compensation
from .policies import policy_of
from .reasons import names_at, reasons


@dataclass(frozen=True)
class Standing:
    """One clock in words. ``state`` is kept, missed, running, late, paused or withdrawn; ``moment`` when it is or was due.

    ``title`` is to staff what the promise is called, to customers what they have once it is kept; ``reasons`` say how the moment came
    about, to whom they were asked for.
    """

    clock: Clock
    title: str
    state: str
    moment: datetime | None
    target_at: datetime | None
    reasons: tuple[str, ...]
    #: Whether its rules know of more time at all.
    is_extendable: bool
    #: What breaking it costs, once that is decided.
    compensation: Compensation | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in {"running", "late", "paused"}

    @property
    def may_be_extended(self) -> bool:
        """Whether it makes sense to offer asking for more time."""
        return self.is_extendable and self.is_open and self.clock.due_at is not None and not self.clock.is_safety


def standings(timeline: int, *, at: datetime, public: bool = False) -> list[Standing]:
    """What was promised on a timeline, what is due first at the top; only what customers are told of where ``public``."""
    rows = Clock.objects.filter(timeline=timeline).select_related("version__promise", "compensation")
    if public:
        rows = rows.filter(version__is_public=True).exclude(status=Clock.Status.WITHDRAWN)
    names, clocks = None if public else names_at(at), list(rows.order_by("stopped_at", "due_at", "pk"))
    turns = _turns(clocks)
    found = [_called(_standing(clock, names, at), turns.get(clock.about, "")) for clock in clocks]
    return sorted(found, key=lambda one: (not one.is_open, one.moment or at))


def next_public(timelines: Iterable[int]) -> Mapping[int, datetime]:
    """Timeline -> the nearest moment at which something falls due that the customer was promised; our own clocks are our business."""
    rows = Clock.objects.filter(timeline__in=list(timelines), status=Clock.Status.RUNNING, version__is_public=True, due_at__isnull=False)
    found: dict[int, datetime] = {}
    for timeline, due_at in rows.order_by("due_at").values_list("timeline", "due_at"):
        if due_at is not None:
            found.setdefault(timeline, due_at)
    return found


def _turns(clocks: Iterable[Clock]) -> Mapping[str, str]:
    """What turns of a promise are about, where their room has a word for it: the stages of a connection."""
    about = {clock.about for clock in clocks if clock.about}
    namer = namers().get("about")
    return namer(about) if about and namer else {}


def _called(standing: Standing, turn: str) -> Standing:
    return replace(standing, title=_("%(promise)s: %(turn)s") % {"promise": standing.title, "turn": turn}) if turn else standing


def _standing(clock: Clock, names: Mapping[str, str] | None, at: datetime) -> Standing:
    policy = policy_of(clock.version)
    return Standing(
        clock=clock,
        title=naming.title(policy) if names is not None else naming.kept_when(policy),
        state=_state(clock, at),
        moment=clock.due_at or clock.target_at,
        target_at=clock.target_at,
        reasons=reasons(clock, names),
        is_extendable=Terms.parse(policy.extension).is_allowed,
        compensation=getattr(clock, "compensation", None),
    )


def _state(clock: Clock, at: datetime) -> str:
    if clock.status == Clock.Status.WITHDRAWN:
        return "withdrawn"
    if clock.status == Clock.Status.PAUSED:
        return "paused"
    is_late = clock.due_at is not None and clock.due_at < (clock.stopped_at or at)
    if clock.stopped_at is not None:
        return "missed" if is_late else "kept"
    return "late" if is_late else "running"
