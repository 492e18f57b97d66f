"""A home visit for a matter that sends nobody by itself: agreed with the customer by whoever handles the case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.permissions
from accounts.actors import Actor
from accounts.models import Territory, User
from accounts.roles import Verb
from casework.models import Case

from ..models import Booking, Visit
from ..queries import slots as reads
from ..queries.slots import SKILLS
from .appointments import BY, NotToBeBooked, agree, hold
from .holding import hold_visits
from .visits import Place, ask_visit, cancel


@transaction.atomic
def arrange(*, case: Case, purpose: str, starts_at: datetime, by: User, at: datetime) -> Booking:
    """Ask for a visit and agree its time in one act. Raises NotToBeBooked, NoSuchSlot, SlotTaken, Forbidden, StaleRow."""
    accounts.permissions.check_verb(by, Verb.HANDLE_CASES, at=at)
    if purpose not in SKILLS:
        raise NotToBeBooked(_("Choose what somebody is to come for."))
    hold(case)
    if why := why_not(case):
        raise NotToBeBooked(why)
    return ask_and_agree(case=case, purpose=purpose, ground=reads.territory_of(case), starts_at=starts_at, by=by, at=at)


@transaction.atomic
def ask_and_agree(*, case: Case, purpose: str, ground: Territory | None, starts_at: datetime, by: Actor, at: datetime) -> Booking:
    """A visit to a place, and its time: both or neither. Whoever calls holds the case and knows that nobody is asked for yet.

    Raises NotToBeBooked, NoSuchSlot, SlotTaken, Forbidden, StaleRow.
    """
    timeline, skill = hold(case), SKILLS[purpose]
    ask_visit(timeline=timeline, case=case, purpose=purpose, skill=skill, urgency=case.urgency, place=Place(ground), by=by, at=at)
    return agree(case=case, starts_at=starts_at, by=by, at=at)


def why_not(case: Case) -> str:
    """Why no visit can be arranged for a case now, in words; empty where one can."""
    if not case.is_unfinished:
        return _("Nobody has to come for this.")
    if case.urgency == "emergency":
        return _("In danger nobody waits for an appointment: a crew comes at once.")
    if Visit.objects.open().filter(case=case).exists():
        return _("Somebody is asked for already.")
    return "" if reads.territory_of(case) else _("We know no address for this case.")


def call_off(*, timeline: int, at: datetime) -> int:
    """Visits arranged for a case that is over end, but for a crew at the door; how many. Joins the caller's transaction."""
    found = Visit.objects.open().filter(case__timeline=timeline, purpose__in=list(SKILLS)).exclude(status=Visit.Status.ON_SITE)
    held = hold_visits(found)
    for visit in held:
        cancel(visit=visit, by=BY, at=at)
    return len(held)
