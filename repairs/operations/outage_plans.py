"""Plan an interruption, announce it in time, change the plan, call it off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from accounts.models import Territory
from casework import references
from casework.operations import Step, amend, move, open_timeline, record

from .. import outage_permissions
from ..models import Outage, OutageNotice
from ..models.outage import OutageKind
from ..outage_rules import is_told_in_time
from ..queries.outage_matters import matter_of
from ..queries.outage_reach import outermost
from ..states import OUTAGE
from . import outage_calls, outage_messages, outage_nights
from .outage_refusals import BadPlan, NoticeTooLate

#: Begins the references of interruptions; no kind of case has it.
LETTER = "X"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where gas is off, why (for customers), from when, and when it is on again at the latest."""

    places: Collection[Territory]
    reason: str
    starts_at: datetime
    until: datetime


@transaction.atomic
def plan_outage(*, plan: Plan, by: Actor, at: datetime) -> Outage:
    """Write down planned works. Nobody is told yet; the promise of two days' notice runs (T11).

    Raises Forbidden, BadPlan, NightRestoration.
    """
    outage_permissions.check_may_plan(by, at=at)
    check_plan(plan=plan, at=at)
    outage = write_outage(plan, kind=OutageKind.PLANNED, by=by, at=at)
    outage_nights.check_until(outage=outage, until=plan.until)
    record(timeline_id=outage.timeline_id, steps=[_planned(outage)], by=by, at=at)
    return outage


@transaction.atomic
def announce(*, outage: Outage, by: Actor, at: datetime) -> Outage:
    """Tell every customer it touches, at least 48 hours before, or with an emergency reason that somebody else agreed to.

    Raises Forbidden, NoticeTooLate, BadPlan once it should have begun, NightRestoration, WrongMove, StaleRow.
    """
    outage_permissions.check_may_plan(by, at=at)
    _check_notice(outage, at)
    outage_nights.check_until(outage=outage, until=outage.promised_until)
    told = {**matter_of(outage), "starts_at": outage.starts_at.isoformat()}
    move(outage, OUTAGE, "announce", by=by, at=at, fields={"announced_at": at, "promises": 1}, **told)
    record(timeline_id=outage.timeline_id, steps=[promised(outage)], by=by, at=at)
    outage_messages.start_round(outage=outage, kind=OutageNotice.Kind.PLANNED, at=at)
    return outage


@transaction.atomic
def change_plan(*, outage: Outage, plan: Plan, by: Actor, at: datetime) -> Outage:
    """Other hours or, before anybody was told, other places. What was announced is announced again, with the same 48 hours.

    An agreement to less notice was for the old hours and is gone with them. Raises as ``announce``, and BadPlan.
    """
    outage_permissions.check_may_plan(by, at=at)
    check_plan(plan=plan, at=at)
    _check_changeable(outage)
    fields: dict[str, Any] = {"reason": plan.reason.strip()[:300], "starts_at": plan.starts_at, "promised_until": plan.until}
    if plan.starts_at != outage.starts_at:
        fields |= {"emergency_reason": "", "emergency_approved_by": None}
    if outage.is_announced:
        _announce_anew(outage, fields, by, at)
    else:
        outage.territories.set(outermost(plan.places))
        amend(outage, fields=fields, steps=[], by=by, at=at)
        record(timeline_id=outage.timeline_id, steps=[_planned(outage)], by=by, at=at)
    outage_nights.check_until(outage=outage, until=plan.until)
    return outage


