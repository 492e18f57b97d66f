"""What we promise, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now

from ..queries import catalog


@require_safe
def our_promises(request: HttpRequest) -> HttpResponse:
    """Every promise made to customers, by what it is about."""
    return render(request, "sla/our_promises.html", {"chapters": catalog.chapters(business_now())})
