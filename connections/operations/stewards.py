"""The one who looks after an application: assigned at once, told at once, and handed over with a note.

The standing stewardship and the owner of the case are the same person. Whoever is away is stood in for: what is sent to them goes to
the deputy, and the file stays theirs.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor, System
from accounts.models import Staff, User
from accounts.roles import Role
from casework.operations import Ended, NobodyNamed, Step, amend
from casework.operations.assignment import withdraw_offer

from .. import steward_permissions
from ..models import Application, Stewardship
from ..queries import stewards as reads
from ..queries.papers import SETTLED
from . import steward_messages

BY = System("connections.stewards")
Reason = Stewardship.Reason


class NoSteward(Exception):
    """Whoever gets an application has to work as a steward."""

    def __init__(self) -> None:
        super().__init__(_("This colleague is no gas steward (any more). Choose another one."))


class NoteMissing(Exception):
    """Nobody hands over without a word."""

    def __init__(self) -> None:
        super().__init__(_("Write a few words for whoever goes on with it."))


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Whose an application becomes, why, and what the one before wrote for them."""

    staff: Staff
    reason: str
    note: str = ""


@transaction.atomic
def assign(*, application: Application, by: Actor, at: datetime) -> Stewardship | None:
    """Give an application its steward and owe them the word, in the caller's transaction; one that has a steward keeps them.

    The steward whom the applicant came to (``by``), else the one who has another open application of theirs, else the nearest with the
    fewest files. None where nobody works as a steward: then a supervisor is told. Raises StaleRow.
    """
    if (held := reads.standing(application)) is not None:
        return held
    charge = _charge(application, by, at)
    if charge is None:
        steward_messages.say_nobody(application=application, at=at)
        return None
    return entrust(application=application, charge=charge, by=BY, at=at)


@transaction.atomic
def hand_over(*, application: Application, to: Staff, note: str, by: Actor, at: datetime) -> Stewardship:
    """Another steward goes on with it; the note stays with the application, and the applicant hears the name.

    Raises NoteMissing, NoSteward, NobodyNamed for who has it already, Ended, Forbidden, StaleRow.
    """
    steward_permissions.check_may_hand_over(by, application, at=at)
    if not note.strip():
        raise NoteMissing
    if not reads.stewards(at).filter(pk=to.pk).exists():
        raise NoSteward
    if to.pk == application.case.owner_id:
        raise NobodyNamed
    stewardship = entrust(application=application, charge=Charge(staff=to, reason=Reason.HANDED_OVER, note=note), by=by, at=at)
    steward_messages.tell_applicant(stewardship=stewardship, at=at)
    return stewardship


def entrust(*, application: Application, charge: Charge, by: Actor, at: datetime, is_told: bool = True) -> Stewardship:
    """Make somebody the steward, and the owner of the case; ``is_told``: with a word to them now, else the caller owes it.

    Joins the caller's transaction. Raises Ended, StaleRow.
    """
    case, staff = application.case, charge.staff
    if not case.is_unfinished:
        raise Ended
    hall = staff.hall or case.hall
    # First: of two who hand it over at once the second finds the case changed, not a row in its way.
    steps = [
        *withdraw_offer(case=case, by=by, at=at),
        Step("case.assigned", {"owner": staff.pk, "hall": hall.pk if hall else None}),
        Step("connection.steward_told", {"steward": staff.pk}),
    ]
    amend(case, fields={"owner": staff, "hall": hall}, steps=steps, by=by, at=at)
    stewardship = write_down(application=application, charge=charge, by=by, at=at)
    if is_told:
        steward_messages.tell_steward(stewardship=stewardship, at=at)
    return stewardship


def write_down(*, application: Application, charge: Charge, by: Actor, at: datetime) -> Stewardship:
    """End the stewardship before and begin this one; the papers that are open are theirs too. The case's owner is the caller's to write."""
    Stewardship.objects.filter(application=application, until=None).update(until=at)
    application.papers.exclude(status__in=SETTLED).update(owner=charge.staff)
    return Stewardship.objects.create(
        application=application, staff=charge.staff, reason=charge.reason, note=charge.note.strip(), since=at, by=by.actor_label
    )


@transaction.atomic
def follow_owner(*, application: Application, note: str, at: datetime) -> Stewardship | None:
    """Somebody else has the case since it was assigned, or accepted, as cases of all kinds are: they are its steward now."""
    case, held = application.case, reads.standing(application)
    if case.owner is None or not case.is_unfinished or (held is not None and held.staff_id == case.owner_id):
        return None
    steps = [Step("connection.steward_told", {"steward": case.owner_id})]
    amend(case, fields={}, steps=steps, by=BY, at=at)
    charge = Charge(staff=case.owner, reason=Reason.CHOSEN, note=note)
    stewardship = write_down(application=application, charge=charge, by=BY, at=at)
    steward_messages.tell_steward(stewardship=stewardship, at=at)
    steward_messages.tell_applicant(stewardship=stewardship, at=at)
    return stewardship


def _charge(application: Application, by: Actor, at: datetime) -> Charge | None:
    if isinstance(by, User) and by.is_staff and Role.STEWARD in accounts.queries.roles_of(by, at):
        return Charge(staff=accounts.queries.current_staff(by), reason=Reason.APPROACHED)
    team = reads.team_at(at)
    former = reads.former_steward(application.case)
    key = former if former in team.people else team.choose(reads.place_of(application))
    if key is None:
        return None
    return Charge(staff=Staff.objects.select_related("user", "hall").get(pk=key), reason=Reason.ASSIGNED)
