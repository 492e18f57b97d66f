"""How right the forecasts of credit were."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_date, business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import CreditForecast
from ..queries.credit_forecasts import scores


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def forecasts(request: MemberRequest) -> HttpResponse:
    """Hits and misses by month, of connected meters and of card meters."""
    today = business_date(business_now())
    sources = [
        {"code": source.value, "label": source.label, "scores": (found := scores(source, today=today)), "oldest_first": found[::-1]}
        for source in CreditForecast.Source
    ]
    return render(request, "billing/forecasts.html", {"sources": sources})
