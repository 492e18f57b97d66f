"""The engine's own page: who keeps time, how late alarms are, and what is at fault."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import operations, queries
from ..models import Fault, Heartbeat
from ..queries import policies, watchdog
from ..queries.lateness import faults


@require_safe
@staff_with(Verb.SEE_OPERATION)
def engine(request: MemberRequest) -> HttpResponse:
    """As of now."""
    at = business_now()
    watch = watchdog.look(at)
    beats = Heartbeat.objects.filter(beat_at__gte=at - timedelta(days=1))
    context = {
        "watch": watch,
        "timekeepers": [(beat, beat.name in watch.alive) for beat in beats.order_by("name")],
        "late": queries.lateness(at - timedelta(hours=1)),
        "faults": faults(),
        "unreadable": policies.policies_at(at).edition.unreadable,
        "may_mend": Verb.EDIT_PROMISES in verbs_of(request.user, at),
    }
    return render(request, "sla/engine.html", context)


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def fault_mend(request: MemberRequest, pk: int) -> HttpResponse:
    """Follow the fault's event again."""
    try:
        is_mended = operations.mend(fault=get_object_or_404(Fault, pk=pk), by=request.user, at=business_now())
    except operations.NothingToMend as refusal:
        messages.error(request, str(refusal))
    else:
        if is_mended:
            messages.success(request, _("The clocks have followed. This fault is mended."))
        else:
            messages.error(request, _("Something is still at fault. Look at the promise and its calendar first."))
    return redirect("sla:engine")


@require_POST
@staff_with(Verb.EDIT_PROMISES)
def fault_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a fault away: somebody has looked."""
    try:
        operations.settle(fault=get_object_or_404(Fault, pk=pk), by=request.user, at=business_now())
    except operations.NothingToMend as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Put away."))
    return redirect("sla:engine")
