"""Visits that the applicant chooses the time of, and what follows when they are made: the stage they belong to is done.

Moving and giving up a time is as with every visit (fieldwork.operations.appointments); what the survey means for the drawings is told
here, wherever the time was agreed (T22).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import fieldwork.permissions
from accounts.actors import Actor, System
from casework.operations import Step, record
from fieldwork.models import Booking, Visit, VisitPurpose
from fieldwork.operations.appointments import NotToBeBooked, hold
from fieldwork.operations.arranging import ask_and_agree

from ..models import Application, Deed
from ..queries import visits as reads
from ..queries.defects import open_defects
from ..states import PaperStatus
from . import papers, stages

BY = System("connections.visits")
#: A visit that was made -> the stage it ends. That something is built is said in the construction log, not by a visit.
_ENDS = {VisitPurpose.STEWARD: Deed.HOME_VISIT, VisitPurpose.SURVEY: Deed.SURVEY}
_AGREED = "connection.survey_agreed"


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
def follow_survey(*, application: Application, booking: Booking, at: datetime) -> None:
    """Say when the survey is, and whether a drawing is still to come with it; or that this day holds no longer."""
    timeline = application.case.timeline_id
    steps = [Step("connection.survey_moved")] if _is_told(application) else []
    standing = booking if booking.released_at is None else Booking.objects.standing().filter(visit=booking.visit_id).first()
    if standing is not None:
        papers.due_at_survey(application=application, starts_at=standing.starts_at)
        steps.append(Step("connection.survey_agreed", {"drawing": drawing_of(application), "survey_at": standing.starts_at.isoformat()}))
    if steps:
        record(timeline_id=timeline, steps=steps, by=BY, at=at)


def drawing_of(application: Application) -> str:
    """Whether a drawing that may follow is still missing, is here, or is not needed: what T22 asks."""
    drawings = application.papers.filter(row__is_drawing=True, may_follow=True).exclude(status=PaperStatus.WAIVED)
    if not drawings.exists():
        return "not_needed"
    return "missing" if drawings.filter(status__in=[PaperStatus.WANTED, PaperStatus.REJECTED]).exists() else "here"


@transaction.atomic
def note_made(*, application: Application, visit: Visit, at: datetime) -> None:
    """A visit was made: its stage is done. What was found otherwise than done, the steward judges."""
    deed = _ENDS.get(VisitPurpose(visit.purpose))
    if deed is not None and visit.outcome == Visit.Outcome.DONE and application.case.is_unfinished:
        stages.finish_by_deed(application=application, deed=deed, by=BY, at=at)


def _is_told(application: Application) -> bool:
    told = application.case.timeline.events.filter(verb__in=[_AGREED, "connection.survey_moved"]).order_by("-seq")
    return told.values_list("verb", flat=True).first() == _AGREED
