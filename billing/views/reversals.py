"""The approvals inbox: purchases that somebody wants to take back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import billing.operations
import billing.queries.reversal_inbox
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..queries.reversal_inbox import ReversalNotFound
from ..refusals import Refused


@require_safe
@staff_with(Verb.APPROVE_REVERSAL)
def reversal_list(request: MemberRequest) -> HttpResponse:
    """What waits for a decision, and what was decided lately."""
    waiting, decided = billing.queries.reversal_inbox.inbox(request.user, request.GET.get("page"))
    may, at = accounts.permissions.may, business_now()
    check = permissions.check_may_decide_reversal
    rows = [(row, may(check, request.user, row.reversal, at=at)) for row in waiting]
    return render(request, "billing/reversal_list.html", {"rows": rows, "waiting": waiting, "decided": decided})


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def reversal_approve(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("Approved. The counter can take the purchase back now."), approve=True)


@require_POST
@staff_with(Verb.APPROVE_REVERSAL)
def reversal_refuse(request: MemberRequest, reference: str) -> HttpResponse:
    return _decide(request, reference, _("Refused. The purchase stands."), approve=False)


def _decide(request: MemberRequest, reference: str, done: str, *, approve: bool) -> HttpResponse:
    try:
        reversal = billing.queries.reversal_inbox.waiting_reversal(request.user, reference)
        billing.operations.decide_reversal(reversal=reversal, approve=approve, by=request.user, at=business_now())
    except ReversalNotFound as refusal:
        raise Http404(str(refusal)) from None
    except (Refused, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("billing:reversal_list")
