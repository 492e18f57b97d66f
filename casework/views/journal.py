"""The signed roots of the journal, for everybody: who keeps a copy can show any later change."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import queries

PAGE = 31


@require_safe
def journal_roots(request: HttpRequest) -> HttpResponse:
    """The roots, newest first, and how to check them."""
    page = Paginator(queries.roots(), PAGE).get_page(request.GET.get("page"))
    return render(request, "casework/journal_roots.html", {"page": page, "key": page[0].key if page else ""})


@require_safe
def journal_roots_json(request: HttpRequest) -> HttpResponse:
    """All roots, oldest first, with what was signed word for word."""
    oldest_first = queries.roots().reverse()
    return JsonResponse({"roots": [root.published for root in oldest_first]}, headers={"Access-Control-Allow-Origin": "*"})
