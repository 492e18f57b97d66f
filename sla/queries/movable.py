"""Open clocks under another version than the one in force, and what moving them would do to their moments. No row is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .. import algebra
from ..books import PolicyBook
from ..deadlines import compute
from ..models import Clock, ClockQuerySet
from ..policies import Policy
from .histories import read_clock
from .policies import policies_at

#: Clocks looked at before they are moved, and moved in one go: a page must not take longer than somebody waits for it.
MOST = 500
#: Shown one by one.
SHOWN = 20
_KNOWN = ("kind", "segment", "area", "urgency", "channel")


@dataclass(frozen=True)
class Moved:
    """One clock with the moment it is due and the one it would be."""

    reference: str
    was: datetime | None
    would_be: datetime | None


@dataclass
class Preview:
    """What moving would do: ``count`` clocks would be moved, of which ``looked_at`` were worked out.

    ``others`` run under older versions too, but the one in force is not for them. ``broken`` are late already and stay so;
    ``late_at_once`` would be due the moment they are moved. ``failed`` cannot be worked out and would stay as they are.
    """

    policy: Policy
    count: int = 0
    others: int = 0
    looked_at: int = 0
    earlier: int = 0
    later: int = 0
    same: int = 0
    broken: int = 0
    late_at_once: int = 0
    failed: int = 0
    versions: Mapping[int, int] = field(default_factory=dict)
    lines: Sequence[Moved] = ()


def older(policy: Policy) -> ClockQuerySet:
    """Open clocks of this promise that run under another version of it."""
    return Clock.objects.open().filter(promise=policy.key).exclude(version=policy.version)


def movable(policy: Policy) -> ClockQuerySet:
    """Those of them that this version is for, as far as their rows say."""
    return older(policy).filter(**{f"{name}__in": sorted(policy.selects[name]) for name in _KNOWN if name in policy.selects})


def is_for(policy: Policy, clock: Clock) -> bool:
    """The same of one clock."""
    return all(getattr(clock, name) in policy.selects[name] for name in _KNOWN if name in policy.selects)


def preview(key: str, *, at: datetime) -> Preview | None:
    """What moving the open clocks of a promise to its version in force would do at this moment; None where nothing is in force."""
    book = policies_at(at)
    policy = book.in_force(key)
    if policy is None:
        return None
    count = movable(policy).count()
    found = Preview(policy, count=count, others=older(policy).count() - count)
    lines: list[Moved] = []
    versions: Counter[int] = Counter()
    rows = movable(policy).select_related("timeline__case", "version").defer("trace").order_by("timeline", "pk")
    for clock in rows[:MOST]:
        found.looked_at += 1
        versions[clock.version.number] += 1
        if (line := _look(found, clock, book, at)) and len(lines) < SHOWN:
            lines.append(line)
    found.lines, found.versions = lines, dict(sorted(versions.items()))
    return found


def _look(found: Preview, clock: Clock, book: PolicyBook, at: datetime) -> Moved | None:
    try:
        running = read_clock(clock, book)
        history = algebra.change(book.rule(found.policy, hall=clock.hall_id), running.history, max(at, clock.started_at))
        would_be = compute(history.legs[-1].rule, history).due_at
    except (LookupError, ValueError, ArithmeticError):
        found.failed += 1
        return None
    was = clock.due_at
    if was is not None and was <= at:
        found.broken += 1
    elif was == would_be:
        found.same += 1
    elif would_be is None or (was is not None and would_be > was):
        found.later += 1
    else:
        found.earlier += 1
        found.late_at_once += would_be <= at
    case = getattr(clock.timeline, "case", None)
    return Moved(case.reference if case else "", was, would_be) if was != would_be else None
