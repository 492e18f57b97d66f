"""Is it mended? The customer's own word, in the cabinet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.views.guards import MemberRequest, customer_only
from casework.operations import StaleRow, WrongMove

from ..operations import closing, disputes
from ..operations.closing import NotMended, RingFirst
from .closing import DISPUTE_REFUSALS, what_follows
from .guards import repair_or_404


@require_POST
@customer_only
def cabinet_confirm(request: MemberRequest, reference: str) -> HttpResponse:
    """It works again, says the customer in the cabinet."""
    repair = repair_or_404(request.user, reference)
    try:
        closing.confirm_by_customer(repair=repair, by=request.user, at=business_now())
    except (RingFirst, NotMended, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The repair is closed."))
    return redirect("casework:request", reference=repair.case.reference)


@require_POST
@customer_only
def cabinet_dispute(request: MemberRequest, reference: str) -> HttpResponse:
    """It does not work after all, says the customer in the cabinet."""
    repair = repair_or_404(request.user, reference)
    try:
        disputes.dispute(repair=repair, words=request.POST.get("words", ""), by=request.user, at=business_now())
    except DISPUTE_REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, what_follows(repair))
    return redirect("casework:request", reference=repair.case.reference)
