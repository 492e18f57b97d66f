"""The approvals inbox: more time to decide about, alarms to take up; and asking for more time."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.queries
from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from .. import permissions
from ..models import Clock, Extension
from ..more_time_forms import MoreTimeForm
from ..operations import extensions
from ..queries import approvals


@require_safe
@staff_with(Verb.SEE_PROMISES)
def inbox(request: MemberRequest) -> HttpResponse:
    """What waits for the reader."""
    at = business_now()
    staff = accounts.queries.current_staff(request.user)
    found = approvals.inbox(staff, permissions.decides_about(request.user, at=at))
    verbs = verbs_of(request.user, at)
    context = {"inbox": found, "decides": Verb.APPROVE_EXTENSIONS in verbs, "opens_cases": Verb.HANDLE_CASES in verbs, "now": at}
    return render(request, "sla/approvals.html", context)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.HANDLE_CASES)
def more_time(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for more time on one clock."""
    at = business_now()
    clock = get_object_or_404(Clock.objects.select_related("timeline__case"), pk=pk)
    room = approvals.room_for_more(clock, at)
    form = MoreTimeForm(room.files, request.POST or None)
    if form.is_valid():
        try:
            extensions.ask_for_time(clock=clock, wish=extensions.Wish(**form.cleaned_data), by=request.user, at=at)
        except extensions.NoMoreTime as refusal:
            form.add_error(_FIELDS.get(refusal.code), str(refusal))
        else:
            messages.success(request, _("Asked. You are told when somebody has decided; until then the old moment holds."))
            return redirect("casework:case", room.reference) if room.reference else redirect("sla:approvals")
    context = {"form": form, "clock": clock, "room": room, "now": at}
    return render(request, "sla/more_time.html", context, status=422 if form.errors else 200)


#: Which field of the form a refusal belongs to; the others stand above it.
_FIELDS = {"too_far": "due_at", "not_longer": "due_at", "explanation": "explanation"}


@require_POST
@staff_with(Verb.APPROVE_EXTENSIONS)
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    wish, at, said = _wish(pk), business_now(), request.POST.get("decision", "")
    done = _("Approved. The customer is told the new moment.")
    return _try(request, done, lambda: extensions.approve_extension(extension=wish, decision=said, by=request.user, at=at))


@require_POST
@staff_with(Verb.APPROVE_EXTENSIONS)
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    wish, at, said = _wish(pk), business_now(), request.POST.get("decision", "")
    done = _("Refused. The clock runs on as it was.")
    return _try(request, done, lambda: extensions.refuse_extension(extension=wish, decision=said, by=request.user, at=at))


@require_POST
@staff_with(Verb.HANDLE_CASES)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody thinks better of what they asked for."""
    wish, at = get_object_or_404(_wishes(), pk=pk, asked_by__user=request.user), business_now()
    return _try(request, _("No longer asked for."), lambda: extensions.withdraw_extension(extension=wish, by=request.user, at=at))


def _wishes() -> QuerySet[Extension]:
    return Extension.objects.select_related("clock")


def _wish(pk: int) -> Extension:
    found: Extension = get_object_or_404(_wishes(), pk=pk)
    return found


def _try(request: MemberRequest, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (extensions.NoMoreTime, WrongMove, StaleRow) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("sla:approvals")
