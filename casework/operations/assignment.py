"""In whose hands a case is. First asked, first answerable: it stays with who was asked until somebody else accepts it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import Hall, Staff, User

from .. import permissions
from ..models import Case, Transfer
from .cases import ReasonMissing
from .events import Step
from .moves import amend


class NobodyNamed(Exception):
    """A transfer goes to a person, a hall or a department, and not to who has it already."""

    def __init__(self) -> None:
        super().__init__(_("Choose a colleague, a hall or a department, and not whoever has the case now."))


class AlreadyOffered(Exception):
    """Somebody has been asked to take it and has not answered."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has been asked to take this case and has not answered yet. Take it back first."))


class NotOffered(Exception):
    """There is nothing to accept or decline."""

    def __init__(self) -> None:
        super().__init__(_("Nobody is asked to take this case, and somebody has it in hand."))


class Ended(Exception):
    """Nobody works on an ended case."""

    def __init__(self) -> None:
        super().__init__(_("This case has ended. Reopen it first."))


@dataclass(frozen=True, kw_only=True)
class Target:
    """Who is asked to take a case: a person, else a hall, or whoever works as something; what they should know."""

    staff: Staff | None = None
    hall: Hall | None = None
    role: str = ""
    note: str = ""


@transaction.atomic
def assign(*, case: Case, owner: Staff, by: Actor, at: datetime) -> Case:
    """Put a case into somebody's hands, without asking them. An open transfer falls away.

    Raises NobodyNamed for who has left, AboutThemselves, Ended, Forbidden, StaleRow.
    """
    permissions.check_may_assign(by, at=at)
    _check_unfinished(case)
    if owner.left_at is not None:
        raise NobodyNamed
    permissions.check_not_about(owner, case, at=at)
    steps = [*withdraw_offer(case=case, by=by, at=at), Step("case.assigned", {"owner": owner.pk, "hall": owner.hall_id or case.hall_id})]
    amend(case, fields=_in_hands_of(owner, case), steps=steps, by=by, at=at)
    return case


@transaction.atomic
def transfer(*, case: Case, to: Target, by: User, at: datetime) -> Transfer:
    """Ask somebody else to take a case; until they accept, it stays with whoever has it.

    Raises NobodyNamed, AboutThemselves, AlreadyOffered, Ended, Forbidden for who neither has it nor may assign, StaleRow.
    """
    permissions.check_may_transfer(by, case, at=at)
    _check_unfinished(case)
    is_somebody = to.staff.left_at is None and to.staff.pk != case.owner_id if to.staff else to.hall or to.role
    if not is_somebody:
        raise NobodyNamed
    if to.staff:
        permissions.check_not_about(to.staff, case, at=at)
    if case.transfers.filter(outcome=Transfer.Outcome.PENDING).exists():
        raise AlreadyOffered
    facts = {"owner": to.staff and to.staff.pk, "hall": to.hall and to.hall.pk, "role": to.role, "from": case.answerable_id}
    # First: of two who ask at once the second finds the case changed, not a row in its way.
    amend(case, fields={}, steps=[Step("case.transferred", facts)], by=by, at=at)
    return Transfer.objects.create(
        case=case,
        asked_by=accounts.queries.current_staff(by),
        to_staff=to.staff,
        to_hall=to.hall,
        to_role=to.role,
        note=to.note.strip()[:300],
        asked_at=at,
    )


@transaction.atomic
def accept(*, case: Case, by: User, at: datetime) -> Case:
    """Take a case into one's own hands: one that was offered to me, or one that nobody has.

    Raises NotOffered, Ended, Forbidden for who was not asked, StaleRow.
    """
    _check_unfinished(case)
    offer = _pending(case)
    if offer is None and case.owner_id is not None:
        raise NotOffered
    permissions.check_may_accept(by, case, offer, at=at)
    staff = accounts.queries.current_staff(by)
    if offer is not None:
        _close(offer, Transfer.Outcome.ACCEPTED, staff, at)
    fields = _in_hands_of(staff, case, hall=offer.to_hall if offer else None)
    facts = {"owner": staff.pk, "hall": fields["hall"].pk if fields["hall"] else None}
    amend(case, fields=fields, steps=[Step("case.accepted", facts)], by=by, at=at)
    return case


@transaction.atomic
def decline(*, case: Case, reason: str, by: User, at: datetime) -> Case:
    """Send an offered case back to who asked, with the reason. Raises NotOffered, ReasonMissing, Forbidden, StaleRow."""
    offer = _pending(case)
    if offer is None:
        raise NotOffered
    permissions.check_may_accept(by, case, offer, at=at)
    if not reason.strip():
        raise ReasonMissing
    _close(offer, Transfer.Outcome.DECLINED, accounts.queries.current_staff(by), at, reason)
    amend(case, fields={}, steps=[Step("case.declined", {"owner": case.answerable_id})], by=by, at=at)
    return case


@transaction.atomic
def take_back(*, case: Case, by: User, at: datetime) -> Case:
    """Ask nobody any more: whoever has the case keeps it. Raises NotOffered, Forbidden, StaleRow."""
    permissions.check_may_transfer(by, case, at=at)
    steps = withdraw_offer(case=case, by=by, at=at)
    if not steps:
        raise NotOffered
    amend(case, fields={}, steps=steps, by=by, at=at)
    return case


def withdraw_offer(*, case: Case, by: Actor, at: datetime) -> list[Step]:
    """End an open transfer because somebody decided otherwise or the case itself ends; the steps to be recorded with that."""
    offer = _pending(case)
    if offer is None:
        return []
    staff = Staff.objects.filter(user__pk=by.pk).first() if isinstance(by, User) else None
    _close(offer, Transfer.Outcome.TAKEN_BACK, staff, at)
    return [Step("case.taken_back", {"owner": case.answerable_id})]


def _pending(case: Case) -> Transfer | None:
    offers = Transfer.objects.select_for_update(no_key=True, of=("self",)).select_related("to_hall")
    return offers.filter(case=case, outcome=Transfer.Outcome.PENDING).first()


def _close(offer: Transfer, outcome: str, staff: Staff | None, at: datetime, reason: str = "") -> None:
    offer.outcome, offer.answered_by, offer.answered_at, offer.reason = outcome, staff, at, reason.strip()[:300]
    offer.save(update_fields=["outcome", "answered_by", "answered_at", "reason"])


def _in_hands_of(staff: Staff, case: Case, hall: Hall | None = None) -> dict[str, Staff | Hall | None]:
    return {"owner": staff, "hall": hall or staff.hall or case.hall}


def _check_unfinished(case: Case) -> None:
    if not case.is_unfinished:
        raise Ended
