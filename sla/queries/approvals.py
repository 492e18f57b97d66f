"""What waits for one person: wishes for more time to decide about, and alarms to take up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Staff
from casework.models import Attachment
from casework.subjects import subjects_of

from .. import naming
from ..extensions import Terms, measure
from ..models import Clock, Escalation, Extension
from .histories import read_clock
from .policies import policies_at, policy_of

#: Shown of each list; whoever has more waiting works on these first.
MOST, LATELY = 50, 20


@dataclass(frozen=True)
class Wish:
    """One wish for more time with the promise's title and the case's reference; ``is_own``: somebody else decides."""

    row: Extension
    title: str
    reference: str
    is_own: bool


@dataclass(frozen=True)
class Alert:
    """One escalation that somebody was told of and nobody has taken up. ``link``: the page of what is no case."""

    row: Escalation
    title: str
    reference: str
    link: str = ""


@dataclass(frozen=True)
class Inbox:
    """``waiting`` for my decision, my own ``asked``, those ``decided`` lately, and ``alerts`` for me."""

    waiting: Sequence[Wish]
    asked: Sequence[Wish]
    decided: Sequence[Wish]
    alerts: Sequence[Alert]


@dataclass(frozen=True)
class Room:
    """How much more time there could be: the latest moment (None: no such cap), and who decides up to how many percent more."""

    title: str
    reference: str
    is_allowed: bool
    latest: datetime | None
    approvers: Sequence[tuple[int, str]]
    files: "QuerySet[Attachment]"


def inbox(staff: Staff, roles: Collection[str]) -> Inbox:
    """Of a person who decides for these roles: in their own hall, or everywhere for somebody of no hall."""
    seen = _rows().filter(_in_reach(staff), approver_role__in=roles)
    asked = Extension.Status.ASKED
    mine = _rows().filter(asked_by=staff, status=asked)
    decided = seen.exclude(status__in=[asked, Extension.Status.WITHDRAWN]).order_by("-decided_at", "-pk")[:LATELY]
    waiting = seen.filter(status=asked).exclude(asked_by=staff).order_by("was_due_at", "pk")[:MOST]
    return Inbox(
        waiting=[_wish(row, staff) for row in waiting],
        asked=[_wish(row, staff) for row in mine.order_by("was_due_at", "pk")[:MOST]],
        decided=[_wish(row, staff) for row in decided],
        alerts=_alerts(staff),
    )


def count_waiting(staff: Staff, roles: Collection[str]) -> int:
    """How many decisions and alarms wait for somebody; counting stops at a hundred."""
    wishes = Extension.objects.filter(_in_reach(staff), approver_role__in=roles, status=Extension.Status.ASKED).exclude(asked_by=staff)
    alerts = Escalation.objects.waiting().filter(told=staff).order_by().values("alarm__clock").distinct()
    return (wishes[:100].count() if roles else 0) + alerts[:100].count()


def room_for_more(clock: Clock, at: datetime) -> Room:
    """What the promise's rules leave."""
    running = read_clock(clock, policies_at(at))
    terms = Terms.parse(running.policy.extension)
    latest = measure(terms, running.rule, running.history, clock.due_at).latest if clock.due_at and terms.is_allowed else None
    case = getattr(clock.timeline, "case", None)
    return Room(
        title=naming.title(running.policy),
        reference=case.reference if case else "",
        is_allowed=terms.is_allowed and not running.rule.is_safety,
        latest=latest,
        approvers=[(percent, naming.role(role)) for percent, role in terms.approvers],
        files=Attachment.objects.filter(case=case, erased_at=None).order_by("-at") if case else Attachment.objects.none(),
    )


def _rows() -> QuerySet[Extension]:
    people = ("asked_by", "decided_by")
    rows = Extension.objects.select_related(*people, "clock__version__promise", "clock__hall", "evidence", "timeline__case")
    return rows.defer("clock__trace")


def _in_reach(staff: Staff) -> Q:
    return Q() if staff.hall_id is None else Q(clock__hall=staff.hall_id) | Q(clock__hall=None)


def _wish(row: Extension, staff: Staff) -> Wish:
    case = getattr(row.timeline, "case", None)
    title = naming.title(policy_of(row.clock.version))
    return Wish(row, title, case.reference if case else "", row.asked_by_id == staff.pk)


def _alerts(staff: Staff) -> Sequence[Alert]:
    """One a clock, the latest; what is due first at the top."""
    rows = Escalation.objects.waiting().filter(told=staff).select_related("alarm__clock__version__promise", "alarm__clock__timeline__case")
    latest = {row.alarm.clock_id: row for row in rows.defer("alarm__clock__trace").order_by("-pk")[:MOST][::-1]}
    found = []
    others = subjects_of({row.alarm.clock.timeline_id for row in latest.values() if not hasattr(row.alarm.clock.timeline, "case")})
    for row in sorted(latest.values(), key=lambda one: (one.alarm.clock.due_at is None, one.alarm.clock.due_at, one.pk)):
        case = getattr(row.alarm.clock.timeline, "case", None)
        other = others.get(row.alarm.clock.timeline_id)
        reference = case.reference if case else other.reference if other else ""
        found.append(Alert(row, naming.title(policy_of(row.alarm.clock.version)), reference, other.link if other else ""))
    return found
