"""The dispatchers' board: what waits and is under way, as a list and on a map."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from ..forms.dispatch import BoardForm
from ..queries.board import board, crews_now
from ..queries.map import box_of, drawing

_MOST_PAGES = 10_000


@require_safe
@staff_with(Verb.DISPATCH)
def dispatch(request: MemberRequest) -> HttpResponse:
    """The whole page; its live part fetches itself anew, and without scripts there is a link that does."""
    return render(request, "fieldwork/dispatch/board.html", _live(request))


@require_safe
@staff_with(Verb.DISPATCH)
def dispatch_live(request: MemberRequest) -> HttpResponse:
    """Only the part that changes."""
    return render(request, "fieldwork/dispatch/live.html", _live(request))


def _live(request: MemberRequest) -> dict[str, Any]:
    form, at = BoardForm(request.GET), business_now()
    wanted, page = form.wanted(), _page(request.GET.get("page", ""))
    crews = crews_now(at)
    found = board(wanted, page=page)
    return {
        "form": form,
        "board": found,
        "crews": crews,
        "map": drawing(wanted, crews, box=box_of(request.GET.get("box", ""))),
        "is_part": "box" in request.GET,
        "page": page,
        "has_more": found.has_more(page),
        "now": at,
    }


def _page(text: str) -> int:
    return min(_MOST_PAGES, max(1, int(text))) if text.isdecimal() and len(text) < 7 else 1
