"""What becomes of a repair when its visit goes on. The visit as it is now decides, so that steps heard twice or out of order do no harm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import System
from casework.models import Case, Urgency
from casework.operations import Step, move_case, record
from fieldwork.models import Visit, VisitOutcome

from ..models import Repair, Restoration
from ..states import REPAIR, RESTORATION, RepairStatus
from .ordering import send_somebody

BY = System("repairs.visits")
_V = Visit.Status
#: Where a visit stands -> the step its repair takes towards it.
_STEPS: Mapping[str, str] = {
    _V.ASKED: "undispatch",
    _V.OFFERED: "undispatch",
    _V.CANCELLED: "undispatch",
    _V.ACCEPTED: "dispatch",
    _V.ON_THE_WAY: "dispatch",
    _V.ON_SITE: "arrive",
    _V.NO_ACCESS: "wait",
}
#: How a crew's finished visit ends a repair; what is only made safe goes on.
_OUTCOMES: Mapping[str, str] = {
    VisitOutcome.DONE: Repair.Outcome.REPAIRED,
    VisitOutcome.NO_FAULT: Repair.Outcome.NO_FAULT,
    VisitOutcome.NOT_OURS: Repair.Outcome.NOT_OURS,
}


@transaction.atomic
def keep_up(*, repair: Repair, visit: Visit, happened_at: str = "", at: datetime) -> Repair:
    """Bring a repair to where its visit is. Does nothing where it is there already, or over.

    Made safe with more work to do, and an emergency where nobody opened, ask for another visit at once.
    """
    if not repair.case.is_unfinished or _is_of_the_past(repair, visit):
        return repair
    if visit.status != _V.DONE:
        return _step(repair, visit, _STEPS[visit.status], at)
    if visit.outcome == VisitOutcome.MADE_SAFE:
        return _go_on(repair, visit, at)
    _finish(repair, _OUTCOMES[visit.outcome], visit.ended_at or at, happened_at, at)
    return repair


@transaction.atomic
def keep_followers_up(*, lead: Repair, visit: Visit, step: Step, at: datetime) -> None:
    """Those who follow hear what happens at the first door: their promises and cases go along, and none of them ends unseen.

    When the crew has finished there, what is no emergency ends as reported before; an emergency gets a visit of its own.
    """
    for follower in lead.followers.select_related("case__timeline").order_by("case__timeline"):
        if not follower.case.is_unfinished or Visit.objects.open().filter(case=follower.case).exists():
            continue
        if visit.status == _V.DONE and visit.outcome != VisitOutcome.MADE_SAFE:
            _let_go(follower, visit, at)
        else:
            told = Step(step.verb, {**step.facts, "lead": lead.case_id})
            record(timeline_id=follower.case.timeline_id, steps=[told], by=BY, at=at)


@transaction.atomic
def restore(*, restoration: Restoration, visit: Visit, happened_at: str = "", at: datetime) -> Restoration:
    """Gas is on again where the crew says so. Does nothing where the case is there already."""
    case = restoration.case
    if visit.outcome == VisitOutcome.DONE and RESTORATION.find("restore", case.status):
        move_case(case=case, verb="restore", by=BY, at=at, facts=_when(happened_at))
        restoration.done_at = visit.ended_at or at
        restoration.save(update_fields=["done_at"])
    return restoration


def send_if_nobody_goes(*, case: Case, at: datetime) -> None:
    """A repair that is opened again needs a crew again; in the caller's transaction."""
    repair = Repair.objects.select_related("case", "territory").get(case=case)
    if repair.case.status == RepairStatus.ORDERED:
        send_somebody(repair=repair, by=BY, at=at)


def _is_of_the_past(repair: Repair, visit: Visit) -> bool:
    """A later visit of the same case decides, and one that was followed ended with the following."""
    if visit.case_id != repair.case_id:
        return repair.follows_id != visit.case_id
    return Visit.objects.filter(case=repair.case, pk__gt=visit.pk).exists()


def _step(repair: Repair, visit: Visit, verb: str, at: datetime) -> Repair:
    if REPAIR.find(verb, repair.case.status):
        outcome = Repair.Outcome.NO_ACCESS if verb == "wait" else ""
        why = {"why": str(outcome)} if outcome else {}
        move_case(case=repair.case, verb=verb, by=BY, at=at, facts={"visit": visit.pk, **why})
        if outcome:
            repair.outcome = outcome
            repair.save(update_fields=["outcome"])
            if repair.case.urgency == Urgency.EMERGENCY:
                send_somebody(repair=repair, by=BY, at=at)
    return repair


def _go_on(repair: Repair, visit: Visit, at: datetime) -> Repair:
    """The danger is gone and the fault is not: a crew for the rest, no longer as an emergency."""
    if REPAIR.find("undispatch", repair.case.status):
        move_case(case=repair.case, verb="undispatch", by=BY, at=at, facts={"visit": visit.pk})
    if repair.outcome != Repair.Outcome.MADE_SAFE:
        repair.outcome = Repair.Outcome.MADE_SAFE
        repair.save(update_fields=["outcome"])
    urgency = Urgency.URGENT if repair.case.urgency == Urgency.EMERGENCY else repair.case.urgency
    send_somebody(repair=repair, by=BY, at=at, urgency=urgency)
    return repair


def _finish(repair: Repair, outcome: str, ended_at: datetime, happened_at: str, at: datetime) -> None:
    if REPAIR.find("finish", repair.case.status):
        move_case(case=repair.case, verb="finish", by=BY, at=at, facts={"outcome": str(outcome), **_when(happened_at)})
        repair.outcome, repair.finished_at = outcome, ended_at
        repair.save(update_fields=["outcome", "finished_at"])


def _let_go(follower: Repair, visit: Visit, at: datetime) -> None:
    if follower.case.urgency == Urgency.EMERGENCY:
        send_somebody(repair=follower, by=BY, at=at)
    else:
        _finish(follower, Repair.Outcome.DUPLICATE, visit.ended_at or at, "", at)


def _when(happened_at: str) -> dict[str, Any]:
    return {"happened_at": happened_at} if happened_at else {}
