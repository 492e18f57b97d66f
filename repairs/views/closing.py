"""Is it mended? The list of who must be rung, what came of the call, and the customer's own word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import System
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, customer_only, staff_with
from casework.operations import NothingSaid, StaleRow, WrongMove
from casework.views.tracking import case_in_sight

from ..models import Repair
from ..operations import closing, ringing
from ..operations.closing import NotMended, RingFirst
from ..queries.closings import to_confirm
from .guards import repair_or_404
from .staff import act_view

_LONGEST_LIST = 100


@require_safe
@staff_with(Verb.HANDLE_CASES)
def confirm_list(request: MemberRequest) -> HttpResponse:
    """Finished repairs that nobody has confirmed, with what speaks against each; the doubtful ones first."""
    at = business_now()
    return render(request, "repairs/confirm_list.html", {"repairs": to_confirm()[:_LONGEST_LIST], "now": at})


confirm = act_view(
    "confirm",
    lambda: _("Confirmed by the customer and closed."),
    lambda r, q, w: closing.confirm_by_call(repair=r, note=q.POST.get("note", ""), **w),
)
not_reached = act_view(
    "not_reached",
    lambda: _("The attempt is written down. Try again later."),
    lambda r, q, w: closing.note_not_reached(repair=r, note=q.POST.get("note", ""), **w),
)
dispute = act_view(
    "dispute",
    lambda: _("Open again: a crew is asked for."),
    lambda r, q, w: closing.dispute(repair=r, words=q.POST.get("words", ""), **w),
)
conclude = act_view(
    "conclude",
    lambda: _("Closed, as what it was."),
    lambda r, q, w: closing.conclude(repair=r, reason=q.POST.get("reason", ""), **w),
)


@never_cache
@require_POST
@staff_with(Verb.HANDLE_CASES)
def show_phones(request: MemberRequest, reference: str) -> HttpResponse:
    """Whom to ring, once; that somebody looked is written down."""
    repair = repair_or_404(request.user, reference)
    try:
        phones = ringing.show_phones(repair=repair, by=request.user, at=business_now())
    except NotMended as refusal:
        messages.error(request, str(refusal))
        return redirect("casework:case", reference=repair.case.reference)
    name = "repairs/ring_shown.html" + ("#shown" if request.headers.get("HX-Request") else "")
    return render(request, name, {"repair": repair, "phones": phones})


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
        closing.dispute(repair=repair, words=request.POST.get("words", ""), by=request.user, at=business_now())
    except (NothingSaid, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your repair is open again, and a crew is asked for."))
    return redirect("casework:request", reference=repair.case.reference)


@never_cache
@require_POST
def tracked_confirm(request: HttpRequest) -> HttpResponse:
    """The same from the public tracking page, for whoever looked it up with reference and code just now."""
    repair = _in_sight(request)
    if repair is not None:
        try:
            closing.confirm_by_customer(repair=repair, by=System("tracking"), at=business_now())
        except (RingFirst, NotMended, WrongMove, StaleRow) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The repair is closed."))
    return redirect("casework:tracked")


@never_cache
@require_POST
def tracked_dispute(request: HttpRequest) -> HttpResponse:
    """It does not work after all."""
    repair = _in_sight(request)
    if repair is not None:
        try:
            closing.dispute(repair=repair, words=request.POST.get("words", ""), by=System("tracking"), at=business_now())
        except (NothingSaid, WrongMove, StaleRow) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your repair is open again, and a crew is asked for."))
    return redirect("casework:tracked")


def _in_sight(request: HttpRequest) -> Repair | None:
    case = case_in_sight(request)
    repair = Repair.objects.filter(case=case).first() if case else None
    if repair is not None and case is not None:
        repair.case = case
    return repair
