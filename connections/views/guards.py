"""Fetch and authorise in one act."""

from typing import Any

from django.http import Http404

from accounts.clock import business_now
from casework import permissions, queries, references

from ..models import Application


def application_or_404(user: Any, reference: str) -> Application:
    """An application for somebody who may see it: unknown references, other people's and other kinds look the same."""
    visible = permissions.visible_cases(user, business_now())
    try:
        case = queries.get_case(references.tidy(reference), visible)
    except queries.CaseNotFound:
        raise Http404 from None
    found = Application.objects.select_related("territory", "policy").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found
