"""The supervisors' board: live, on a desk or on a wall; beside it, slower, what the coming hours look like and how today went."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.models import Hall
from accounts.permissions import verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import accusations
from casework.subjects import subjects_of

from .. import operations, permissions, towers
from ..models import Clock, Escalation
from ..operations import breaches
from ..queries import arrivals, outlook, teams
from ..queries.board import COUNTED, Looking, board
from ..queries.trends import Asked, trends
from .halls import chosen_hall

#: As many lines as a wall shows without anybody to scroll it.
_ON_THE_WALL = 12
_LINES = ("soon", "overdue", "waiting")


@require_safe
@staff_with(Verb.SEE_BOARD)
def board_page(request: MemberRequest) -> HttpResponse:
    """The whole page; its live part fetches itself anew, and without scripts there is a link that does."""
    at = business_now()
    looking = _looking(request, at)
    halls = list(Hall.objects.order_by("code")) if permissions.sees_every_hall(request.user, at=at) else []
    choices = teams.choices(teams.teams_at(at), chosen_hall(request, at).code)
    return render(request, "sla/board.html", {**_live(request, looking, at), **_ahead(looking, at), "halls": halls, "teams": choices})


@require_safe
@staff_with(Verb.SEE_BOARD)
def board_live(request: MemberRequest) -> HttpResponse:
    """Only the part that changes."""
    at = business_now()
    return render(request, "sla/board_live.html", _live(request, _looking(request, at), at))


@require_safe
@staff_with(Verb.SEE_BOARD)
def board_ahead(request: MemberRequest) -> HttpResponse:
    """The coming hours and how each team kept its word today: the part that changes slowly."""
    at = business_now()
    return render(request, "sla/board_ahead.html", _ahead(_looking(request, at), at))


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
    """Say why a promise was broken; back to its case, or to what else it is about."""
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
    if case:
        return redirect("casework:case", case.reference)
    subject = subjects_of({clock.timeline_id}).get(clock.timeline_id)
    return redirect(subject.link if subject else "sla:board")


def _live(request: MemberRequest, looking: Looking, at: datetime) -> dict[str, Any]:
    is_wall = bool(request.GET.get("wall"))
    found = board(looking, at=at)
    # What is about the reader is counted and not shown.
    about = accusations.references_about([line.reference for line in found.lines if line.reference], request.user.pk, at)
    lines = [line for line in found.lines if line.reference not in about]
    return {
        "board": found,
        "shown": lines[:_ON_THE_WALL] if is_wall else lines,
        "arrivals": arrivals.arrivals_today(looking, at=at),
        "looking": looking,
        "asked": {name: request.GET[name] for name in ("hall", "team", "person", "lines", "wall") if request.GET.get(name)},
        "is_wall": is_wall,
        "opens_cases": Verb.HANDLE_CASES in verbs_of(request.user, at),
        "counted": COUNTED,
        "ticks": [(minutes, 20 + minutes * 10) for minutes in range(0, 61, 10)],
        "now": at,
    }


def _ahead(looking: Looking, at: datetime) -> dict[str, Any]:
    found = outlook.outlook(looking, at=at)
    asked = Asked(days=1, by="team", hall=looking.hall, team=looking.team)
    return {
        "outlook": found,
        "judged": outlook.judged(at),
        "chart": towers.towers(
            [(one.falling_due, one.broken if found.weeks else 0.0, one.done if found.weeks else None) for one in found.hours]
        ),
        "today": trends(asked, at=at),
        "counted_hours": outlook.HORIZON,
        "now": at,
    }


def _looking(request: MemberRequest, at: datetime) -> Looking:
    """What the address asks for, within what this reader may see: their own hall, or any."""
    asked = request.GET
    return Looking(
        hall=chosen_hall(request, at).key,
        team=asked.get("team", "")[:48],
        person=asked.get("person", "")[:8],
        lines=asked.get("lines", "") if asked.get("lines") in _LINES else "",
    )
