"""The published quality indicators, for everybody (SLA-10)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import desk.queries.quality
from accounts.clock import business_date, business_now


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """What we promise, and what we achieved last month and over twelve."""
    at = business_now()
    return render(request, "desk/quality/quality.html", {"quality": desk.queries.quality.quality(at=at, today=business_date(at))})
