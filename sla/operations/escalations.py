"""What a fired alarm demands, carried out in batches by the drain: who is told, what stands on the timeline, what rings next.

Note [Looking again]. Between the sweep and the drain the world moved: a voided alarm, an ended clock and an acknowledged nag
demand nothing any more. When several rungs of one clock have fired by now (after a standstill), only the last is told; the others
remember which one spoke for them. Timelines that somebody else holds are left for the next round: we wait for nobody.
"""

import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

import accounts.queries
import notices.operations
from accounts.actors import System
from accounts.clock import in_business_time
from accounts.models import Staff, User
from casework import accusations
from casework.models import Effect, Timeline
from casework.operations import Step, record, record_many
from casework.operations.plain_rows import insert_plain
from casework.subjects import Subject, subjects_of
from notices.operations import Blank, Notice

from .. import permissions
from ..books import PolicyBook
from ..models import Alarm, Escalation, Fault, VoidReason
from ..nagging import next_rung
from ..policies import Policy
from ..queries.matters import CaseFacts, facts_of_cases
from ..queries.policies import policies_at
from ..queries.rhythm import nag
from ..queries.roster import roster_at
from ..roster import OWNER, Roster
from ..titles import Moment, Title

log = logging.getLogger(__name__)

_BY = System("escalation")
_GROUP = "alarms"
_ESCALATED = "case.escalated"


class NothingToAcknowledge(Exception):
    """Somebody else took it up first, or it is over."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has taken this up already, or it is over."))


class Rung(NamedTuple):
    """What is asked of a fired alarm and its clock: rows by the thousand are read as these, models take three times as long."""

    pk: int
    clock: int
    epoch: int
    rung: str
    is_safety: bool
    fires_at: datetime | None
    voided_at: datetime | None
    timeline: int
    promise: str
    version: int
    stopped_at: datetime | None
    due_at: datetime | None
    hall: int | None
    owner: int | None


_COLUMNS = (
    *("pk", "clock", "epoch", "rung", "is_safety", "fires_at", "voided_at"),
    *(f"clock__{name}" for name in ("timeline", "promise", "version", "stopped_at", "due_at", "hall", "owner")),
)


@dataclass(frozen=True)
class Told:
    """One alarm that is told: under which policy, in which role, to whom; ``case`` is what it is about, if it is a case."""

    alarm: Rung
    policy: Policy
    role: str
    people: Sequence[int]
    case: CaseFacts | None

    @property
    def is_broken(self) -> bool:
        """Whether the limit has passed by the moment this rung is for."""
        due_at, fires_at = self.alarm.due_at, self.alarm.fires_at
        return due_at is not None and fires_at is not None and fires_at >= due_at


def escalate(*, effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """Carry out what these fired alarms demand, in the caller's transaction; those (by id) whose timeline somebody else holds."""
    began = time.monotonic()
    of_alarm = {int(effect.key): effect.pk for effect in effects}
    timelines = _lock_timelines(of_alarm)
    alarms = _alarms(of_alarm)
    ready = [alarm for alarm in alarms if alarm.timeline in timelines]
    told, overtaken = _sort_out(ready, at)
    _write(told, overtaken, timelines, at, began)
    done = {alarm.pk for alarm in ready}
    missing = set(of_alarm) - {alarm.pk for alarm in alarms}
    return [pk for key, pk in of_alarm.items() if key not in done and key not in missing]


@transaction.atomic
def acknowledge(*, escalation: Escalation, by: User, at: datetime) -> None:
    """Take an alarm up: it nags no more. All that is open on the same clock counts as taken up.

    Raises NothingToAcknowledge, Forbidden, NotStaff.
    """
    permissions.check_may_acknowledge(by, escalation, at=at)
    staff = accounts.queries.current_staff(by)
    clock = escalation.alarm.clock
    Timeline.objects.select_for_update(no_key=True).get(pk=clock.timeline_id)
    waiting = Escalation.objects.waiting().filter(alarm__clock=clock)
    if not waiting.filter(pk=escalation.pk).exists():
        raise NothingToAcknowledge
    Escalation.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(acknowledged_at=at, acknowledged_by=staff)
    nags = Alarm.objects.armed().filter(clock=clock, rung__contains=".")
    nags.update(fires_at=None, voided_at=at, void_reason=VoidReason.ACKNOWLEDGED)
    step = Step("case.acknowledged", {"promise": clock.promise_id, "rung": escalation.alarm.rung, "staff": staff.pk})
    record(timeline_id=clock.timeline_id, steps=[step], by=by, at=at)


