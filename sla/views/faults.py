"""What the engine is at fault with: followed again, or put away by somebody who has looked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations
from ..models import Fault


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def fault_mend(request: MemberRequest, pk: int) -> HttpResponse:
    """Follow the fault's event again."""
    try:
        is_mended = operations.mend(fault=get_object_or_404(Fault, pk=pk), by=request.user, at=business_now())
    except operations.NothingToMend as refusal:
        messages.error(request, str(refusal))
    else:
        if is_mended:
            messages.success(request, _("The clocks have followed. This fault is mended."))
        else:
            messages.error(request, _("Something is still at fault. Look at the promise and its calendar first."))
    return redirect("sla:engine")


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def fault_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a fault away: somebody has looked."""
    try:
        operations.settle(fault=get_object_or_404(Fault, pk=pk), by=request.user, at=business_now())
    except operations.NothingToMend as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Put away."))
    return redirect("sla:engine")