def _announce_anew(outage: Outage, fields: dict[str, Any], by: Actor, at: datetime) -> None:
    """The places stay: whoever was told of it must hear of the change, and nobody else has had the notice."""
    was_until, number, moved = outage.promised_until, outage.promises, fields["starts_at"] != outage.starts_at
    amend(outage, fields={**fields, "promises": number + 1}, steps=[], by=by, at=at)
    steps = []
    if moved:
        _check_notice(outage, at)
        told = {**matter_of(outage), "starts_at": outage.starts_at.isoformat()}
        steps = [Step("interruption.planned", told), Step("interruption.notice_published", told)]
    steps += [former(number=number, until=was_until, at=at), promised(outage)]
    record(timeline_id=outage.timeline_id, steps=steps, by=by, at=at)
    outage_messages.start_round(outage=outage, kind=OutageNotice.Kind.CHANGED, at=at)
    outage_calls.ring_again(outage=outage)


@transaction.atomic
def call_off(*, outage: Outage, reason: str, by: Actor, at: datetime) -> Outage:
    """Nothing comes of it; whoever was told is told that too. Raises Forbidden, BadPlan without a reason, WrongMove, StaleRow."""
    outage_permissions.check_may_plan(by, at=at)
    if not reason.strip():
        raise BadPlan("reason", _("Say why, in a few words."))
    was_announced = outage.is_announced
    move(outage, OUTAGE, "cancel", by=by, at=at, fields={"end_reason": reason.strip()[:300]})
    outage.wishes.filter(decided_at=None).update(decided_at=at, decision=_("called off"))
    outage_calls.close_calls(outage=outage, at=at)
    if was_announced:
        outage_messages.start_round(outage=outage, kind=OutageNotice.Kind.CANCELLED, at=at)
    return outage


def check_plan(*, plan: Plan, at: datetime) -> None:
    """Raises BadPlan for what no interruption can be."""
    if not plan.places:
        raise BadPlan("places", _("Choose at least one place."))
    if not plan.reason.strip():
        raise BadPlan("reason", _("Say why gas is off, in words for customers."))
    if plan.starts_at <= at:
        raise BadPlan("starts_at", _("Planned works begin later than now. If gas is off already, it is an accident."))
    if plan.until <= plan.starts_at:
        raise BadPlan("until", _("Gas comes on after it went off."))


def write_outage(plan: Plan, *, kind: str, by: Actor, at: datetime, reports: int = 0) -> Outage:
    """The row with its places and a timeline of its own, in the caller's transaction."""
    outage = Outage(
        reference=_free_reference(),
        kind=kind,
        reason=plan.reason.strip()[:300],
        starts_at=plan.starts_at,
        promised_until=plan.until,
        planned_by=casework.queries.staff_behind(by),
        reports=reports,
        timeline=open_timeline(kind="outage", steps=[], by=by, at=at),
    )
    outage.save(force_insert=True)
    outage.territories.set(outermost(plan.places))
    return outage


def promised(outage: Outage) -> Step:
    """Customers are told a moment by which gas is back: a promise with a clock of its own."""
    return Step("outage.promised", {**matter_of(outage), "about": str(outage.promises), "until": outage.promised_until.isoformat()})


def former(*, number: int, until: datetime, at: datetime) -> Step:
    """What becomes of the promise before: it was moved in time, or it is broken and stays so."""
    return Step("outage.promise_moved" if at <= until else "outage.promise_missed", {"about": str(number)})


def _planned(outage: Outage) -> Step:
    return Step("interruption.planned", {**matter_of(outage), "starts_at": outage.starts_at.isoformat()})


def _check_notice(outage: Outage, at: datetime) -> None:
    if outage.starts_at <= at:
        raise BadPlan("starts_at", _("It should have begun already. Change the plan first."))
    if not is_told_in_time(told_at=at, starts_at=outage.starts_at) and outage.emergency_approved_by_id is None:
        raise NoticeTooLate


def _check_changeable(outage: Outage) -> None:
    if outage.is_accident or not (outage.is_draft or outage.is_announced):
        raise BadPlan("note", _("Only works that have not begun can be planned anew."))


def _free_reference() -> str:
    while Outage.objects.filter(reference=(reference := references.new_reference(LETTER))).exists():
        pass
    return reference
