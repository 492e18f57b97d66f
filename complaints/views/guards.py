"""Fetch and authorise in one act."""

from typing import Any

from django.http import Http404

from accounts.clock import business_now
from accounts.permissions import may
from casework import permissions, queries, references
from casework.models import Case

from .. import complaint_permissions
from ..models import Complaint, Inquiry


def case_or_404(user: Any, reference: str) -> Case:
    """A case of any kind for somebody who may see it: unknown references, other people's and what is about oneself look the same."""
    visible = permissions.visible_cases(user, business_now())
    try:
        return queries.get_case(references.tidy(reference), visible)
    except queries.CaseNotFound:
        raise Http404 from None


def complaint_or_404(user: Any, reference: str) -> Complaint:
    """The same for a complaint."""
    case = case_or_404(user, reference)
    found = complaint_of(case)
    if found is None:
        raise Http404
    return found


def complaint_of(case: Case) -> Complaint | None:
    """The complaint of a case of our kind, with the case as it is."""
    found = Complaint.objects.select_related("accused_hall", "about_case").filter(case=case).first()
    if found is not None:
        found.case = case
    return found


def inquiry_or_404(user: Any, pk: int) -> Inquiry:
    """A question for who was asked; for others there is none."""
    found = Inquiry.objects.select_related("asked_by", "complaint__case", "to_staff", "to_hall", "answered_by").filter(pk=pk).first()
    if found is None or not may(complaint_permissions.check_may_say, user, found, at=business_now()):
        raise Http404
    return found