def forget_ended(*, at: datetime) -> int:
    """Note which open escalations are over because their clocks have ended: what is still open is then found without a search."""
    ended = Escalation.objects.filter(acknowledged_at=None, overtaken_by=None, over_at=None, alarm__clock__stopped_at__isnull=False)
    return Escalation.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[:5000])).update(over_at=at)


def _lock_timelines(alarms: Iterable[int]) -> Mapping[int, Timeline]:
    held = Timeline.objects.filter(pk__in=Alarm.objects.filter(pk__in=list(alarms)).values("clock__timeline"))
    return {one.pk: one for one in held.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("pk")}


def _alarms(keys: Iterable[int]) -> list[Rung]:
    """Read after the timelines were locked, so that the clocks hold still."""
    rows = Alarm.objects.filter(pk__in=list(keys)).order_by("fires_at", "pk")
    return [Rung(*row) for row in rows.values_list(*_COLUMNS)]


def _sort_out(alarms: Sequence[Rung], at: datetime) -> tuple[list[Told], list[tuple[Rung, int]]]:
    """Who is told what, and which alarms (with the later one's key) are spoken for. The rest demand nothing any more."""
    live = [alarm for alarm in alarms if alarm.voided_at is None and alarm.stopped_at is None]
    if not live:
        return [], []
    last = _last_fired([alarm.clock for alarm in live])
    taken_up = _taken_up(live)
    book, roster = policies_at(at), roster_at(at)
    cases = facts_of_cases({alarm.timeline for alarm in live})
    about = accusations.people_in({timeline: case.facts["kind"] for timeline, case in cases.items()}, at)
    told: list[Told] = []
    overtaken: list[tuple[Rung, int]] = []
    for alarm in live:
        if alarm.pk in taken_up:
            continue
        if (speaker := last[alarm.clock]) != alarm.pk:
            overtaken.append((alarm, speaker))
        else:
            told.append(_told(alarm, book, roster.without(about.get(alarm.timeline, ())), cases.get(alarm.timeline)))
    return told, overtaken


def _last_fired(clocks: Sequence[int]) -> Mapping[int, int]:
    """Clock -> its last rung that has fired; a repetition only while no other rung has fired since its own."""
    fired = Alarm.objects.filter(clock__in=clocks, fired_at__isnull=False, voided_at=None).order_by("fires_at", "pk")
    last: dict[int, tuple[int, str]] = {}
    for clock, pk, rung in fired.values_list("clock", "pk", "rung"):
        if "." not in rung or clock not in last or last[clock][1] == _base(rung):
            last[clock] = pk, _base(rung)
    return {clock: pk for clock, (pk, _base) in last.items()}


def _taken_up(alarms: Sequence[Rung]) -> set[int]:
    """Repetitions of what somebody has acknowledged meanwhile."""
    nags = [alarm for alarm in alarms if "." in alarm.rung]
    if not nags:
        return set()
    known = Escalation.objects.filter(alarm__clock__in=[alarm.clock for alarm in nags], acknowledged_at__isnull=False)
    acknowledged = {(clock, epoch, _base(rung)) for clock, epoch, rung in known.values_list("alarm__clock", "alarm__epoch", "alarm__rung")}
    return {alarm.pk for alarm in nags if (alarm.clock, alarm.epoch, _base(alarm.rung)) in acknowledged}


def _base(rung: str) -> str:
    """The rung that a repetition repeats."""
    return rung.partition(".")[0]


def _told(alarm: Rung, book: PolicyBook, roster: Roster, case: CaseFacts | None) -> Told:
    policy = book.version(alarm.version)
    role = policy.role_at(alarm.rung)
    if role == OWNER and alarm.owner is None:
        role = policy.owner or role
    people = roster.told(role, hall=alarm.hall, owner=alarm.owner)
    named = roster.present(case.named) if case and case.named else None
    return Told(alarm, policy, role, people if named is None or named in people else [*people, named], case)


