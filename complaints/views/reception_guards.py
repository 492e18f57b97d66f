"""Fetch and authorise in one act."""

from typing import Any

from django.http import Http404

from casework.views.guards import case_or_404

from ..models import Appeal, ServiceApplication


def appeal_or_404(user: Any, reference: str) -> Appeal:
    """A letter to the reception for somebody who may see it: unknown, other people's and other kinds look the same."""
    case = case_or_404(user, reference)
    found = Appeal.objects.select_related("territory").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def service_or_404(user: Any, reference: str) -> ServiceApplication:
    """The same for an application for a service."""
    case = case_or_404(user, reference)
    found = ServiceApplication.objects.select_related("territory", "specialist").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found
