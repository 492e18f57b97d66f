"""For dispatchers: what came from crews' phones when it was not possible any more."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import DeviceAction
from ..operations import syncing
from ..queries import phones


@require_safe
@staff_with(Verb.DISPATCH)
def refused_list(request: MemberRequest) -> HttpResponse:
    """The oldest first: somebody may stand at a door that is not theirs any more."""
    page = Paginator(phones.refused_unseen(), 50).get_page(request.GET.get("page"))
    return render(request, "fieldwork/refused_list.html", {"page": page, "now": business_now()})


@require_POST
@staff_with(Verb.DISPATCH)
def refused_seen(request: MemberRequest, pk: int) -> HttpResponse:
    """A dispatcher has looked at it."""
    syncing.note_seen(action=get_object_or_404(DeviceAction, pk=pk), by=request.user, at=business_now())
    return redirect("fieldwork:refused_list")
