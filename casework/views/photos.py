"""Photos from whoever holds reference and code, several at once: one that cannot be kept spoils neither the others nor the request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

import casework.operations
from accounts.actors import Actor
from accounts.clock import business_now
from accounts.throttles import Pace, may_ask

from ..models import Case
from ..operations import Taken
from ..permissions import VISITOR
from .tracking import case_in_sight, tracked_page

#: Ten minutes of photos from a whole street behind one address; a disk is filled more slowly.
_PACE = Pace("photos", "60/hour")


@never_cache
@require_POST
def tracked_photos(request: HttpRequest) -> HttpResponse:
    """For the request looked up on the tracking page."""
    case = case_in_sight(request)
    if case is None:
        return redirect("casework:track")
    taken = take_photos(request, case, by=VISITOR)
    return tracked_page(request, case, taken=taken) if taken.refused else redirect("casework:tracked")


def take_photos(request: HttpRequest, case: Case, *, by: Actor) -> Taken:
    """Keep what was sent as ``photos``; what is not kept, and why, is for the page to say."""
    files = request.FILES.getlist("photos")
    if not files:
        return Taken((), {_("Choose at least one photo first."): ()})
    if not case.is_unfinished:
        return Taken((), {_("This request has ended; nothing is added to it any more."): ()})
    if not may_ask(request, _PACE):
        return Taken((), {_("Many files came from your address. Wait a while and send them again."): ()})
    return casework.operations.attach_each(case=case, files=files, by=by, at=business_now())
