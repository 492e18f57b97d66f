"""Fetch and authorise in one act, and show a repair to whoever asks."""

from datetime import datetime

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.inputs import caller
from accounts.api.outputs import shown
from casework import permissions, queries, references
from casework.models import Case
from sla.queries.standings import next_public

from ..models import Repair, Restoration
from ..queries.nearby import neighbours_of
from ..queries.reported import lead_of
from .outputs import Answered, RepairOutput, RestorationOutput, StaffRepairOutput


def repair_for(request: Request, reference: str, *, at: datetime) -> Repair:
    """A repair the caller may see. What does not exist and what is not theirs look the same."""
    case = _case_for(request, reference, at)
    found = Repair.objects.select_related("territory", "follows__case").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def restoration_for(request: Request, reference: str, *, at: datetime) -> Restoration:
    """The same for gas to be turned on again."""
    case = _case_for(request, reference, at)
    found = Restoration.objects.filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def repair_answer(request: Request, repair: Repair, *, at: datetime, status: int = 200) -> Response:
    """The repair as this caller may see it."""
    is_staff = caller(request).is_staff
    answered = Answered(
        repair,
        due_at=next_public([repair.case.timeline_id]).get(repair.case.timeline_id),
        near=neighbours_of(repair, at=at) if is_staff and repair.case.is_unfinished else [],
        lead=None if repair.follows_id else lead_of(repair, at=at),
    )
    return Response(shown(StaffRepairOutput if is_staff else RepairOutput, answered), status=status)


def restoration_answer(restoration: Restoration, *, status: int = 200) -> Response:
    """The restoration with its next moment."""
    due_at = next_public([restoration.case.timeline_id]).get(restoration.case.timeline_id)
    return Response(shown(RestorationOutput, Answered(restoration, due_at=due_at)), status=status)


def _case_for(request: Request, reference: str, at: datetime) -> Case:
    try:
        return queries.get_case(references.tidy(reference), permissions.visible_cases(caller(request), at))
    except queries.CaseNotFound:
        raise Http404 from None
