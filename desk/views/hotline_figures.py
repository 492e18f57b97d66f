"""How well the hotline answers, for supervisors."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import desk.queries.hotline_figures
from accounts.clock import business_date, business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import HotlineLine

#: Spans to choose among, in days.
SPANS = (1, 7, 28)


@require_safe
@staff_with(Verb.SEE_BOARD)
def hotline_figures(request: MemberRequest) -> HttpResponse:
    """Of today, a week or four."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[0]
    today = business_date(business_now())
    found = desk.queries.hotline_figures.figures(since=today - timedelta(days=days - 1), until=today)
    context = {
        "figures": found,
        "days": days,
        "spans": SPANS,
        "lines": HotlineLine.objects.all(),
        "threshold": settings.RINGS_IN_TIME_SECONDS,
    }
    return render(request, "desk/hotline/figures.html", context)
