"""What came of asking, for supervisors."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework import kinds

from ..queries import results as reads

#: Lengths that can be chosen, in days.
PERIODS = (7, 30, 90, 365)


@require_safe
@staff_with(Verb.SEE_BOARD)
def results(request: MemberRequest) -> HttpResponse:
    """Reached, in time, satisfied: kind by kind, over a chosen time."""
    at = business_now()
    wanted = request.GET.get("days", "")
    days = int(wanted) if wanted in {str(one) for one in PERIODS} else 30
    rows = reads.results(since=at - timedelta(days=days), until=at, dissatisfied_to=settings.CALLBACK_DISSATISFIED_TO)
    named = [(kinds.kind(row.kind).label, row) for row in rows]
    return render(request, "callbacks/results.html", {"rows": named, "days": days, "periods": PERIODS, "now": at})
