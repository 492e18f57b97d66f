"""See that whatever a VIP, a key account or a private network brings to us goes to a named person at once (T36, T41)."""

from datetime import datetime

from django.db import transaction

import accounts.permissions
import accounts.queries
from accounts.actors import System
from accounts.models import Customer, Staff, User
from accounts.roles import Verb
from casework.models import Case
from casework.operations import assign, entrust
from casework.queries import pending_transfer
from casework.states import GENERAL_REQUEST

from ..models import CareQualification
from ..queries.care import CARED_FOR
from ..queries.named import NamedPerson, left_alone, person_on
from . import letters_out

BY = System("care")
#: Cases that one run of the job looks at.
BATCH = 200


@transaction.atomic
def see_to(*, case: Case, at: datetime) -> None:
    """Name who sees to this case, and tell them; where the room has no owner of its own for it, it is theirs. Safe to repeat.

    Whoever is named stays so while they are here and may know of it. Where nobody is qualified a supervisor is told.
    """
    held = (
        Case.objects.select_for_update(no_key=True, of=("self",)).select_related("timeline", "account__customer", "named").get(pk=case.pk)
    )
    if not held.is_unfinished:
        return
    named = person_on(held, at=at)
    is_new = entrust(case=held, to=named.staff if named else None, by=BY, at=at)
    if named is None:
        if held.segment in CARED_FOR:
            letters_out.tell_of_nobody(case=held, at=at)
        return
    if is_new:
        letters_out.tell_named(case=held, staff=named.present, at=at)
    _give(held, named, at)


def see_to_all(*, customer: Customer, at: datetime) -> None:
    """The same for everything of theirs that is being worked on: they have another manager. In the caller's transaction."""
    for case in Case.objects.unfinished().filter(account__customer=customer, opened_at__lte=at).order_by("pk"):
        see_to(case=case, at=at)


def leave_nobody_alone(*, at: datetime) -> int:
    """Name somebody else where who was named has left, and somebody where nobody could be; how many cases were looked at."""
    found = list(left_alone()[:BATCH])
    for case in found:
        see_to(case=case, at=at)
    return len(found)


@transaction.atomic
def qualify(*, staff: Staff, level: int, by: User, at: datetime) -> CareQualification:
    """Call somebody qualified for VIPs and key accounts, or at another level from now on. Raises Forbidden."""
    accounts.permissions.check_verb(by, Verb.SEE_BOARD, at=at)
    Staff.objects.select_for_update(no_key=True, of=("self",)).get(pk=staff.pk)
    current = CareQualification.objects.filter(staff=staff, until=None).first()
    if current is not None and current.level == level:
        return current
    CareQualification.objects.filter(staff=staff, until=None).update(until=at)
    return CareQualification.objects.create(staff=staff, level=level, since=at, given_by=accounts.queries.current_staff(by))


@transaction.atomic
def end_qualification(*, staff: Staff, by: User, at: datetime) -> None:
    """They are not called so any more; what they see to already stays theirs. Raises Forbidden."""
    accounts.permissions.check_verb(by, Verb.SEE_BOARD, at=at)
    CareQualification.objects.filter(staff=staff, until=None).update(until=at)


def _give(case: Case, named: NamedPerson, at: datetime) -> None:
    """A general request has no room that would have it in hand: it is given to whoever sees to it, unless a colleague has it already."""
    if case.kind == GENERAL_REQUEST.kind and case.owner_id is None and pending_transfer(case) is None:
        assign(case=case, owner=named.present, by=BY, at=at)
