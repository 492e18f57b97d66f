"""How right the forecasts of credit were."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.credit_forecasts
from accounts.clock import business_date, business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..models import CreditForecast


@require_safe
@staff_with(Verb.FIND_ACCOUNTS)
def forecasts(request: MemberRequest) -> HttpResponse:
    """Hits and misses by month, of connected meters and of card meters."""
    sources = [
        {"label": source.label, "scores": (found := billing.queries.credit_forecasts.scores(source)), "oldest_first": found[::-1]}
        for source in CreditForecast.Source
    ]
    missed = billing.queries.credit_forecasts.missed(business_date(business_now()))
    return render(request, "billing/forecasts.html", {"sources": sources, "missed": missed})
