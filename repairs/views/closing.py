"""Is it mended? The list of repairs that nobody has confirmed; whoever calls back writes it down in the room of follow-ups."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import NothingSaid, StaleRow, WrongMove

from ..models import Repair
from ..operations import closing, disputes
from ..operations.disputes import KnownAlready
from ..queries.closings import to_confirm
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
