"""The customer's connected meter: credit, valve, what is on its way, what was used day by day."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import billing.queries.connected_meters
from accounts.clock import business_date, business_now
from accounts.views.guards import MemberRequest, customer_only
from billing import usage_bars

from .cabinet import cabinet_of

SHOWN_DAYS = timedelta(days=365)


@require_safe
@customer_only
def meter(request: MemberRequest) -> HttpResponse:
    """Who only pays sees the credit, and not when somebody was at home."""
    at = business_now()
    cabinet = cabinet_of(request)
    standing = billing.queries.connected_meters.standing(cabinet.account, at=at) if cabinet else None
    if cabinet is None or standing is None:
        return redirect("desk:cabinet")
    since = business_date(at) - SHOWN_DAYS
    days = billing.queries.connected_meters.days_of_use(standing.meter, since=since) if cabinet.sees_household else []
    chart = usage_bars.bars([(one.day, one.used_litres) for one in days])
    return render(request, "desk/cabinet_meter.html", {"cabinet": cabinet, "standing": standing, "chart": chart})
