"""Is it mended? The word of whoever has reference and code, on the public tracking page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from casework.operations import StaleRow, WrongMove
from casework.permissions import VISITOR
from casework.views.tracking import case_in_sight

from ..models import Repair
from ..operations import closing, disputes
from ..operations.closing import NotMended, RingFirst
from .closing import DISPUTE_REFUSALS, what_follows


@never_cache
@require_POST
def tracked_confirm(request: HttpRequest) -> HttpResponse:
    """The same from the public tracking page, for whoever looked it up with reference and code just now."""
    repair = _in_sight(request)
    if repair is not None:
        try:
            closing.confirm_by_customer(repair=repair, by=VISITOR, at=business_now())
        except (RingFirst, NotMended, WrongMove, StaleRow) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The repair is closed."))
    return redirect("casework:tracked")


@never_cache
@require_POST
def tracked_dispute(request: HttpRequest) -> HttpResponse:
    """It does not work after all, also some days after it was closed."""
    repair = _in_sight(request)
    if repair is not None:
        try:
            disputes.dispute(repair=repair, words=request.POST.get("words", ""), by=VISITOR, at=business_now())
        except DISPUTE_REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, what_follows(repair))
    return redirect("casework:tracked")


def _in_sight(request: HttpRequest) -> Repair | None:
    case = case_in_sight(request)
    repair = Repair.objects.filter(case=case).first() if case else None
    if repair is not None and case is not None:
        repair.case = case
    return repair
