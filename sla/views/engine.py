"""The engine's own page: who keeps time, how late alarms are, and what is at fault."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.permissions import verbs_of
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import queries
from ..models import Heartbeat
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
