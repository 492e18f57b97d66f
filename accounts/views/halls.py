from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries
from ..clock import business_now


@require_safe
def hall_list(request: HttpRequest) -> HttpResponse:
    """Where we are and when, for everybody."""
    return render(request, "accounts/hall_list.html", {"halls": queries.hall_directory(business_now())})
