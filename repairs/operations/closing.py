"""From finished to confirmed: by the customer, or by somebody who rings and was not there. Who did the work does not confirm it.

Note [Doubts come first]. When a crew says it is done, what is known is looked at (``repairs.doubts``). With nothing strange the
customer's signature or code ends the case; without a signature the customer may say so, or is called back; with a doubt only a call
confirms. What came of the call is written down in the room of follow-ups, and heard here (``confirm_called``). Ends without a repair
(no fault, not ours, nobody home, reported before) are concluded by a person who was not there, and say what they are.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor, System
from accounts.models import Staff, User
from accounts.permissions import Forbidden
from casework.operations import ReasonMissing, move_case
from fieldwork.models import Signature

from .. import doubts, permissions
from ..models import Repair
from ..queries.closings import closing_of, did_the_work, limits, wrote_for_the_crew
from ..states import RepairStatus

BY = System("repairs.closing")
_O = Repair.Outcome
#: Ends without anything mended; a person concludes them.
HONEST_ENDS = (_O.NO_FAULT, _O.NOT_OURS, _O.NO_ACCESS, _O.DUPLICATE)


class OwnWork(Forbidden):
    """Whoever was at the door asks somebody else."""

    def __init__(self) -> None:
        super().__init__(_("You were there yourself. Somebody else confirms this repair."))


class OwnWords(Forbidden):
    """Whoever wrote down for the crew what nothing proves asks somebody else."""

    def __init__(self) -> None:
        super().__init__(_("You wrote down what the crew said over the radio. Somebody else confirms this repair."))


class RingFirst(Exception):
    """Something about it is strange."""

    def __init__(self) -> None:
        super().__init__(_("Something about this repair has to be cleared up first: we ring the customer before it is closed."))


class NotMended(Exception):
    """It ended otherwise, or is not finished."""

    def __init__(self) -> None:
        super().__init__(_("Only a finished repair can be confirmed."))


class OnlyTheCustomer(Forbidden):
    """Staff write down what they heard in the call back; nobody says it for the customer here."""

    def __init__(self) -> None:
        super().__init__(_("The customer says so here. What they told you goes into the call back."))


class NoHonestEnd(Exception):
    """A repair that was mended is confirmed; only what was not is concluded."""

    def __init__(self) -> None:
        super().__init__(_("This was mended, says the crew. Let the customer confirm it."))


@transaction.atomic
def judge_closing(*, repair: Repair, at: datetime) -> Repair:
    """Write down what speaks against the closing; without a doubt a signature at the door confirms it at once. Safe to repeat."""
    if repair.case.status != RepairStatus.FINISHED or repair.outcome not in (_O.REPAIRED, *HONEST_ENDS):
        return repair
    found = doubts.doubts(closing_of(repair), limits())
    repair.doubts, repair.is_doubtful = list(found), doubts.needs_call(found)
    repair.save(update_fields=["doubts", "is_doubtful"])
    signature = Signature.objects.filter(visit__case=repair.case).first()
    if signature is not None and not found and repair.outcome == _O.REPAIRED and repair.disputed_at is None:
        how = Repair.Confirmation.CODE if signature.is_by_code else Repair.Confirmation.SIGNATURE
        _confirm(repair, how, by=BY, at=at)
    return repair


@transaction.atomic
def confirm_called(*, repair: Repair, by: str, at: datetime) -> Repair:
    """The customer was called back by ``by`` (a label) and says that it is mended. Safe to repeat.

    A closed one that was disputed stays closed.
    """
    if repair.case.status == RepairStatus.FINISHED:
        _confirm(repair, Repair.Confirmation.CALLBACK, by=BY, at=at, said_to=by)
    elif repair.is_rung_about:
        repair.confirmed_how, repair.confirmed_by, repair.confirmed_at = Repair.Confirmation.CALLBACK, by, at
        _keep_confirmed(repair)
    return repair


@transaction.atomic
def confirm_by_customer(*, repair: Repair, by: Actor, at: datetime) -> Repair:
    """The customer says it works, in the cabinet or with reference and code. Raises RingFirst, NotMended, NotYourCase, StaleRow."""
    _check_finished(repair)
    if repair.is_doubtful or repair.disputed_at:
        raise RingFirst
    _confirm(repair, Repair.Confirmation.CABINET, by=by, at=at)
    return repair


@transaction.atomic
def conclude(*, repair: Repair, reason: str, by: User, at: datetime) -> Repair:
    """End what was not mended, as what it is. Raises NoHonestEnd, ReasonMissing, OwnWork, OwnWords, WrongMove, Forbidden, StaleRow."""
    _check_other(repair, by, at)
    if repair.outcome not in HONEST_ENDS:
        raise NoHonestEnd
    if not reason.strip():
        raise ReasonMissing
    move_case(
        case=repair.case, verb="conclude", by=by, at=at, fields={"end_reason": reason.strip()[:300]}, facts={"outcome": repair.outcome}
    )
    move_case(case=repair.case, verb="close", by=BY, at=at)
    repair.disputed_at = None
    repair.save(update_fields=["disputed_at"])
    return repair


def check_was_elsewhere(repair: Repair, staff: Staff) -> None:
    """Whoever was at the door, or wrote down what was said there, confirms nothing. Raises OwnWork, OwnWords."""
    if did_the_work(repair, staff):
        raise OwnWork
    if wrote_for_the_crew(repair, staff):
        raise OwnWords


def _confirm(repair: Repair, how: str, *, by: Actor, at: datetime, said_to: str = "") -> None:
    move_case(case=repair.case, verb="confirm", by=by, at=at, facts={"how": str(how)})
    repair.confirmed_how, repair.confirmed_by, repair.confirmed_at = how, said_to or by.actor_label, at
    _keep_confirmed(repair)
    move_case(case=repair.case, verb="close", by=BY, at=at)


def _keep_confirmed(repair: Repair) -> None:
    repair.disputed_at = None
    repair.save(update_fields=["confirmed_how", "confirmed_by", "confirmed_at", "disputed_at"])


def _check_finished(repair: Repair) -> None:
    if repair.case.status != RepairStatus.FINISHED:
        raise NotMended


def _check_other(repair: Repair, by: User, at: datetime) -> None:
    permissions.check_may_order(by, at=at)
    check_was_elsewhere(repair, accounts.queries.current_staff(by))
