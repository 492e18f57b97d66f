"""What a survey means for the drawings that may follow until then (T22): told when it is agreed, moved or given up.

Note [A drawing that has to come again]. A drawing counts as received when it is handed in, before anybody looks at it. Where it then
cannot be used, and the survey is still to come, it is missing at the survey as before: that is told anew, with the survey's date, and
the promise runs once more. What was kept stays kept. After the survey nothing of it runs; the paper has its own day.
"""

from datetime import datetime

from django.db import transaction

from accounts.actors import System
from casework.operations import Step, record
from fieldwork.models import Booking, VisitPurpose

from ..models import Application
from ..queries import papers as reads
from ..states import PaperStatus

BY = System("connections.surveys")
_AGREED, _MOVED = "connection.survey_agreed", "connection.survey_moved"


@transaction.atomic
def follow(*, application: Application, booking: Booking, at: datetime) -> None:
    """Say when the survey is, and whether a drawing is still to come with it; or that this day holds no longer."""
    steps = [Step("connection.survey_moved")] if _is_told(application) else []
    standing = booking if booking.released_at is None else Booking.objects.standing().filter(visit=booking.visit_id).first()
    if standing is not None:
        due_at_survey(application=application, starts_at=standing.starts_at)
        steps.append(_agreed(application, standing))
    if steps:
        record(timeline_id=application.case.timeline_id, steps=steps, by=BY, at=at)


@transaction.atomic
def due_at_survey(*, application: Application, starts_at: datetime) -> None:
    """The survey was agreed: what may follow until then is due then."""
    application.papers.filter(at_survey=True, status__in=reads.MISSING).update(due_at=starts_at)


def want_drawing_again(*, application: Application, at: datetime) -> None:
    """The drawing that had come cannot be used; joins the caller's transaction. See Note [A drawing that has to come again]."""
    coming = Booking.objects.standing().filter(visit__case=application.pk, purpose=VisitPurpose.SURVEY, starts_at__gt=at)
    booking = coming.order_by("starts_at").first()
    if booking is None or not _is_told(application):
        return
    due_at_survey(application=application, starts_at=booking.starts_at)
    record(timeline_id=application.case.timeline_id, steps=[_agreed(application, booking)], by=BY, at=at)


def drawing_of(application: Application) -> str:
    """Whether a drawing that may follow is still missing, is here, or is not needed: what T22 asks."""
    drawings = application.papers.filter(row__is_drawing=True, may_follow=True).exclude(status=PaperStatus.WAIVED)
    if not drawings.exists():
        return "not_needed"
    return "missing" if drawings.filter(status__in=reads.MISSING).exists() else "here"


def _agreed(application: Application, booking: Booking) -> Step:
    return Step("connection.survey_agreed", {"drawing": drawing_of(application), "survey_at": booking.starts_at.isoformat()})


def _is_told(application: Application) -> bool:
    told = application.case.timeline.events.filter(verb__in=[_AGREED, _MOVED]).order_by("-seq")
    return told.values_list("verb", flat=True).first() == _AGREED
