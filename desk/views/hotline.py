"""The hotline desk: what rings, what is to be written down, and what is to be made of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.permissions
import accounts.queries
from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.hotline import CallerForm, WorkplaceForm
from ..models import HotlineLine
from ..operations import calls, workplaces
from ..queries.call_orders import orders_wanted
from ..queries.calls import check_of, faulty_workplaces, latest_of, ringing, running_of, talked_now


@require_safe
@staff_with(Verb.ANSWER_CALLS)
def hotline(request: MemberRequest) -> HttpResponse:
    """The desk of the agent who is signed in."""
    return _page(request)


@require_safe
@staff_with(Verb.ANSWER_CALLS)
def hotline_live(request: MemberRequest) -> HttpResponse:
    """A piece of the page, fetched anew: who rings; as soon as this agent talks, the call's page opens by itself."""
    staff = accounts.queries.current_staff(request.user)
    mine = running_of(staff)
    answer = render(request, "desk/hotline/live.html", {"ringing": ringing(), "mine": mine, "talked": talked_now()})
    if mine is not None and mine.status != "ended":
        answer["HX-Redirect"] = reverse("desk:call", args=[mine.reference])
    return answer


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def check_workplace(request: MemberRequest) -> HttpResponse:
    """Before the first call of a day."""
    form, at = WorkplaceForm(request.POST), business_now()
    if not form.is_valid():
        return _page(request, workplace=form, status=422)
    try:
        workplaces.check_workplace(staff=accounts.queries.current_staff(request.user), at=at, **form.cleaned_data)
    except workplaces.RemarkMissing as refusal:
        form.add_error("remark", str(refusal))
        return _page(request, workplace=form, status=422)
    messages.success(request, _("Written down. Good luck today."))
    return redirect("desk:hotline")


@require_POST
@staff_with(Verb.ANSWER_CALLS)
def take_by_hand(request: MemberRequest) -> HttpResponse:
    """A call on a telephone that no exchange tells of."""
    form = CallerForm(request.POST)
    if not form.is_valid():
        return _page(request, by_hand=form, status=422)
    staff = accounts.queries.current_staff(request.user)
    try:
        call = calls.take_by_hand(agent=staff, caller=form.cleaned_data["caller"], by=request.user, at=business_now())
    except calls.AlreadyTalking as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:call", reference=refusal.reference)
    return redirect("desk:call", reference=call.reference)


def _page(
    request: MemberRequest, *, workplace: WorkplaceForm | None = None, by_hand: CallerForm | None = None, status: int = 200
) -> HttpResponse:
    staff, at = accounts.queries.current_staff(request.user), business_now()
    sees_all = Verb.SEE_BOARD in accounts.permissions.verbs_of(request.user, at)
    context = {
        "mine": running_of(staff),
        "ringing": ringing(),
        "talked": talked_now(),
        "orders": orders_wanted(staff, at=at),
        "latest": latest_of(staff),
        "lines": HotlineLine.objects.all(),
        "check": check_of(staff, at=at),
        "faulty": faulty_workplaces(at=at) if sees_all else [],
        "workplace": workplace or WorkplaceForm(),
        "by_hand": by_hand or CallerForm(),
        "now": at,
    }
    return render(request, "desk/hotline/hotline.html", context, status=status)
