"""What the customer says of our answer afterwards, and what becomes of the complaint then."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.models import Case
from casework.operations import Step, move_case, record

from ..models import Complaint
from ..states import ComplaintStatus


class NoScore(Exception):
    """Satisfaction is said in five steps."""

    def __init__(self) -> None:
        super().__init__(_("Say how satisfied the customer is, from 1 to 5."))


@transaction.atomic
def note_satisfaction(*, case: Case, score: int, by: Actor, at: datetime) -> Complaint:
    """Keep how satisfied the customer is, 1 to 5; the last word counts. Raises NoScore, Complaint.DoesNotExist."""
    if not 1 <= score <= 5:
        raise NoScore
    complaint = Complaint.objects.select_related("case__timeline").get(case=case)
    complaint.satisfaction, complaint.satisfied_at = score, at
    complaint.save(update_fields=["satisfaction", "satisfied_at"])
    record(timeline_id=complaint.case.timeline_id, steps=[Step("complaint.rated", {"score": score})], by=by, at=at)
    return complaint


@transaction.atomic
def close_asked(*, case: Case, by: Actor, at: datetime) -> None:
    """The customer was asked, or could not be: nothing more is to come. Nothing where it is not settled, or opened again meanwhile."""
    if case.status == ComplaintStatus.SETTLED:
        move_case(case=case, verb="close", by=by, at=at)


@transaction.atomic
def begin_again(*, complaint: Complaint) -> None:
    """Opened again: what was decided is open. Its answers stay, and so does what was found."""
    Complaint.objects.filter(pk=complaint.pk).update(outcome="", decided_at=None)
