"""Is it mended? The list of who must be rung, and what came of the call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import NothingSaid, StaleRow, WrongMove

from ..models import Repair
from ..operations import closing, disputes, ringing
from ..operations.closing import NotMended
from ..operations.disputes import KnownAlready
from ..queries.closings import to_confirm
from .guards import repair_or_404
from .staff import act_view

_LONGEST_LIST = 100
#: For what a customer's word that it does not work may be refused.
DISPUTE_REFUSALS = (NothingSaid, KnownAlready, WrongMove, StaleRow, Forbidden)


def what_follows(repair: Repair) -> str:
    """To the customer whose word was taken: a crew comes again, or somebody rings first."""
    if repair.disputed_at:
        return _("We have your word. Somebody rings you before a crew comes again.")
    return _("Your repair is open again, and a crew is asked for.")


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
    lambda r, q, w: disputes.dispute(repair=r, words=q.POST.get("words", ""), **w),
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
