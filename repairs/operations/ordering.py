"""From a report to an order: a crew is asked for in the same transaction, so that no order is without one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import fieldwork.operations
from accounts.actors import Actor, System
from accounts.models import User
from casework.models import Case, Urgency
from casework.operations import Step, change_case, move_case, record
from fieldwork.models import Booking, Visit
from fieldwork.operations import Place
from fieldwork.operations.holding import hold_timeline, hold_visits

from .. import permissions, triage
from ..models import Repair
from ..states import RepairStatus

#: Who orders where the reporter is no colleague of ours: the rules of triage.
TRIAGE = System("repairs.triage")


class UnknownClass(Exception):
    """Class and urgency are among those that promises know."""

    def __init__(self) -> None:
        super().__init__(_("Choose a class and an urgency from the list."))


class NothingToSend(Exception):
    """Nobody can be sent for a repair that is over."""

    def __init__(self) -> None:
        super().__init__(_("This repair is over. Open it again first, or take a new report."))


@transaction.atomic
def order(*, repair: Repair, by: Actor, at: datetime) -> Repair:
    """Make a report an order, which its time limits count from, and ask for a crew. Raises WrongMove, StaleRow, Forbidden."""
    order_first(repair=repair, by=by, at=at)
    repair.save(update_fields=["ordered_at"])
    return repair


def order_first(*, repair: Repair, by: Actor, at: datetime) -> None:
    """The same for a report that is not written yet: whoever writes it does so in this transaction. Nobody can be on the way for it."""
    move_case(case=repair.case, verb="order", by=by, at=at, facts={"fault": repair.fault})
    repair.ordered_at = at
    _ask(repair, repair.case.urgency, by=by, at=at)


@transaction.atomic
def send_somebody(*, repair: Repair, by: Actor, at: datetime, urgency: str = "") -> Visit:
    """Ask for a crew unless one is on its way or asked for already; ``urgency`` where it is another one than the case's.

    Raises NothingToSend for a repair that is over.
    """
    case = repair.case
    # Whoever presses the button at the same moment waits here, and then finds this one's visit, or the case over.
    timeline = hold_timeline(case)
    if timeline is None:
        raise NothingToSend
    case.timeline = timeline
    standing = Visit.objects.open().filter(case=case).first()
    if standing is not None:
        return standing
    return _ask(repair, urgency or case.urgency, by=by, at=at)


def _ask(repair: Repair, urgency: str, *, by: Actor, at: datetime) -> Visit:
    case = repair.case
    place = Place(repair.territory, repair.latitude, repair.longitude)
    skill = triage.skill(repair.fault, urgency)
    return fieldwork.operations.ask_visit(
        timeline=case.timeline,
        case=case,
        purpose=Visit.Purpose.REPAIR,
        skill=skill,
        urgency=urgency,
        place=place,
        by=by,
        at=at,
    )


@transaction.atomic
def send_again(*, repair: Repair, by: User, at: datetime) -> Visit:
    """Another try after nobody opened, or more work after the danger is gone. Raises NothingToSend, Forbidden."""
    permissions.check_may_order(by, at=at)
    return send_somebody(repair=repair, by=by, at=at)


@transaction.atomic
def release(*, repair: Repair, by: Actor, at: datetime) -> Repair:
    """Let through a report that was set aside, or that lies outside our area: a crew goes. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_release(by, at=at)
    if repair.case.status == RepairStatus.HELD:
        move_case(case=repair.case, verb="release", by=by, at=at)
    return order(repair=repair, by=by, at=at)


@transaction.atomic
def classify(*, repair: Repair, classification: str, urgency: str, by: Actor, at: datetime) -> Repair:
    """The desk's own judgement of class and urgency; promises are chosen anew with the time that has gone.

    A visit that nobody has set off for goes by the new urgency. Raises UnknownClass, Forbidden, StaleRow.
    """
    if classification not in Repair.Class.values or urgency not in Urgency.values:
        raise UnknownClass
    case = repair.case
    if (case.classification, case.urgency) == (classification, urgency):
        return repair
    was_urgency = case.urgency
    hold_visits(Visit.objects.open().filter(case=case))
    change_case(case=case, classification=classification, urgency=urgency, by=by, at=at)
    repair.reasons = ["by_desk", *(code for code in repair.reasons if code != "by_desk")]
    repair.save(update_fields=["reasons"])
    if was_urgency != urgency:
        _ask_anew(repair, by, at)
    return repair


def call_off(*, case: Case, by: Actor, at: datetime) -> int:
    """Nobody needs to come any more: open visits of a case end, but for a crew that is at the door. Joins the caller's transaction."""
    held = hold_visits(Visit.objects.open().filter(case=case).exclude(status=Visit.Status.ON_SITE))
    for visit in held:
        fieldwork.operations.cancel(visit=visit, by=by, at=at)
    return len(held)


def _ask_anew(repair: Repair, by: Actor, at: datetime) -> None:
    """A visit that no crew has taken on is asked for again with the urgency and the skill of now.

    One whose time is agreed with the customer keeps it, and its urgency follows the case; but for an emergency nobody waits.
    """
    waiting = Visit.objects.open().filter(case=repair.case, status__in=[Visit.Status.ASKED, Visit.Status.OFFERED])
    if repair.case.urgency != Urgency.EMERGENCY:
        waiting = waiting.exclude(pk__in=Booking.objects.standing().values("visit"))
    for visit in waiting:
        fieldwork.operations.cancel(visit=visit, by=TRIAGE, at=at)
        record(timeline_id=repair.case.timeline_id, steps=[Step("repair.asked_anew", {"visit": visit.pk})], by=by, at=at)
        send_somebody(repair=repair, by=by, at=at)


def forget_words(*, repair: Repair, at: datetime) -> None:
    """Blank what was reported and where, and forget by which marks the source was counted; in the caller's transaction.

    Nobody can be rung about it any more, so that no dispute stands either.
    """
    repair.sources.all().delete()
    words: dict[str, object] = dict.fromkeys(("text", "place", "cause", "source"), "")
    blank = {**words, "latitude": None, "longitude": None, "answers": {}, "disputed_at": None}
    Repair.objects.filter(pk=repair.pk).update(**blank)
