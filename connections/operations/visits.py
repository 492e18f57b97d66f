"""Visits that the applicant chooses the time of, and what follows when they are made: the stage they belong to is done.

Moving and giving up a time is as with every visit (fieldwork.operations.appointments); what a survey means for drawings is in surveys.py.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import fieldwork.permissions
from accounts.actors import Actor, System
from fieldwork.models import Booking, Visit, VisitPurpose
from fieldwork.operations.appointments import NotToBeBooked, hold
from fieldwork.operations.arranging import ask_and_agree

from ..models import Application, Deed
from ..queries import visits as reads
from ..queries.defects import open_defects
from . import stages

BY = System("connections.visits")
#: A visit that was made -> the stage it ends. That something is built is said in the construction log, not by a visit.
_ENDS = {VisitPurpose.STEWARD: Deed.HOME_VISIT, VisitPurpose.SURVEY: Deed.SURVEY}


@transaction.atomic
def book(*, application: Application, purpose: str, starts_at: datetime, by: Actor, at: datetime) -> Booking:
    """Ask for a visit and agree its time in one act: by the applicant, with or without a cabinet, and by whoever handles the case.

    Raises NotToBeBooked, NoSuchSlot, SlotTaken, Forbidden, StaleRow.
    """
    case = application.case
    fieldwork.permissions.check_may_agree(by, case, at=at)
    # Under the lock: of two windows that book at once the second finds the first's visit.
    hold(case)
    if purpose not in reads.bookable(application):
        raise NotToBeBooked(_("Nobody has to come for this now, or somebody is asked for already."))
    booking = ask_and_agree(case=case, purpose=purpose, ground=reads.ground_of(application), starts_at=starts_at, by=by, at=at)
    if purpose == VisitPurpose.INSPECTION:
        # What was found is looked at again then.
        open_defects(application).update(visit=booking.visit)
    return booking


@transaction.atomic
def note_made(*, application: Application, visit: Visit, at: datetime) -> None:
    """A visit was made: its stage is done. What was found otherwise than done, the steward judges."""
    deed = _ENDS.get(VisitPurpose(visit.purpose))
    if deed is not None and visit.outcome == Visit.Outcome.DONE and application.case.is_unfinished:
        stages.finish_by_deed(application=application, deed=deed, by=BY, at=at)
