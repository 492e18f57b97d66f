"""Where a card can be written right now, for everybody: a list and a map, the nearest first. From where somebody looks is not kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.clock import business_now

from ..kiosk_forms import NearForm
from ..queries import public_kiosks as queries


@never_cache
@require_http_methods(["GET", "POST"])
def public_kiosks(request: HttpRequest) -> HttpResponse:
    """Asked with a place (in the body, never in the address) the nearest come first."""
    form = NearForm(request.POST if request.method == "POST" else None)
    near = form.place() if form.is_valid() else None
    lines = queries.public_kiosks(business_now(), near=near)
    context = {"lines": lines, "map": queries.drawing(lines, near=near), "form": form, "near": near}
    return render(request, "billing/kiosks/public.html", context, status=422 if form.errors else 200)
