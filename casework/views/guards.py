"""Fetch and authorise in one act."""

from typing import Any

from django.http import Http404

from accounts.clock import business_now

from .. import permissions, queries, references
from ..models import Case


def case_or_404(user: Any, reference: str) -> Case:
    """The case for somebody who may see it: unknown references and other people's cases look the same."""
    visible = permissions.visible_cases(user, business_now())
    try:
        return queries.get_case(references.tidy(reference), visible)
    except queries.CaseNotFound:
        raise Http404 from None
