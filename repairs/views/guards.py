"""Fetch and authorise in one act."""

from typing import Any

from django.http import Http404

from accounts.clock import business_now
from casework import permissions, queries, references
from casework.models import Case

from ..models import Repair


def case_or_404(user: Any, reference: str) -> Case:
    """A case of any kind for somebody who may see it: unknown references and other people's cases look the same."""
    visible = permissions.visible_cases(user, business_now())
    try:
        return queries.get_case(references.tidy(reference), visible)
    except queries.CaseNotFound:
        raise Http404 from None


def repair_or_404(user: Any, reference: str) -> Repair:
    """The same for a repair."""
    case = case_or_404(user, reference)
    found = Repair.objects.select_related("territory", "follows__case").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found
