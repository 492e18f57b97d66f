"""What broken promises cost: the list, one of them, and saying with evidence that it is not owed."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import may, verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import NotTaken, StaleRow, WrongMove

from .. import permissions
from ..compensation_forms import ExemptionForm
from ..models import Compensation
from ..operations import compensation as operations
from ..queries import compensation_lines, compensations

PAGE = 50


@require_safe
@staff_with(Verb.SEE_LEDGER)
def compensation_list(request: MemberRequest) -> HttpResponse:
    """Those of one status; without a choice those that are owed."""
    asked = request.GET.get("status", "")
    status = asked if asked in Compensation.Status else Compensation.Status.OWED.value
    page = Paginator(compensation_lines.with_status(status), PAGE).get_page(request.GET.get("page"))
    counts = compensation_lines.count_by_status()
    context = {
        "page": page,
        "lines": compensation_lines.lines(page.object_list),
        "status": status,
        "statuses": [(one, counts.get(one, 0)) for one in Compensation.Status],
        "opens_cases": Verb.HANDLE_CASES in verbs_of(request.user, business_now()),
    }
    return render(request, "sla/compensation_list.html", context)


@require_safe
@staff_with(Verb.SEE_LEDGER)
def compensation_detail(request: MemberRequest, pk: int) -> HttpResponse:
    at = business_now()
    found = _story(pk, at)
    return _page(request, found, ExemptionForm(found.files), at)


@require_POST
@staff_with(Verb.EXEMPT_COMPENSATION)
def compensation_exempt(request: MemberRequest, pk: int) -> HttpResponse:
    """It is not owed after all."""
    at = business_now()
    found = _story(pk, at)
    form = ExemptionForm(found.files, request.POST, request.FILES)
    if form.is_valid():
        row, reason = found.line.row, form.cleaned_data["reason"]
        try:
            operations.exempt(compensation=row, reason=reason, evidence=form.proof(), by=request.user, at=at)
        except (operations.NoEvidence, NotTaken) as refusal:
            form.add_error("evidence" if isinstance(refusal, operations.NoEvidence) else "file", str(refusal))
        except (WrongMove, StaleRow) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted: it is not owed. Nothing will be credited."))
            return redirect("sla:compensation_detail", pk)
    return _page(request, found, form, at)


@require_POST
@staff_with(Verb.EXEMPT_COMPENSATION)
def compensation_account(request: MemberRequest, pk: int) -> HttpResponse:
    """Credit it to the account that the case has been given since."""
    row = get_object_or_404(Compensation, pk=pk)
    try:
        operations.name_account(compensation=row, by=request.user, at=business_now())
    except (operations.NoAccountYet, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It will be credited to the account of the case."))
    return redirect("sla:compensation_detail", pk)


def _page(request: MemberRequest, found: compensations.CompensationStory, form: ExemptionForm, at: datetime) -> HttpResponse:
    context = {
        "story": found,
        "line": found.line,
        "row": found.line.row,
        "form": form,
        "may_exempt": may(permissions.check_may_exempt_this, request.user, found.line.row, at=at),
        "opens_cases": Verb.HANDLE_CASES in verbs_of(request.user, at),
        "now": at,
    }
    return render(request, "sla/compensation_detail.html", context, status=422 if form.errors else 200)


def _story(pk: int, at: datetime) -> compensations.CompensationStory:
    try:
        return compensations.story(pk, at=at)
    except compensations.CompensationNotFound:
        raise Http404 from None
