"""The supervisors' board: live, on a desk or on a wall."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.models import Hall
from accounts.permissions import verbs_of
from accounts.roles import Role, Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations, permissions
from ..models import Clock, Escalation
from ..operations import breaches
from ..queries import arrivals
from ..queries.board import COUNTED, Looking, board

#: Teams that have clocks in hand: shown as links.
_TEAMS = (Role.CLERK, Role.HOTLINE_AGENT, Role.DISPATCHER, Role.CREW, Role.INSPECTOR, Role.STEWARD, Role.COMPLAINT_ROUTER, Role.ENGINEER)
#: As many lines as a wall shows without anybody to scroll it.
_ON_THE_WALL = 12
_LINES = ("soon", "overdue", "waiting")


@require_safe
@staff_with(Verb.SEE_BOARD)
def board_page(request: MemberRequest) -> HttpResponse:
    """The whole page; its live part fetches itself anew, and without scripts there is a link that does."""
    at = business_now()
    halls = list(Hall.objects.order_by("code")) if permissions.sees_every_hall(request.user, at=at) else []
    teams = [(str(role), role.label) for role in _TEAMS]
    return render(request, "sla/board.html", {**_live(request, at), "halls": halls, "teams": teams})


@require_safe
@staff_with(Verb.SEE_BOARD)
def board_live(request: MemberRequest) -> HttpResponse:
    """Only the part that changes."""
    return render(request, "sla/board_live.html", _live(request, business_now()))


@require_POST
@staff_with(Verb.SEE_PROMISES)
def acknowledge(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an alarm up; back to where the button was."""
    escalation = get_object_or_404(Escalation.objects.select_related("alarm__clock"), pk=pk)
    try:
        operations.acknowledge(escalation=escalation, by=request.user, at=business_now())
    except operations.NothingToAcknowledge as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("You have taken it up. It rings no more."))
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("sla:approvals"))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def explain(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why a promise was broken; back to its case."""
    clock = get_object_or_404(Clock.objects.select_related("timeline__case"), pk=pk)
    try:
        breaches.explain_breach(clock=clock, reason=request.POST.get("reason", ""), by=request.user, at=business_now())
    except ValueError:
        messages.error(request, _("Choose why the promise was broken."))
    except breaches.NotBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted. It counts in the trends from tonight on."))
    case = getattr(clock.timeline, "case", None)
    return redirect("casework:case", case.reference) if case else redirect("sla:board")


def _live(request: MemberRequest, at: datetime) -> dict[str, Any]:
    looking, is_wall = _looking(request, at), bool(request.GET.get("wall"))
    found = board(looking, at=at)
    return {
        "board": found,
        "shown": found.lines[:_ON_THE_WALL] if is_wall else found.lines,
        "arrivals": arrivals.arrivals_today(looking, at=at),
        "looking": looking,
        "asked": {name: request.GET[name] for name in ("hall", "role", "person", "lines", "wall") if request.GET.get(name)},
        "is_wall": is_wall,
        "opens_cases": Verb.HANDLE_CASES in verbs_of(request.user, at),
        "counted": COUNTED,
        "ticks": [(minutes, 20 + minutes * 10) for minutes in range(0, 61, 10)],
        "now": at,
    }


def _looking(request: MemberRequest, at: datetime) -> Looking:
    """What the address asks for, within what this reader may see: their own hall, or any."""
    asked = request.GET
    return Looking(
        hall=_hall(request, asked.get("hall", ""), at),
        role=asked.get("role", "") if asked.get("role") in Role else "",
        person=asked.get("person", "")[:8],
        lines=asked.get("lines", "") if asked.get("lines") in _LINES else "",
    )


def _hall(request: MemberRequest, code: str, at: datetime) -> int | None:
    """The key of the hall; 0, which no hall has, for an unknown one and for somebody of no hall who sees only their own."""
    if not permissions.sees_every_hall(request.user, at=at):
        return accounts.queries.current_staff(request.user).hall_id or 0
    if not code:
        return None
    return Hall.objects.filter(code=code).values_list("pk", flat=True).first() or 0