def _write(
    told: Sequence[Told], overtaken: Sequence[tuple[Rung, int]], timelines: Mapping[int, Timeline], at: datetime, began: float
) -> None:
    _tell(told, at)
    record_many(steps=_steps(told, timelines, at), by=_BY, at=at)
    _ring_again(told, at)
    written_at = at + in_business_time(timedelta(seconds=time.monotonic() - began))
    rows = [(one.alarm.pk, one.role[:32], None) for one in told] + [(alarm.pk, "", speaker) for alarm, speaker in overtaken]
    named = [{"alarm_id": alarm, "to_role": role, "overtaken_by_id": by, "created_at": written_at} for alarm, role, by in rows]
    keys = insert_plain(Escalation, named)
    heard = [(key, person) for key, one in zip(keys, told, strict=False) for person in one.people]
    insert_plain(Escalation.told.through, [{"escalation_id": key, "staff_id": person} for key, person in heard])
    _note_nobody([one for one in told if not one.people], at)


def _steps(told: Sequence[Told], timelines: Mapping[int, Timeline], at: datetime) -> list[tuple[Timeline, Step]]:
    """What stands on the timelines; it says what the case is about where a promise may begin with it, so that no clock has to ask."""
    edition = policies_at(at).edition
    steps = []
    for one in told:
        facts = {"promise": one.policy.key, "rung": one.alarm.rung, "to_role": one.role, "clock": one.alarm.clock}
        if one.case and edition.may_start(_ESCALATED, facts):
            facts = {**one.case.facts, **facts}
        steps.append((timelines[one.alarm.timeline], Step(_ESCALATED, facts)))
    return steps


def _ring_again(told: Sequence[Told], at: datetime) -> None:
    """Until somebody takes it up: what is broken, and whatever is a safety matter."""
    rhythm = nag()
    again = [(one.alarm, *next_rung(one.alarm.rung)) for one in told if one.is_broken or one.alarm.is_safety]
    insert_plain(
        Alarm,
        [
            {
                "clock_id": alarm.clock,
                "epoch": alarm.epoch,
                "rung": rung,
                "is_safety": alarm.is_safety,
                "fires_at": at + rhythm.pause(is_safety=alarm.is_safety, repetition=repetition),
            }
            for alarm, rung, repetition in again
        ],
    )


def _tell(told: Sequence[Told], at: datetime) -> None:
    people = Staff.objects.select_related("user").in_bulk({person for one in told for person in one.people})
    contexts: dict[object, Mapping[str, Any]] = {}
    others = subjects_of({one.alarm.timeline for one in told if one.case is None})
    letters = [
        notice for one in told for notice in _notices(one, [people[pk] for pk in one.people], others.get(one.alarm.timeline), contexts)
    ]
    if letters:
        notices.operations.owe_grouped(letters=letters, group=_GROUP, at=at)


def _notices(one: Told, people: Sequence[Staff], other: Subject | None, contexts: dict[object, Mapping[str, Any]]) -> Iterable[Notice]:
    """In a storm many letters differ in the case and the moment alone: they share a context, so that its words are made once."""
    subject, due_at = one.case or other, one.alarm.due_at
    reference = subject.reference if subject else ""
    alike = one.policy.version, _base(one.alarm.rung), one.is_broken, bool(reference), due_at is None
    context = contexts.setdefault(
        alike,
        {
            "promise": one.policy.key,
            "title": Title(one.policy),
            "reference": Blank("reference") if reference else "",
            "rung": _base(one.alarm.rung),
            "due": Blank("due") if due_at else "",
            "is_broken": one.is_broken,
        },
    )
    titles = {language: one.policy.title(language) for language in one.policy.texts}
    link = other.link if other else reverse("casework:case", args=[reference]) if reference else ""
    for person in people:
        yield Notice(
            kind="alarm",
            key=f"alarm:{one.alarm.pk}",
            to=person,
            context=context,
            blanks={"reference": reference, "due": Moment(due_at)} if due_at else {"reference": reference},
            about=titles,
            link=link,
            is_safety=one.alarm.is_safety,
        )


def _note_nobody(told: Sequence[Told], at: datetime) -> None:
    for one in told:
        log.error("nobody to tell", extra={"promise": one.policy.key, "role": one.role, "alarm": one.alarm.pk})
    Fault.objects.bulk_create(
        [Fault(kind=Fault.Kind.TELL, timeline_id=one.alarm.timeline, promise=one.policy.key, error="NobodyToTell", at=at) for one in told]
    )
