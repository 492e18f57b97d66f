"""Fetch and authorise in one act, and show a case to whoever asks."""

from datetime import datetime
from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.permissions
from accounts.api.inputs import caller
from accounts.models import Account

from .. import permissions, queries, references
from ..models import Case
from .outputs import CaseDetailOutput, CaseOutput, StaffCaseDetailOutput, StaffCaseOutput


def case_for(request: Request, reference: str, *, at: datetime) -> Case:
    """A case the caller may see. What does not exist and what is not theirs look the same."""
    try:
        return queries.get_case(references.tidy(reference), permissions.visible_cases(caller(request), at))
    except queries.CaseNotFound:
        raise Http404 from None


def account_for(request: Request, number: str, *, at: datetime) -> Account:
    """An account about which the caller may ask: any for staff, the household's own for customers."""
    user = caller(request)
    visible = accounts.permissions.visible_accounts(user, at) if user.is_staff else permissions.household_accounts(user)
    account = visible.select_related("customer", "premises__territory").filter(number=number).first()
    if account is None:
        raise Http404
    return account


def detail(request: Request, case: Case, *, at: datetime, status: int = 200) -> Response:
    """The case as it is now, as this caller may see it."""
    found = case_for(request, case.reference, at=at)
    kind = StaffCaseDetailOutput if caller(request).is_staff else CaseDetailOutput
    return Response(kind(found).data, status=status)


def row_output(request: Request) -> Any:
    """How a row of a list is shown to this caller."""
    return StaffCaseOutput if caller(request).is_staff else CaseOutput
