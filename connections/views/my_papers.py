"""Papers as their applicant sends them: one file at a time, in the cabinet and with reference and code."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.throttles import Pace, may_ask
from accounts.views.guards import MemberRequest, customer_only
from casework.operations import Ended, NotTaken

from ..operations import papers
from ..operations.papers import Settled
from ..queries.paper_lines import paper_of
from ..queries.papers import in_words
from .doors import Door, cabinet_door, tracked_door

#: An application has a dozen papers, each with a few tries; a disk is filled more slowly.
_PACE = Pace("papers", "60/hour")


@never_cache
@require_POST
@customer_only
def cabinet_paper(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """From the cabinet."""
    return _send(request, cabinet_door(request, reference), pk)


@never_cache
@require_POST
def tracked_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """With reference and code."""
    door = tracked_door(request)
    return _send(request, door, pk) if door else redirect("casework:track")


def _send(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    paper = paper_of(door.application, pk)
    if paper is None:
        raise Http404
    name, file = in_words(paper.row.names), request.FILES.get("file")
    if file is None:
        messages.error(request, _("%(paper)s: choose a photo or a file first.") % {"paper": name})
    elif not may_ask(request, _PACE):
        messages.error(request, _("Many files came from your address. Wait a while and send them again."))
    else:
        try:
            papers.hand_in(paper=paper, file=file, by=door.by, at=business_now())
        except (NotTaken, Settled, Ended) as refusal:
            kept = _("Everything sent before is kept.")
            messages.error(request, f"{name}: {refusal} {kept}")
        else:
            messages.success(request, _("%(paper)s is here. Your steward looks at it; what they find stands here.") % {"paper": name})
    return redirect(f"{door.back}#papers")
